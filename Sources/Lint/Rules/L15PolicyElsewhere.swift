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
          policy.targets(kind: "Gateway").map { ObjectKey(policy.home, $0.name) }
        })
      for (index, policy) in bundle.clientPolicies {
        for target in policy.targets(kind: "Gateway") {
          // Where the Gateway that is known has a policy, this one is for another.
          guard let known = homes[target.name],
            !known.contains(where: { $0.namespace == policy.home }),
            let other = known.first(where: {
              !covered.contains(ObjectKey($0.namespace, target.name))
            })
          else { continue }
          let home = other.namespace
          // Which namespace stands for none is known to kubectl alone.
          let isSure = (policy.namespace == nil) == other.isImplied
          report.add(
            "the policy is in namespace \(policy.home), its Gateway in \(home): it has no "
              + "effect; use namespace \(home)", at: .to("metadata", "namespace"), in: index,
            severity: isSure ? .error : .warning, fix: "move the policy to \(home)",
            .set(.to("metadata", "namespace"), .string(home)))
          break
        }
      }
    })
}

/// A namespace, written or implied.
private struct Home: Sendable {
  let namespace: String
  let isImplied: Bool
}

extension Bundle {
  /// The namespaces of the Gateways that stand here or are named by routes, by name, in order.
  fileprivate var gatewayHomes: [String: [Home]] {
    var homes: [String: [Home]] = [:]
    var seen: Set<ObjectKey> = []
    func add(_ gateway: ObjectKey, isImplied: Bool) {
      guard seen.insert(gateway).inserted else { return }
      homes[gateway.name, default: []]
        .append(Home(namespace: gateway.namespace, isImplied: isImplied))
    }
    for (gateway, entry) in gateways.sorted(by: { $0.key < $1.key }) {
      add(gateway, isImplied: documents[entry.index].namespace == nil)
    }
    for (_, route) in routes {
      for parent in route.parents where parent.isGateway {
        add(
          route.gateway(of: parent), isImplied: route.namespace == nil && parent.namespace == nil)
      }
    }
    return homes
  }
}
