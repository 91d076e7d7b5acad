import Resources
import Schemas
import YAML

extension Rule {
  static let connectOnly = Rule(
    "L196", "connect-only", .error, .controller,
    "httpUpgrade with CONNECT on a route of AI requests",
    why:
      "With the type CONNECT the rules that the policy holds for match CONNECT requests in place "
      + "of their paths. All others, such as those of AI clients, go to other rules or get 404.",
    bad: "BackendTrafficPolicy {targetRefs: [Gateway gw], httpUpgrade: [{type: CONNECT}]}",
    good: "BackendTrafficPolicy {targetRefs: [Gateway gw], httpUpgrade: [{type: websocket}]}",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    .bundle { index, report in
      guard index.asksForConnect else { return }
      var reported: Set<Int> = []
      for (_, route) in index.routes {
        for rule in route.rules {
          for case let traffic? in index.traffic(of: rule, of: route) {
            add(traffic, "\(rule.title) of AIGatewayRoute \(route.name)", &reported, &report)
          }
        }
      }
      for route in index.mcpRoutes {
        for place in index.places(of: route.attachment) {
          let traffic = index.traffic(
            ofRule: nil, of: route.mainRoute, gateway: place.gateway, listener: place.listener)
          if let traffic { add(traffic, "MCPRoute \(route.key.name)", &reported, &report) }
        }
      }
    })

  private static func add(
    _ traffic: EffectiveTraffic, _ title: String, _ reported: inout Set<Int>, _ report: inout Report
  ) {
    guard traffic.traffic.connectUpgrade != nil,
      let holder = traffic.policies.first(where: { $0.policy.traffic.connectUpgrade != nil }),
      let place = holder.policy.traffic.connectUpgrade, reported.insert(holder.index).inserted
    else { return }
    report.add(
      "\(title) takes no requests but CONNECT; leave the type out, or target another route",
      at: .to("spec", "httpUpgrade", place, "type"), in: holder.index)
  }
}
