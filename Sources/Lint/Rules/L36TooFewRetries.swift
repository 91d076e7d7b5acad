import Manifest

extension Rule {
  static let tooFewRetries = Rule(
    "L36", .warning, "fewer retries than further priorities",
    why: "Each further priority takes numAttemptsPerPriority retries to reach.",
    bad: "three priorities, numRetries: 1", good: "three priorities, numRetries: 2",
    .bundle { bundle, report in
      for (index, policy) in bundle.backendPolicies {
        guard let attempts = policy.attemptsPerPriority, attempts > 0, attempts <= 1000,
          let rule = bundle.failover(under: index)
        else { continue }
        let needed = attempts * (rule.tiers.count - 1)
        guard policy.retries < needed else { continue }
        let path = Path.to("spec", "retry", "numRetries")
        report.add(
          "the last of \(rule.tiers.count) priorities in \(rule.title) is never reached; "
            + "use at least \(needed)", at: path, in: index, fix: "write numRetries \(needed)",
          .set(path, .integer(needed)))
      }
    })
}
