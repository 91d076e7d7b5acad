import Resources
import Schemas
import YAML

extension Rule {
  static let aiServiceBackendBodyModel = Rule(
    "body.model.service", "aiservicebackend-body-model", .warning,
    "a body mutation of an AIServiceBackend that changes the model",
    why: bodyModel.why, bad: bodyModel.bad, good: bodyModel.good, reference: bodyModel.reference,
    .service { service, report in
      report.addModelChanges(
        service.node["spec"]?.given("bodyMutation"), at: .to("spec"), for: service.api)
    })
}
