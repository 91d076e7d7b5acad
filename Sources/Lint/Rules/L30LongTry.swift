import Kinds
import Manifest

extension Rule {
  static let longTry = Rule(
    "L30", .warning, "a try that may take the whole request timeout",
    why: "The first try uses up the time, and nothing is left for another.",
    bad: "request 60s, perRetry.timeout 60s", good: "request 60s, perRetry.timeout 20s",
    .bundle { bundle, report in
      for (index, policy) in bundle.backendPolicies {
        guard let perRetry = policy.perRetry, perRetry > 0 else { continue }
        let tight = bundle.retried[index]?.first { $0.rule.total.map { perRetry >= $0 } ?? false }
        guard let rule = tight?.rule, let total = rule.total else { continue }
        report.add(
          "one try may take as long as the whole request of \(rule.title) "
            + "(\(GatewayDuration.text(milliseconds: total))); use at most "
            + GatewayDuration.text(milliseconds: total / (policy.retries.clamped + 1)),
          at: .to("spec", "retry", "perRetry", "timeout"), in: index)
      }
    })
}

extension Int {
  /// A number of retries that can be counted with.
  fileprivate var clamped: Int { Swift.min(Swift.max(self, 0), 1000) }
}
