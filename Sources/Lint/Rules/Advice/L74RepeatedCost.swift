import Resources
import Schemas
import YAML

extension Rule {
  static let repeatedCost = Rule(
    "L74.twice", "repeated-cost", .warning, "two costs with the same metadataKey",
    why: "Of several costs of a route with the same metadataKey only the last is computed.",
    bad: "[{metadataKey: t, type: InputToken}, {metadataKey: t, type: OutputToken}]",
    good: "[{metadataKey: i, type: InputToken}, {metadataKey: o, type: OutputToken}]",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    .route { route, report in
      let costs = route.node["spec"]?.list("llmRequestCosts") ?? []
      var last: [String: Int] = [:]
      for (index, cost) in costs.enumerated() {
        if let key = cost["metadataKey"]?.text { last[key] = index }
      }
      for (index, cost) in costs.enumerated() {
        guard let key = cost["metadataKey"]?.text, let other = last[key], other != index else {
          continue
        }
        let path = Path.to("spec", "llmRequestCosts", index)
        report.add(
          "cost \(other + 1) has metadataKey \(key.quoted) as well and replaces this one; use "
            + "another key", at: path.appending("metadataKey"))
      }
    })
}
