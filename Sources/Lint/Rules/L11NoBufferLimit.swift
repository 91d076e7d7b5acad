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
      var seen: Set<String> = []
      for (index, route) in bundle.routes {
        for (place, parent) in route.parents.enumerated()
        where parent.kind == "Gateway" && !parent.name.isEmpty {
          let home = route.namespace(of: parent)
          guard seen.insert(home + "/" + parent.name).inserted else { continue }
          judge(parent, place, home, of: index, in: bundle, &report)
        }
      }
    })

  private static func judge(
    _ parent: Route.Parent, _ place: Int, _ home: String, of route: Int, in bundle: Bundle,
    _ report: inout Report
  ) {
    let naming = bundle.clientPolicies.filter { _, policy in
      policy.targets(kind: "Gateway").contains { $0.name == parent.name }
    }
    // A policy in the wrong namespace is L15's business.
    if naming.isEmpty {
      report.add(
        "Gateway \(parent.name) has no ClientTrafficPolicy here: requests above 32768 bytes "
          + "get 413; write one with bufferLimit 50Mi",
        at: .to("spec", "parentRefs", place), in: route, fix: "write a ClientTrafficPolicy",
        .add(Offers.bufferPolicy(gateway: parent.name, namespace: home)))
    }
    let attached = naming.filter { $0.policy.home == home }
    if let (index, _) = attached.first, attached.allSatisfy({ $0.policy.bufferLimit == nil }) {
      report.add(
        "the policy sets no bufferLimit: requests above 32768 bytes get 413; use 50Mi",
        at: .to("spec", "connection", "bufferLimit"), in: index, fix: "write bufferLimit 50Mi",
        .set(.to("spec", "connection", "bufferLimit"), .string("50Mi")))
    }
  }
}
