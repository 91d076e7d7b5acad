import Resources
import Schemas
import YAML

extension Rule {
  static let costExpression = Rule(
    "L74", "cost-expression", .error, "a cost expression that the controller cannot use",
    why: "Token counts are unsigned integers (uint), and so must be the other operands: "
      + "2u, not 2 or 2.0. A bad expression shows only in the controller's log, and no later "
      + "change of the Gateway's filters gets through.",
    bad: "{type: CEL, metadataKey: x, cel: \"output_tokens * 1.5\"}",
    good: "{type: CEL, metadataKey: x, cel: \"output_tokens * 3u / 2u\"}",
    reference: Upstream.aiGateway("internal/llmcostcel/cel.go"),
    .route { route, report in
      let costs = route.node["spec"]?["llmRequestCosts"]?.items ?? []
      for (index, cost) in costs.enumerated() where cost["type"]?.text == "CEL" {
        let path = Path.to("spec", "llmRequestCosts", index, "cel")
        guard let expression = cost["cel"], !expression.isNull else {
          report.add("type CEL needs an expression; write cel", at: path)
          continue
        }
        guard let text = expression.text, let fault = CostExpression.fault(in: text) else {
          continue
        }
        report.add("the cost expression is not valid: \(fault)", at: path)
      }
    })
}
