import Schemas
import YAML
import Resources

extension Rule {
  static let tooFewRetries = Rule(
    "L36", "too-few-retries", .warning, "too few retries to reach every priority",
    why: "Reaching each additional priority costs numAttemptsPerPriority retries.",
    bad: "three priorities, numRetries: 1", good: "three priorities, numRetries: 2",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    repair: .automatic,
    .bundle { index, report in
      for holder in index.backendPolicies.all {
        guard let failover = index.failover(under: holder.index),
          let attempts = failover.retry.attemptsPerPriority, attempts <= 1000
        else { continue }
        let priorities = failover.rule.priorities.count
        let needed = attempts * (priorities - 1)
        guard failover.retry.retries < needed else { continue }
        let path = Path.to("spec", "retry", "numRetries")
        report.add(
          "the last of \(priorities) priorities in \(failover.rule.title) is never reached; use at "
            + "least \(needed)", at: path, in: holder.index,
          caution: holder.policy.node[path] == nil ? nil : .guess,
          fix: "write numRetries \(needed)",
          .set(path, .integer(needed)))
      }
    })
}
