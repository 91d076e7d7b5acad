import Resources
import Schemas

extension Simulator {
  /// Says of each backend what it is sent, or why AI Gateway answers 500 in place of it.
  func address(_ answer: inout Answer, _ split: TrafficSplit) {
    guard let endpoint = answer.endpoint else { return }
    let refused = Set(split.refused.map(\.refIndex))
    for place in answer.backends.indices where !refused.contains(place) {
      let backend = answer.backends[place]
      let address = backend.isPool ? nil : index.backend(ofService: backend.name)?.onlyAddress
      func upstream(_ path: String?) -> UpstreamRequest {
        UpstreamRequest(
          host: address?.host, port: address?.port, path: path, model: backend.model)
      }
      guard let settings = backend.settings else {
        answer.backends[place].upstream = upstream(answer.request.path)
        continue
      }
      let named = answer.backends[settings]
      guard let target = target(of: named, model: backend.writtenModel) else { continue }
      if let failure = failure(of: target, for: named, endpoint) {
        answer.backends[place].failure = failure
      } else if let failure = incompleteCredential(of: target.kind, named.name, answer) {
        answer.backends[place].failure = failure
      } else if let failure = missingCredential(of: target.kind, named.name, answer) {
        answer.backends[place].failure = failure
        answer.backends[place].failureStatus = .unauthorized
      }
      guard answer.backends[place].failure == nil else { continue }
      answer.backends[place].upstream = upstream(target.path.path(for: endpoint))
    }
  }

  /// What is known of a backend, and the paths at which it is asked.
  private struct Target {
    let kind: GroupKind
    let path: UpstreamPath
  }

  /// Nil where the AIServiceBackend is not among the documents, or has no known schema.
  private func target(of backend: Answer.Backend, model: String?) -> Target? {
    if backend.isPool {
      return Target(kind: .inferencePool, path: UpstreamPath(toPoolFor: model, index.release))
    }
    guard let service = index.service(backend.name), let schema = service.api else { return nil }
    let policy = index.credentials(of: .aiServiceBackend, backend.name).first
    return Target(
      kind: .aiServiceBackend,
      path: UpstreamPath(
        schema: schema, prefix: service.prefix, version: service.version ?? "",
        model: model, vertex: policy?.vertex, release: index.release))
  }

  /// Why AI Gateway answers 500, nil where it does not.
  private func failure(
    of target: Target, for backend: Answer.Backend, _ endpoint: ServedEndpoint
  ) -> String? {
    if let failure = index.credentialFailure(of: target.kind, backend.name) {
      return "AI Gateway does not know \(backend.kind) \(backend.name.name) (\(failure))"
    }
    let schema = target.path.schema
    guard endpoint.isServed(by: schema, in: index.release) else {
      let served = schema.endpoints(in: index.release).map(\.path)
      return "schema \(schema.rawValue) of \(backend.kind) \(backend.name.name) does not serve "
        + "\(endpoint.path) (unsupported API schema)"
        + (served.count < 4 ? ", only \(served.joined(separator: " and "))" : "")
    }
    guard schema == .gcpAnthropic, endpoint == .messages || endpoint == .countTokens,
      target.path.version.isEmpty
    else { return nil }
    return "schema GCPAnthropic of \(backend.kind) \(backend.name.name) has no version "
      + "(anthropic_version is required for GCP Vertex AI but not provided in backend "
      + "configuration)"
  }

  // MARK: What fails

  /// Says what AI Gateway answers itself, in the order of the tries: its 500 goes straight to the
  /// client, whatever the retry policy says (envoyproxy/envoy v1.38.1, source/common/router/upstream_request.cc).
  func fail(_ answer: inout Answer, _ split: TrafficSplit) {
    guard answer.status == .done, answer.backends.contains(where: { $0.failure != nil }) else {
      return
    }
    let refused = Set(split.refused.map(\.refIndex))
    let isRetried = answer.retry?.catchesFailedConnections ?? false
    for attempt in isRetried ? answer.failover[...] : answer.failover.prefix(1) {
      let reached = answer.backends.filter {
        $0.weight > 0 && !answer.isDown($0.name)
          && (answer.ignoresPriorities || $0.priority == attempt.priority)
      }
      guard !reached.isEmpty else { continue }
      let isLost = reached.allSatisfy { $0.failure != nil || refused.contains($0.refIndex) }
      guard isLost, let first = reached.first(where: { $0.failure != nil }),
        let failure = first.failure
      else { break }
      answer.status = first.failureStatus
      answer.reason += attempt.number > 1 ? "; try \(attempt.number) is the last one: " : "; "
      answer.reason += "\(failure), so it answers \(first.failureStatus.rawValue)"
      if answer.retry != nil { answer.reason += ", which is not tried again" }
      return
    }
    for backend in answer.backends where backend.weight > 0 && !answer.isDown(backend.name) {
      guard let failure = backend.failure else { continue }
      answer.warnings.append(
        backend.share > 0
          ? "\(backend.share.percent) of the requests get \(backend.failureStatus.rawValue): "
            + failure
          : "a try that reaches \(backend.name.name) gets \(backend.failureStatus.rawValue), and is "
            + "the last one: \(failure)")
    }
  }
}

extension Backend {
  /// Its host name or address, nil where it has none or several.
  var onlyHost: String? { onlyAddress?.host }

  /// The same with its port.
  fileprivate var onlyAddress: (host: String, port: Int?)? {
    guard endpoints.count == 1, let endpoint = endpoints.first else { return nil }
    switch endpoint.address {
    case .host(let host), .ip(let host): return (host, endpoint.port)
    case .socket: return nil
    }
  }
}
