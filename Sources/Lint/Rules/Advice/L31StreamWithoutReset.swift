import Schemas
import YAML
import Resources

extension Rule {
  static let streamWithoutReset = Rule(
    "L31", "stream-without-reset", .warning, "streamIdleTimeout without retries on reset",
    why: "A stream that pauses too long is cut off, or answered with 504. The next backend is "
      + "tried only if a retry policy has the trigger reset.",
    bad: "{streamIdleTimeout: 5s} alone",
    good: "{streamIdleTimeout: 5s} and retry: {retryOn: {triggers: [reset]}}",
    reference: Citation.aiGateway("internal/extensionserver/post_translate_modify.go"),
    repair: .automatic,
    .bundle { index, report in
      for (document, route) in index.routes {
        for rule in route.rules where rule.streamIdle ?? 0 > 0 {
          evaluate(rule, of: route, document, in: index, &report)
        }
      }
    })

  private static func evaluate(
    _ rule: RouteRule, of route: AIGatewayRoute, _ document: Int, in index: ResourceIndex,
    _ report: inout Report
  ) {
    let path = Path.to("spec", "rules", rule.index, "streamIdleTimeout")
    let severity: Finding.Severity =
      rule.refs.count > 1 && index.expectsPolicy(for: route) ? .warning : .info
    let traffic = index.traffic(of: rule, of: route)
    if traffic.contains(where: { $0?.traffic.hasRetry != true }) || traffic.isEmpty {
      report.add(
        "a paused stream is cut instead of tried elsewhere; no BackendTrafficPolicy here retries "
          + "it, write one with the trigger reset", at: path, in: document, severity: severity,
        fix: "write a retry policy", index.retryChange(for: route))
      return
    }
    for case let effective? in traffic {
      guard let retry = effective.traffic.retry, !retry.triggers.contains("reset"),
        let source = effective.policies.first(where: { $0.policy.traffic.hasRetry })
      else { continue }
      report.add(
        "a paused stream is cut: policy \(source.policy.name) does not retry on reset; add the "
          + "trigger reset", at: path, in: document,
        severity: rule.refs.count > 1 ? .warning : .info, fix: "add the trigger reset",
        .set(
          .to("spec", "retry", "retryOn", "triggers"),
          .sequence((retry.triggers + ["reset"]).map(Node.string)), in: source.index),
        // What is tried again by status without a list.
        .set(
          .to("spec", "retry", "retryOn", "httpStatusCodes"),
          effective.traffic.spec.given("retry", "retryOn", "httpStatusCodes")
            ?? .sequence([.integer(503)]),
          in: source.index))
      return
    }
  }
}
