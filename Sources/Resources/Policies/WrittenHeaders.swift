import YAML

extension ResourceIndex {
  /// Whether some policy here may write a header of requests, or all that begin like it.
  package func writes(header: String) -> Bool {
    if !policies(.extensions).all.isEmpty { return true }
    let isMeant = { (node: Node) in
      (node.text ?? node["header"]?.text ?? node["name"]?.text ?? "").lowercased()
        .hasPrefix(header)
    }
    let isAsked = securityPolicies.all.contains { holder in
      holder.policy.spec.given("extAuth", "grpc") != nil
        || holder.policy.writtenHeaders.contains { $0.hasPrefix(header) }
    }
    return isAsked
      || clientPolicies.all.contains { holder in
        let changes = holder.policy.spec.given("headers", "earlyRequestHeaders")
        return ["set", "remove"].contains { changes?.list($0).contains(where: isMeant) ?? false }
      }
  }
}

extension Policy {
  /// The request headers that the authentication of a SecurityPolicy writes, in lower case; what
  /// extAuth over gRPC writes nobody knows (envoyproxy/gateway v1.8.1,
  /// api/v1alpha1/jwt_types.go, ext_auth_types.go, api_key_auth_types.go, basic_auth_types.go).
  package var writtenHeaders: [String] { writtenHeaders(without: []) }

  /// The same without what some parts of it write.
  package func writtenHeaders(without parts: Set<String>) -> [String] {
    let spec = self.spec
    func part(_ name: String) -> Node? { parts.contains(name) ? nil : spec.given(name) }
    let claims = (part("jwt")?.list("providers") ?? []).flatMap { provider in
      provider.list("claimToHeaders").compactMap { $0["header"]?.text }
    }
    let answered = (part("extAuth")?.given("http")?.list("headersToBackend") ?? [])
      .compactMap(\.text)
    let names = [
      part("apiKeyAuth")?.given("forwardClientIDHeader")?.text,
      part("basicAuth")?.given("forwardUsernameHeader")?.text,
    ]
    return (claims + answered + names.compactMap { $0 }).map { $0.lowercased() }
  }
}
