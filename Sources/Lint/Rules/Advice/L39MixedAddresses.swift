import Schemas
import Resources
import YAML

extension Rule {
  static let mixedAddresses = Rule(
    "L39", "mixed-addresses", .error,
    "a rule that mixes Backends with host names and Backends with IP addresses",
    why: "Envoy Gateway then creates one cluster per Backend: weights apply to all of them, and "
      + "priorities have no effect.",
    bad: "backendRefs to a Backend with fqdn and, priority 1, to one with ip",
    good: "backendRefs to Backends with fqdn only",
    reference: Citation.envoyGateway("internal/ir/xds.go"),
    .bundle { bundle, report in
      guard bundle.backends.values.contains(where: \.backend.hasAddresses) else { return }
      for (index, route) in bundle.routes {
        for rule in route.rules where rule.refs.count > 1 {
          let backends = rule.refs.filter(\.isLive).compactMap { bundle.backend(of: $0, in: route) }
          guard let (named, numbered) = backends.mixedAddresses else { continue }
          let both = "Backend \(named.key.name) has a host name, \(numbered.key.name) an address"
          let path = Path.to("spec", "rules", rule.index, "backendRefs")
          if rule.priorities.count > 1 {
            report.add(
              "\(both): priorities have no effect among them; use one kind", at: path, in: index)
          } else {
            report.add(
              "\(both): each becomes a cluster of its own; use one kind if priorities are to come",
              at: path, in: index, severity: .info)
          }
        }
      }
    })
}
