import Resources
import Schemas
import YAML

extension Simulator {
  /// The request with its path as Envoy reads it, nil where it answers for the path alone
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/listener.go).
  func normalized(
    _ request: Request, by client: PolicyAttachments.Holder?, _ answer: inout Answer
  ) -> Request? {
    let settings = client?.policy.spec.given("path")
    var path = request.barePath
    let query = request.path.dropFirst(path.count)
    guard !request.path.contains("#") else {
      answer.status = .rejected
      answer.reason = "the path has a #, which Envoy rejects"
      return nil
    }
    if path.hasEscapedSlash {
      switch settings?.given("escapedSlashesAction")?.text ?? "UnescapeAndRedirect" {
      case "RejectRequest":
        answer.status = .rejected
        answer.reason =
          "the path has an escaped slash, which ClientTrafficPolicy "
          + "\(client?.policy.name ?? "") rejects"
        return nil
      case "KeepUnchanged": break
      case "UnescapeAndForward": path = path.unescapingSlashes
      case _:
        answer.status = .redirected
        answer.reason =
          "the path has an escaped slash, so that Envoy sends the client to "
          + (path.unescapingSlashes.normalizingPath ?? path.unescapingSlashes)
        return nil
      }
    }
    guard let plain = path.normalizingPath else {
      answer.status = .rejected
      answer.reason = "the path has an escaped NUL, which Envoy rejects"
      return nil
    }
    path = plain
    if settings?.given("disableMergeSlashes")?.bool != true {
      path = path.reduce(into: "") { merged, letter in
        if letter != "/" || merged.last != "/" { merged.append(letter) }
      }
    }
    var request = request
    request.path = path + query
    // HTTP/1 requests, as most clients send them; in HTTP/2 the stream is reset.
    let action = client?.policy.underscoreAction ?? Policy.usualUnderscoreAction
    if action != "Allow", let header = request.headers.first(where: { $0.name.contains("_") }) {
      guard action == "DropHeader" else {
        answer.status = .rejected
        answer.reason =
          "header \(header.name) has an underscore, which Envoy rejects unless headers."
          + "withUnderscoresAction of a ClientTrafficPolicy says otherwise"
        return nil
      }
      request.headers.removeAll { $0.name.contains("_") }
      answer.warnings.append("header \(header.name) has an underscore and is dropped")
    }
    return request
  }

  /// Headers that matches ask for and whose values Envoy computes when requests arrive
  /// (envoyproxy/gateway v1.8.1, internal/xds/translator/listener.go).
  func computedHeaders(among changes: [HeaderChange]) -> [String] {
    changes.compactMap { change in
      switch change {
      case .set(let name, let value), .add(let name, let value), .addIfAbsent(let name, let value):
        guard slots.place(of: name) != nil,
          value.split(separator: "%", omittingEmptySubsequences: false).count > 2
        else { return nil }
        return "the ClientTrafficPolicy makes header \(name) of \(value) when requests arrive: "
          + "rules that match it may be others"
      case .remove, .removeMatching: return nil
      }
    }
  }

  func note(
    _ changes: [HeaderChange], changing request: Request, into arrived: Request,
    _ answer: inout Answer
  ) {
    guard arrived.headers != request.headers else { return }
    let names = Set(request.headers.map(\.name)).subtracting(arrived.headers.map(\.name)).sorted()
    answer.warnings.append(
      names.isEmpty
        ? "the ClientTrafficPolicy changes headers before any route is looked at"
        : "the ClientTrafficPolicy removes \(names.joined(separator: ", ")) before any route is "
          + "looked at")
  }
}
