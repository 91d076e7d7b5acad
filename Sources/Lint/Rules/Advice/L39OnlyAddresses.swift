import Resources
import Schemas
import YAML

extension Rule {
  static let onlyAddresses = Rule(
    "L39.ip", "only-addresses", .error,
    "several Backends given by IP address, with different settings or priorities",
    why: "Envoy reads IP addresses apart from the cluster, where AI Gateway cannot mark them. It "
      + "then sends every request with the model, schema, credentials and changes of the first "
      + "backendRef, and priorities have no effect.",
    bad: "backendRefs: [{name: a, modelNameOverride: x}, {name: b, modelNameOverride: y}], both "
      + "Backends with ip",
    good: "the same, both Backends with fqdn",
    reference: Citation.aiGateway("internal/extensionserver/post_translate_modify.go"),
    .bundle { bundle, report in
      guard bundle.backends.values.contains(where: \.backend.hasAddresses) else { return }
      for (index, route) in bundle.routes {
        for rule in route.rules where rule.refs.count > 1 {
          let live = rule.refs.filter(\.isLive)
          // Most rules have host names and need no closer look.
          guard live.allSatisfy({ bundle.backend(of: $0, in: route)?.hasAddresses ?? false }),
            case .apart = bundle.envoyClusters(of: rule, in: route), let first = rule.refs.first
          else { continue }
          let path = Path.to("spec", "rules", rule.index, "backendRefs")
          let advice = "use host names (fqdn), or one backendRef to a rule"
          let treatment = bundle.treatment(of: first, in: route)
          if let other = live.first(where: { bundle.treatment(of: $0, in: route) != treatment }) {
            report.add(
              "all Backends of the rule have IP addresses, so that requests for \(other.name) get "
                + "the model, schema, credentials and changes of \(first.name); \(advice)",
              at: path, in: index)
          } else if Set(live.map(\.effectivePriority)).count > 1 {
            report.add(
              "all Backends of the rule have IP addresses, so that priorities have no effect; "
                + advice, at: path, in: index)
          }
        }
      }
    })
}
