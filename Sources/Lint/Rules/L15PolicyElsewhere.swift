import Manifest

extension Rule {
  static let policyElsewhere = Rule(
    "L15", .error, "a ClientTrafficPolicy in another namespace than its Gateway",
    why: "A policy reaches Gateways of its own namespace only. Elsewhere it has no effect and "
      + "says nothing about it.",
    bad: "policy in apps, Gateway in infra", good: "policy in infra, Gateway in infra",
    .bundle { bundle, report in
      let gateways = bundle.routes.flatMap { _, route in
        route.parents.map { (name: $0.name, home: route.namespace(of: $0)) }
      }
      for (index, policy) in bundle.clientPolicies {
        for target in policy.targets(kind: "Gateway") {
          let homes = gateways.filter { $0.name == target.name }.map(\.home)
          guard let home = homes.first, !homes.contains(policy.home) else { continue }
          report.add(
            "the policy is in namespace \(policy.home), its Gateway in \(home): it has no "
              + "effect; use namespace \(home)", at: .to("metadata", "namespace"), in: index,
            fix: "move the policy to \(home)", .set(.to("metadata", "namespace"), .string(home)))
          break
        }
      }
    })
}
