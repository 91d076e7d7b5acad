import Schemas
package import YAML

/// What makes AI Gateway read requests before anybody is authenticated.
package struct EarlyReading: Sendable {
  /// The document that asks for it, from 0, and where.
  package let document: Int
  package let path: Path
  /// `responseOverride of BackendTrafficPolicy NAME`.
  package let title: String
  /// Whether it is the `filterOrder` of an EnvoyProxy.
  package internal(set) var isOrdered = false
  /// Whether AI Gateway also reads what asks for the health of the proxy.
  package internal(set) var takesProbes = false

  init(document: Int, path: Path, title: String) {
    self.document = document
    self.path = path
    self.title = title
  }
}

/// What Envoy has one chain of filters for: a port of a Gateway, nil where it is not known, or a
/// listener with TLS (envoyproxy/gateway v1.8.1, internal/xds/translator/translator.go).
package struct GatewayPort: Hashable, Comparable, Sendable {
  package let gateway: ObjectKey
  package let port: Int?
  /// Nil for those of plain HTTP, which share a port.
  package let listener: String?

  package init(gateway: ObjectKey, port: Int?, listener: String? = nil) {
    self.gateway = gateway
    self.port = port
    self.listener = listener
  }

  package static func < (left: GatewayPort, right: GatewayPort) -> Bool {
    (left.gateway, left.port ?? 0, left.listener ?? "")
      < (right.gateway, right.port ?? 0, right.listener ?? "")
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
      .map { port(of: target.object, $0.name) }
  }

  /// The chain of filters of a listener.
  package func port(of gateway: ObjectKey, _ listener: String?) -> GatewayPort {
    let known = listener.flatMap { gateways[gateway]?.gateway.listener($0) }
    return GatewayPort(
      gateway: gateway, port: known?.port,
      listener: known?.protocolName == "HTTPS" ? known?.name : nil)
  }

  /// What makes AI Gateway read requests before anybody is authenticated, by the ports of which that
  /// is so.
  ///
  /// AI Gateway puts its filter before the first of some, among them that of `responseOverride`,
  /// which Envoy Gateway puts at the very beginning, and always behind that of `requestBuffer`. Of
  /// an MCPRoute with OAuth it makes a policy with `responseOverride` itself
  /// (envoyproxy/ai-gateway v1.1.0, internal/controller/mcp_route_security_policy.go).
  package var earlyReadings: [GatewayPort: EarlyReading] {
    derived.earlyReadings.value { readingsInFront }
  }

  private var readingsInFront: [GatewayPort: EarlyReading] {
    let isOrdered = proxySetup.proxies.values.contains { !$0.filterOrder.isEmpty }
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
    guard
      !found.isEmpty || isOrdered || specs.contains(where: { $0.given("responseOverride") != nil })
    else { return [:] }
    let present = filtersByPort(withSecurity: isOrdered, &found)
    return Dictionary(
      present.compactMap { port, filters in
        let filters = found[port] == nil ? filters : filters.union(["custom_response"])
        let proxy = gateways[port.gateway].flatMap { knownProxy(of: $0.gateway) }
        let chain = FilterChain(of: filters, order: proxy?.filterOrder ?? [], in: release)
        guard chain.isEarly else { return nil }
        var reading = chain.follower == "custom_response" ? found[port] : nil
        if reading == nil, let proxy {
          reading = EarlyReading(
            document: proxy.index, path: .to("spec", "filterOrder"),
            title: "filterOrder of EnvoyProxy \(proxy.key.name)")
          reading?.isOrdered = true
        }
        // A probe of health_check is answered by what stands first.
        let probed = FilterChain(
          of: filters.union(["health_check"]), order: proxy?.filterOrder ?? [], in: release)
        reading?.takesProbes = probed.isFirst(before: "health_check")
        return reading.map { (port, $0) }
      }
    ) { first, _ in first }
  }

  /// The EnvoyProxies whose `filterOrder` moves filters, by the ports of which that is so.
  package var reorderings: [GatewayPort: EnvoyProxy] {
    guard proxySetup.proxies.values.contains(where: { !$0.filterOrder.isEmpty }) else { return [:] }
    var unused: [GatewayPort: EarlyReading] = [:]
    let moved = filtersByPort(withSecurity: true, &unused).compactMap { port, filters in
      gateways[port.gateway].flatMap { knownProxy(of: $0.gateway) }.flatMap { proxy in
        FilterChain(of: filters, order: proxy.filterOrder, in: release).isChanged
          ? (port, proxy) : nil
      }
    }
    return Dictionary(moved) { first, _ in first }
  }

  /// The filters that policies bring to each port, and what first brings that of `responseOverride`;
  /// without those of SecurityPolicies and EnvoyExtensionPolicies where the order is the usual one.
  private func filtersByPort(
    withSecurity: Bool, _ overrides: inout [GatewayPort: EarlyReading]
  ) -> [GatewayPort: Set<String>] {
    var filters: [GatewayPort: Set<String>] = overrides.mapValues { _ in [] }
    for own in ruleNames {
      let places = places(of: own.attachment)
      for (place, rule) in places.flatMap({ place in own.names.map { (place, $0) } }) {
        let port = port(of: place.gateway, place.listener)
        if withSecurity {
          for kind in [Policy.Kind.security, .extensions] {
            let policies = policies(
              kind, onRule: rule, of: own.route, gateway: place.gateway, listener: place.listener)
            guard !policies.isEmpty else { continue }
            filters[port, default: []].formUnion(FilterChain.filters(of: spec(of: policies), kind))
          }
        }
        let traffic = traffic(
          ofRule: rule, of: own.route, gateway: place.gateway, listener: place.listener)
        guard let traffic, refusals(of: traffic).isEmpty else { continue }
        filters[port, default: []].formUnion(
          FilterChain.filters(of: traffic.traffic.spec, .backend))
        guard overrides[port] == nil, let policy = traffic.origin("responseOverride"),
          let holder = traffic.policies.first(where: { $0.policy.key == policy.key })
        else { continue }
        overrides[port] = EarlyReading(
          document: holder.index, path: .to("spec", "responseOverride"),
          title: "responseOverride of BackendTrafficPolicy \(policy.name)")
      }
    }
    return filters
  }
}
