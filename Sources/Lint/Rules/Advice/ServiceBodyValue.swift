import Resources
import Schemas
import YAML

extension Rule {
  static let serviceBodyValue = Rule(
    "body.json.service", "service-body-value", .warning,
    "a body mutation of an AIServiceBackend that fails or breaks the body",
    why: bodyValue.why, bad: bodyValue.bad, good: bodyValue.good,
    reference: Citation.aiGateway("internal/bodymutator/body_mutator.go"),
    .service { service, report in
      report.addInvalidChanges(service.node["spec"]?.given("bodyMutation"), at: .to("spec"))
    })
}
