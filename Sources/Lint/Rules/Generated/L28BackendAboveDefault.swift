import Resources
import Schemas
import YAML

extension Rule {
  static let backendAboveDefault = Rule(
    "L28", "backend-above-default", .error, .generated,
    "backendRequest longer than 60s without request",
    why: "The controller sets request to 60s if it is omitted, and the generated HTTPRoute is "
      + "refused if backendRequest is longer than request.",
    bad: "timeouts: {backendRequest: 120s}",
    good: "timeouts: {request: 120s, backendRequest: 120s}",
    reference: Citation.aiGateway("api/v1beta1/ai_gateway_route_helper.go"),
    repair: .automatic,
    .routeRule { rule, report in
      guard !rule.hasRequest, let backend = rule.backendRequest, backend > 60_000 else { return }
      let length = GatewayDuration.text(milliseconds: backend)
      report.add(
        "backendRequest is longer than the 60s that request is by default; write request "
          + "\(length) too", at: .to("timeouts", "backendRequest"), field: .to("timeouts"),
        fix: "write request \(length)",
        .set(.to("timeouts", "request"), .string(length)))
    })
}
