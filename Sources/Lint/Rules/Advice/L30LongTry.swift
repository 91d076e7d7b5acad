import Schemas
import YAML
import Resources

extension Rule {
  static let longTry = Rule(
    "L30", "long-try", .warning, "a timeout per try as long as the whole request timeout",
    why: "The first try may use up all the time, and nothing is left for another.",
    bad: "request 60s, perRetry.timeout 60s", good: "request 60s, perRetry.timeout 20s",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    .bundle { index, report in
      for holder in index.backendPolicies.all {
        let tight = index.retried[holder.index]?.first { retried in
          guard let perTry = retried.retry.perTryMilliseconds, perTry > 0 else { return false }
          return retried.rule.total.map { perTry >= $0 } ?? false
        }
        guard let tight, let total = tight.rule.total else { continue }
        report.add(
          "one try may take as long as the whole request of \(tight.rule.title) "
            + "(\(GatewayDuration.text(milliseconds: total))); use at most "
            + GatewayDuration.text(milliseconds: total / (min(tight.retry.retries, 1000) + 1)),
          at: .to("spec", "retry", "perRetry", "timeout"), in: holder.index)
      }
    })
}
