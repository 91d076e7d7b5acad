import Kinds
import Manifest

extension Rule {
  static let noBufferLimit = Rule(
    "L11", .warning, "a Gateway without a buffer limit for AI requests",
    why: "Envoy Gateway holds 32768 bytes of a request. Long prompts, histories and pictures are "
      + "more and get 413.",
    bad: "AIGatewayRoute on gw, no ClientTrafficPolicy",
    good: "ClientTrafficPolicy {targetRefs: [gw], connection: {bufferLimit: 50Mi}}",
    .bundle { bundle, report in
      guard !bundle.clientPolicies.contains(where: { $0.policy.hasSelectors }) else { return }
      let policies = bundle.clientPoliciesByGateway
      var seen: Set<ObjectKey> = []
      for (index, route) in bundle.routes {
        for (place, parent) in route.parents.enumerated()
        where parent.kind == "Gateway" && !parent.name.isEmpty {
          let gateway = route.gateway(of: parent)
          guard seen.insert(gateway).inserted else { continue }
          judge(gateway, place, of: index, policies[parent.name] ?? [], &report)
        }
      }
    })

  private static func judge(
    _ gateway: ObjectKey, _ place: Int, of route: Int,
    _ naming: [(index: Int, policy: Policy)], _ report: inout Report
  ) {
    // A policy in the wrong namespace is L15's business.
    if naming.isEmpty {
      report.add(
        "Gateway \(gateway.name) has no ClientTrafficPolicy here: requests above 32768 bytes "
          + "get 413; write one with bufferLimit 50Mi",
        at: .to("spec", "parentRefs", place), in: route, fix: "write a ClientTrafficPolicy",
        .add(Offers.bufferPolicy(gateway: gateway.name, namespace: gateway.namespace)))
    }
    let attached = naming.filter { $0.policy.home == gateway.namespace }
    if let (index, _) = attached.first, attached.allSatisfy({ $0.policy.bufferLimit == nil }) {
      report.add(
        "the policy sets no bufferLimit: requests above 32768 bytes get 413; use 50Mi",
        at: .to("spec", "connection", "bufferLimit"), in: index, fix: "write bufferLimit 50Mi",
        .set(.to("spec", "connection", "bufferLimit"), .string("50Mi")))
    }
  }
}

extension Bundle {
  /// The client policies by the names of the Gateways that they target, in any namespace.
  fileprivate var clientPoliciesByGateway: [String: [(index: Int, policy: Policy)]] {
    var policies: [String: [(index: Int, policy: Policy)]] = [:]
    for (index, policy) in clientPolicies {
      for name in Set(policy.targets(kind: "Gateway").map(\.name)) {
        policies[name, default: []].append((index, policy))
      }
    }
    return policies
  }
}
