import Resources
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
}
