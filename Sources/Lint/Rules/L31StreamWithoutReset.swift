import Manifest

extension Rule {
  static let streamWithoutReset = Rule(
    "L31", .warning, "streamIdleTimeout without retries on reset",
    why: "A stream that pauses too long is cut, or answered with 504. The next backend is tried "
      + "only if a retry policy names the trigger reset.",
    bad: "{streamIdleTimeout: 5s} alone",
    good: "{streamIdleTimeout: 5s} and retry: {retryOn: {triggers: [reset]}}",
    .bundle { bundle, report in
      guard !bundle.hasBackendSelectors else { return }
      for (index, route) in bundle.routes {
        for rule in route.rules where rule.streamIdle ?? 0 > 0 {
          judge(rule, of: route, index, in: bundle, &report)
        }
      }
    })

  private static func judge(
    _ rule: RouteRule, of route: Route, _ index: Int, in bundle: Bundle, _ report: inout Report
  ) {
    let path = Path.to("spec", "rules", rule.index, "streamIdleTimeout")
    let severity: Finding.Severity = rule.refs.count > 1 ? .warning : .info
    if let retry = bundle.retry(for: rule, of: route) {
      let policy = retry.policy
      guard !policy.effectiveTriggers.contains("reset") else { return }
      let triggers = policy.effectiveTriggers + ["reset"]
      report.add(
        "a paused stream is cut: policy \(policy.policy.name) does not retry on reset; "
          + "add the trigger reset", at: path, in: index, severity: severity,
        fix: "add the trigger reset",
        .set(
          .to("spec", "retry", "retryOn", "triggers"), .sequence(triggers.map(Node.string)),
          in: retry.index))
    } else {
      report.add(
        "a paused stream is cut instead of tried elsewhere; write a BackendTrafficPolicy that "
          + "retries on reset", at: path, in: index, severity: severity,
        fix: "write a retry policy", bundle.retryChange(for: route))
    }
  }
}

extension Bundle {
  /// What gives a route retries: in the policy that its HTTPRoute has, or in a new one.
  func retryChange(for route: Route) -> Change {
    let own = attachments(on: route).first { !$0.isWide && $0.ruleName == nil }
    guard let own else { return .add(Offers.retryPolicy(for: route)) }
    return .set(.to("spec", "retry"), Offers.retry(for: route), in: own.index)
  }
}
