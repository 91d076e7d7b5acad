import Resources
import Schemas
import YAML

extension Rule {
  static let aiServiceBackendBodyValue = Rule(
    "body.json.service", "aiservicebackend-body-value", .warning,
    "a body mutation of an AIServiceBackend that fails or breaks the body",
    why: bodyValue.why, bad: bodyValue.bad, good: bodyValue.good,
    reference: Citation.aiGateway("internal/bodymutator/body_mutator.go"),
    repair: .automatic,
    .service { service, report in
      report.addInvalidChanges(service.node["spec"]?.given("bodyMutation"), at: .to("spec"))
    })
}
