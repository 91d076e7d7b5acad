import Resources
import Schemas
import YAML

extension Rule {
  static let streamIdleTooLong = Rule(
    "L32", "stream-idle-too-long", .warning, "streamIdleTimeout as long as the whole request",
    why: "The request timeout ends the request first, so the pause is never noticed.",
    bad: "{streamIdleTimeout: 60s}",
    good: "{streamIdleTimeout: 10s, timeouts: {request: 120s}}",
    reference: Citation.aiGateway("internal/extensionserver/post_translate_modify.go"),
    .routeRule { rule, report in
      guard let idle = rule.streamIdle, idle > 0, let total = rule.total, idle >= total else {
        return
      }
      report.add(
        "streamIdleTimeout never ends anything: the request ends after "
          + "\(GatewayDuration.text(milliseconds: total)); use less",
        at: .to("streamIdleTimeout"))
    })
}
