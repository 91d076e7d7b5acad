import Resources
import Schemas
import YAML

extension Rule {
  static let connectOnly = Rule(
    "L196", "connect-only", .error, .controller,
    "httpUpgrade with CONNECT on a route of AI requests",
    why:
      "With the type CONNECT the rules that the policy holds for match CONNECT requests in place "
      + "of their paths. All others, such as those of AI clients, get 404.",
    bad: "BackendTrafficPolicy {targetRefs: [Gateway gw], httpUpgrade: [{type: CONNECT}]}",
    good: "BackendTrafficPolicy {targetRefs: [Gateway gw], httpUpgrade: [{type: websocket}]}",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    .bundle { index, report in
      let policies = index.policies(.backend).all.filter { $0.policy.traffic.connectUpgrade != nil }
      guard !policies.isEmpty else { return }
      var reported: Set<Int> = []
      for (_, route) in index.routes {
        for traffic in route.rules.flatMap({ index.traffic(of: $0, of: route) }) {
          guard let traffic, let place = traffic.traffic.connectUpgrade,
            let holder = traffic.policies.first(where: {
              $0.policy.traffic.connectUpgrade != nil
            }), reported.insert(holder.index).inserted
          else { continue }
          report.add(
            "requests for AIGatewayRoute \(route.name) get 404 unless their method is CONNECT; "
              + "leave the type out, or target another route",
            at: .to("spec", "httpUpgrade", holder.policy.traffic.connectUpgrade ?? place, "type"),
            in: holder.index)
        }
      }
    })
}
