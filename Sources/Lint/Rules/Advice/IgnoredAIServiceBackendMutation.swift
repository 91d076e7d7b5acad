import Schemas
import YAML
import Resources

extension Rule {
  static let ignoredAIServiceBackendMutation = Rule(
    "headers.ignored.service", "ignored-aiservicebackend-mutation", .warning,
    "a header mutation of an AIServiceBackend that AI Gateway ignores",
    why: ignoredMutation.why, bad: ignoredMutation.bad,
    good: "modelNameOverride in the route's backendRef",
    reference: Citation.aiGateway("internal/headermutator/header_mutator.go"),
    repair: .automatic,
    .service { service, report in
      report.addIgnoredChanges(service.node["spec"]?.given("headerMutation"), at: .to("spec"))
    })
}
