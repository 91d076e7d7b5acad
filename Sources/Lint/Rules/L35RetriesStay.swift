import Manifest

extension Rule {
  static let retriesStay = Rule(
    "L35", .warning, "retries that stay in the first priority",
    why: "Without numAttemptsPerPriority every retry goes to the priority that just failed.",
    bad: "retry: {numRetries: 3}", good: "retry: {numAttemptsPerPriority: 1, numRetries: 3}",
    .bundle { bundle, report in
      for (index, policy) in bundle.backendPolicies
      where policy.hasRetry && policy.attemptsPerPriority ?? 0 <= 0 {
        guard bundle.failover(under: index) != nil else { continue }
        let path = Path.to("spec", "retry", "numAttemptsPerPriority")
        report.add(
          "retries stay in the priority that failed; write numAttemptsPerPriority 1", at: path,
          in: index, fix: "write numAttemptsPerPriority 1", .set(path, .integer(1)))
      }
    })
}

extension Bundle {
  /// The rule with the most priorities among those that a policy gives their retries.
  func failover(under policy: Int) -> RouteRule? {
    var best: RouteRule?
    for (_, rule) in retried[policy] ?? [] where rule.tiers.count > max(1, best?.tiers.count ?? 0) {
      best = rule
    }
    return best
  }
}
