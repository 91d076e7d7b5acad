import Resources
import Schemas
import YAML

extension Simulator {
  /// Whether the body is too large for the authorization service, `bodyToExtAuth` of the SecurityPolicy,
  /// which Envoy asks before any other credentials are looked at (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/httpfilters.go; envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/http/ext_authz/ext_authz.cc). A policy that is refused limits nothing.
  func isTooLargeToAuthorize(
    _ answer: inout Answer, _ first: Candidate, on listener: CompiledListener
  ) -> Bool {
    let asked = securityPolicies(for: first, on: listener)
    guard let size = answer.request.size, let limit = index.authorizedBody(of: asked), size > limit
    else { return false }
    answer.status = .tooLarge
    answer.reason =
      "the body has \(size) bytes, and bodyToExtAuth of SecurityPolicy "
      + "\(asked.first?.policy.name ?? "") takes \(limit)"
    return true
  }

  /// Whether the body exceeds `requestBuffer` of the first match's BackendTrafficPolicy, else the
  /// listener's buffer limit. That limit is replaced by the filters of both policies (envoyproxy/ai-gateway
  /// v1.1.0, internal/extensionserver/post_translate_modify.go).
  func isTooLarge(
    _ answer: inout Answer, _ first: Candidate, _ early: EarlyReading?,
    on listener: CompiledListener
  ) -> Bool {
    guard let size = answer.request.size else { return false }
    var isHeldBefore =
      early == nil && index.authorizedBody(of: securityPolicies(for: first, on: listener)) != nil
    // AI Gateway comes first only where it does not look for the buffer.
    if early == nil, let traffic = traffic(for: first, on: listener),
      let limit = traffic.traffic.requestBuffer, let bytes = limit.bytes,
      index.refusals(of: traffic).isEmpty
    {
      isHeldBefore = true
      if size > bytes {
        let policy = traffic.origin("requestBuffer", "limit")?.name ?? ""
        answer.status = .tooLarge
        answer.reason =
          "the body has \(size) bytes, and requestBuffer \(limit.text) of BackendTrafficPolicy "
          + "\(policy) takes \(bytes)"
        return true
      }
    }
    guard !isHeldBefore, first.route.isAI, let buffer = answer.buffer, let limit = buffer.bytes,
      size > limit
    else { return false }
    if buffer.policy == nil, knownListener(of: listener) == nil {
      answer.reservations.append(
        "the Gateway is not among the documents, and no ClientTrafficPolicy for it is; one may set "
          + "another buffer limit")
    }
    answer.status = .tooLarge
    answer.reason =
      "the body has \(size) bytes, and the listener holds \(limit) (\(buffer.origin))"
    return true
  }

  /// The buffer limit of a listener.
  func buffer(of listener: CompiledListener) -> AppliedBufferLimit {
    guard let place = knownListener(of: listener) else {
      return AppliedBufferLimit(client(of: listener))
    }
    let (first, policy) = index.first(onPortOf: place)
    return AppliedBufferLimit(policy, from: first.isSame(as: place) ? nil : first.listener)
  }
}

extension Request {
  /// Whether it has no body, as far as it says: one of a method that usually has none, or of size 0.
  var lacksBody: Bool {
    guard model == nil else { return false }
    return size.map { $0 == 0 } ?? ["GET", "HEAD", "OPTIONS", "DELETE"].contains(method)
  }

  /// How its body is compressed, nil where it is not (envoyproxy/ai-gateway v1.1.0,
  /// internal/extproc/processor_impl.go).
  var contentEncoding: String? {
    header("content-encoding").flatMap { $0.lowercased() == "identity" || $0.isEmpty ? nil : $0 }
  }
}
