import Schemas
import Resources
import YAML

extension Rule {
  static let defaultTimeout = Rule(
    "L27", "default-timeout", .info, "no request timeout",
    why: "The controller sets the timeout to 60s, and the whole streamed answer has to fit into "
      + "it.",
    bad: "{backendRefs: [{name: openai}]}",
    good: "{timeouts: {request: 300s}, backendRefs: [{name: openai}]}",
    reference: Citation.aiGateway("api/v1beta1/ai_gateway_route_helper.go"),
    repair: .confirmed,
    .routeRule { rule, report in
      guard !rule.hasRequest, rule.backendRequest == nil, !rule.refs.isEmpty else { return }
      report.add(
        "answers are cut after 60s, streams too; write request 300s for long ones",
        at: .to("timeouts", "request"), caution: .guess, fix: "write request 300s",
        .set(.to("timeouts", "request"), .string("300s")))
    })
}
