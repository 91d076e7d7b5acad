import Resources
import Schemas
import YAML

extension Rule {
  static let credentialOverride = Rule(
    "L117", "credential-override", .error, .controller,
    "a fallback to a credential that is not configured",
    why: "fallbackToConfigured defaults to true and needs a credential in the policy. With "
      + "Google's default credentials there is none: AI Gateway leaves the backend out, and "
      + "requests get 500.",
    bad: "gcpCredentials: {projectName: p, region: r}, "
      + "credentialOverride: {fromRequestHeaders: {}}",
    good: "credentialOverride: {fromRequestHeaders: {fallbackToConfigured: false}}",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    repair: .automatic,
    .document { document, report in
      guard case .credentials(let policy) = document.content else { return }
      for source in policy.sourcesWithoutFallback {
        let path = Path.to("spec", "credentialOverride", source)
        report.add(
          "the policy has no credential to fall back to, so that requests get 500; write "
            + "fallbackToConfigured: false", at: path, fix: "write fallbackToConfigured: false",
          .set(path.appending("fallbackToConfigured"), .bool(false)))
      }
    })
}
