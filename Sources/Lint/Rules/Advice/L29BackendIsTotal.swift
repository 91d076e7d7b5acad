import Resources
import Schemas

extension Rule {
  static let backendIsTotal = Rule(
    "L29", "backend-is-total", .warning, "backendRequest used as a timeout per try",
    why: "It replaces request as the total timeout of all tries. The timeout of one try is "
      + "retry.perRetry.timeout of a BackendTrafficPolicy.",
    bad: "timeouts: {request: 300s, backendRequest: 30s}", good: "timeouts: {request: 300s}",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    repair: .confirmed,
    .routeRule { rule, report in
      guard let backend = rule.backendRequest, backend > 0, backend < rule.request ?? 60_000 else {
        // With request 0s, backendRequest is the only limit there is.
        return
      }
      report.add(
        "backendRequest is the total over all tries, so request has no effect; leave it out, or "
          + "limit one try with a retry policy", at: .to("timeouts", "backendRequest"),
        caution: .guess, fix: "remove backendRequest", .remove(.to("timeouts", "backendRequest")))
    })
}
