import Manifest

extension Rule {
  static let policyElsewhere = Rule(
    "L15", .error, .controller, "a ClientTrafficPolicy in another namespace than its Gateway",
    why: "A policy reaches Gateways of its own namespace only. Elsewhere it has no effect and "
      + "says nothing about it.",
    bad: "policy in apps, Gateway in infra", good: "policy in infra, Gateway in infra",
    .bundle { bundle, report in
      guard !bundle.clientPolicies.isEmpty else { return }
      let homes = bundle.gatewayHomes
      let covered = Set(
        bundle.clientPolicies.flatMap { _, policy in
          policy.targets(kind: "Gateway").map { ObjectName(policy.home, $0.name) }
        })
      for (index, policy) in bundle.clientPolicies {
        for target in policy.targets(kind: "Gateway") {
          // Where the Gateway that is known has a policy, this one is for another.
          guard let known = homes[target.name], !known.contains(policy.home),
            let home = known.first(where: { !covered.contains(ObjectName($0, target.name)) })
          else { continue }
          report.add(
            "the policy is in namespace \(policy.home), its Gateway in \(home): it has no "
              + "effect; use namespace \(home)", at: .to("metadata", "namespace"), in: index,
            fix: "move the policy to \(home)", .set(.to("metadata", "namespace"), .string(home)))
          break
        }
      }
    })
}

extension Bundle {
  /// The namespaces of the Gateways that stand here or are named by routes, by name, in order.
  fileprivate var gatewayHomes: [String: [String]] {
    var homes: [String: [String]] = [:]
    var seen: Set<ObjectName> = []
    func add(_ gateway: ObjectName) {
      guard seen.insert(gateway).inserted else { return }
      homes[gateway.name, default: []].append(gateway.namespace)
    }
    for gateway in gateways.keys.sorted() { add(gateway) }
    for (_, route) in routes {
      for parent in route.parents where parent.isGateway { add(route.gateway(of: parent)) }
    }
    return homes
  }
}
