import Resources
import Schemas
import YAML

extension Rule {
  static let backendAboveDefault = Rule(
    "L28", "backend-above-default", .error, .generated, "backendRequest above 60s without request",
    why: "The controller writes request 60s where it is left out, and a backendRequest above "
      + "request is refused on the generated HTTPRoute.",
    bad: "timeouts: {backendRequest: 120s}",
    good: "timeouts: {request: 120s, backendRequest: 120s}",
    reference: Upstream.aiGateway("api/v1beta1/ai_gateway_route_helper.go"),
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
