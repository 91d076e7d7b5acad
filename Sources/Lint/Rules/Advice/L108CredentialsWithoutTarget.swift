import Resources
import Schemas
import YAML

extension Rule {
  static let credentialsWithoutTarget = Rule(
    "L108", "credentials-without-target", .warning, "a BackendSecurityPolicy without a target",
    why: "A BackendSecurityPolicy without targetRefs is Accepted but does nothing: requests "
      + "go out without credentials, and the provider answers 401 or 403.",
    bad: "spec: {type: APIKey, apiKey: {secretRef: {name: s}}}",
    good: "spec: {targetRefs: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: a}], "
      + "type: APIKey, ...}",
    reference: Citation.aiGateway("internal/controller/backend_security_policy.go"),
    .document { document, report in
      guard case .credentials(let policy) = document.content, policy.targets.isEmpty else { return }
      report.add(
        "the policy is for no backend and has no effect; name some in targetRefs",
        at: .to("spec", "targetRefs"))
    })
}
