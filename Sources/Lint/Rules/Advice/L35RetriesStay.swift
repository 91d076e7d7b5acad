import Schemas
import YAML
import Resources

extension Rule {
  static let retriesStay = Rule(
    "L35", "retries-stay", .warning, "retries that stay in the first priority",
    why: "Without numAttemptsPerPriority every retry goes to the priority that just failed.",
    bad: "retry: {numRetries: 3}", good: "retry: {numAttemptsPerPriority: 1, numRetries: 3}",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    repair: .automatic,
    .bundle { index, report in
      for holder in index.backendPolicies.all {
        guard let failover = index.failover(under: holder.index),
          failover.retry.attemptsPerPriority == nil
        else { continue }
        let path = Path.to("spec", "retry", "numAttemptsPerPriority")
        report.add(
          "retries stay in the priority that failed; write numAttemptsPerPriority 1", at: path,
          in: holder.index, fix: "write numAttemptsPerPriority 1", .set(path, .integer(1)))
      }
    })
}
