import Schemas
package import YAML

/// What makes AI Gateway read requests before anybody is authenticated.
package struct EarlyReading: Sendable {
  /// The document that asks for it, from 0, and where.
  package let document: Int
  package let path: Path
  /// `responseOverride of BackendTrafficPolicy NAME`.
  package let title: String
}

/// A port of a Gateway, for which Envoy has one chain of filters; nil where it is not known.
package struct GatewayPort: Hashable, Comparable, Sendable {
  package let gateway: ObjectKey
  package let port: Int?

  package init(gateway: ObjectKey, port: Int?) {
    self.gateway = gateway
    self.port = port
  }

  package static func < (left: GatewayPort, right: GatewayPort) -> Bool {
    left.gateway == right.gateway
      ? left.port ?? 0 < right.port ?? 0 : left.gateway < right.gateway
  }
}

extension ResourceIndex {
  /// The ports at which a route is served.
  package func ports(of route: GatewayAttachment) -> [GatewayPort] {
    places(of: route).map { port(of: $0.gateway, $0.listener) }
  }

  /// The ports at which a policy on a target holds.
  package func ports(of target: PolicyTarget) -> [GatewayPort] {
    guard target.kind == GroupKind.gateway.kind else {
      let attachment =
        route(target.object)?.route.attachment ?? httpRoute(target.object)?.route.attachment
      return attachment.map { ports(of: $0) } ?? []
    }
    guard let gateway = gateways[target.object]?.gateway else {
      return [GatewayPort(gateway: target.object, port: nil)]
    }
    return gateway.listeners.filter { target.section == nil || $0.name == target.section }
      .map { GatewayPort(gateway: target.object, port: $0.port) }
  }

  private func port(of gateway: ObjectKey, _ listener: String?) -> GatewayPort {
    let known = listener.flatMap { gateways[gateway]?.gateway.listener($0) }
    return GatewayPort(gateway: gateway, port: known?.port)
  }

  /// What makes AI Gateway read requests before anybody is authenticated, by the ports of which that
  /// is so.
  ///
  /// AI Gateway puts its filter before the first of some, among them that of `responseOverride`,
  /// which Envoy Gateway puts at the very beginning, and always behind that of `requestBuffer`. Of
  /// an MCPRoute with OAuth it makes a policy with `responseOverride` itself (envoyproxy/ai-gateway
  /// v1.1.0, internal/extensionserver/post_translate_modify.go,
  /// internal/controller/mcp_route_security_policy.go; envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/httpfilters.go).
  package var earlyReadings: [GatewayPort: EarlyReading] {
    var found: [GatewayPort: EarlyReading] = [:]
    for route in mcpRoutes
    where route.spec.given("securityPolicy", "oauth") != nil && !route.isRefused(in: release)
      && failure(of: route) == nil
    {
      let own = EarlyReading(
        document: route.index, path: .to("spec", "securityPolicy", "oauth"),
        title: "oauth of MCPRoute \(route.key.name)")
      for port in ports(of: route.attachment) { found[port] = found[port] ?? own }
    }
    let specs = backendPolicies.all.map(\.policy.spec)
    guard !found.isEmpty || specs.contains(where: { $0.given("responseOverride") != nil }) else {
      return [:]
    }
    var buffered: Set<GatewayPort> = []
    for own in ruleNames {
      let places = places(of: own.attachment)
      for (place, rule) in places.flatMap({ place in own.names.map { (place, $0) } }) {
        let traffic = traffic(
          ofRule: rule, of: own.route, gateway: place.gateway, listener: place.listener)
        guard let traffic, refusals(of: traffic).isEmpty else { continue }
        let port = port(of: place.gateway, place.listener)
        // Earlier releases do not look for the buffer.
        if traffic.traffic.requestBuffer != nil, release >= .v1_0 { buffered.insert(port) }
        guard found[port] == nil, let policy = traffic.origin("responseOverride"),
          let holder = traffic.policies.first(where: { $0.policy.key == policy.key })
        else { continue }
        found[port] = EarlyReading(
          document: holder.index, path: .to("spec", "responseOverride"),
          title: "responseOverride of BackendTrafficPolicy \(policy.name)")
      }
    }
    return found.filter { !buffered.contains($0.key) }
  }
}
