import Resources
import Schemas
import YAML

extension Rule {
  static let deadPriorities = Rule(
    "L39.clusters", "dead-priorities", .error,
    "priorities in a rule for which Envoy Gateway creates one cluster per Backend",
    why:
      "Envoy Gateway creates one cluster per Backend for zone-aware load balancing, for a Backend "
      + "that it refuses, and for WebSocket beside HTTP/2. Weights then apply to all backends, and "
      + "priorities have no effect.",
    bad: "priorities 0 and 1, and a BackendTrafficPolicy with loadBalancer: {zoneAware: "
      + "{preferLocal: {}}}",
    good: "the same without zoneAware",
    reference: Citation.envoyGateway("internal/ir/xds.go"),
    .bundle { bundle, report in
      for (index, route) in bundle.routes {
        for rule in route.rules where rule.priorities.count > 1 {
          let live = rule.refs.filter(\.isLive)
          guard Set(live.map(\.effectivePriority)).count > 1 else { continue }
          let backends = live.compactMap { bundle.backend(of: $0, in: route) }
          // Mixed addresses are reported by L39.
          guard case .each(let reason) = bundle.envoyClusters(of: rule, in: route),
            backends.mixedAddresses == nil
          else { continue }
          report.add(
            "\(reason): priorities have no effect; leave them out, or remove the cause",
            at: .to("spec", "rules", rule.index, "backendRefs"), in: index)
        }
      }
    })
}

extension ResourceIndex {
  /// The clusters that are made of the Backends that take traffic in a rule.
  func envoyClusters(of rule: RouteRule, in route: AIGatewayRoute) -> EnvoyClusters {
    envoyClusters(
      of: rule.refs.filter(\.isLive).map { backend(of: $0, in: route) },
      through: gateways(of: route),
      isZoned: traffic(of: rule, of: route).contains { $0?.traffic.isZoneAware ?? false })
  }
}
