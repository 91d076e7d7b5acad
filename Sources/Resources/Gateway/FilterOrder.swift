package import YAML

/// What makes AI Gateway read requests before anybody is authenticated.
package struct EarlyReading: Sendable {
  /// The document that asks for it, from 0, and where.
  package let document: Int
  package let path: Path
  /// `responseOverride of BackendTrafficPolicy NAME`.
  package let title: String
}

extension ResourceIndex {
  /// What makes AI Gateway read the requests to a Gateway before anybody is authenticated, nil where
  /// it reads them behind.
  ///
  /// AI Gateway puts its filter before the first of some, among them that of `responseOverride`,
  /// which Envoy Gateway puts at the very beginning, and always behind that of `requestBuffer`. Of
  /// an MCPRoute with OAuth it makes a policy with `responseOverride` itself (envoyproxy/ai-gateway
  /// v1.1.0, internal/extensionserver/post_translate_modify.go,
  /// internal/controller/mcp_route_security_policy.go; envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/httpfilters.go).
  package func earlyReading(at gateway: ObjectKey) -> EarlyReading? {
    let specs = backendPolicies.all.map(\.policy.spec)
    let tools = mcpRoutes.first { route in
      route.spec.given("securityPolicy", "oauth") != nil && !route.isRefused(in: release)
        && places(of: route.attachment).contains { $0.gateway == gateway }
    }
    var found = tools.map {
      EarlyReading(
        document: $0.index, path: .to("spec", "securityPolicy", "oauth"),
        title: "oauth of MCPRoute \($0.key.name)")
    }
    guard found != nil || specs.contains(where: { $0.given("responseOverride") != nil }) else {
      return nil
    }
    for own in ruleNames {
      let listeners = places(of: own.attachment).filter { $0.gateway == gateway }.map(\.listener)
      for (listener, rule) in listeners.flatMap({ place in own.names.map { (place, $0) } }) {
        let traffic = traffic(
          ofRule: rule, of: own.route, gateway: gateway, listener: listener)
        guard let traffic, refusals(of: traffic).isEmpty else { continue }
        if traffic.traffic.requestBuffer != nil { return nil }
        guard found == nil, let policy = traffic.origin("responseOverride"),
          let holder = traffic.policies.first(where: { $0.policy.key == policy.key })
        else { continue }
        found = EarlyReading(
          document: holder.index, path: .to("spec", "responseOverride"),
          title: "responseOverride of BackendTrafficPolicy \(policy.name)")
      }
    }
    return found
  }
}
