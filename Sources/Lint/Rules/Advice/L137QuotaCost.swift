import Resources
import Schemas
import YAML

extension Rule {
  static let quotaCost = Rule(
    "L137", "quota-cost", .error, "a cost expression of a quota that the controller cannot use",
    why: "Token counts are unsigned integers (uint), and so must be the other operands: 2u, not 2 "
      + "or 2.0. A bad expression shows only in the controller's log, and the quota counts "
      + "nothing.",
    bad: "costExpression: output_tokens * 1.5", good: "costExpression: output_tokens * 3u / 2u",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    .bundle { index, report in
      for policy in index.quotaPolicies {
        for quota in policy.quotas {
          guard let text = quota.quota.given("costExpression")?.text,
            let problem = CostExpression.problem(in: text)
          else { continue }
          report.add(
            "the cost cannot be worked out: \(problem)",
            at: quota.path.appending(.to("quota", "costExpression")), in: policy.index)
        }
      }
    })
}
