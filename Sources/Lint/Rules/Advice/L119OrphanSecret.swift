import Resources
import Schemas
import YAML

extension Rule {
  static let orphanSecret = Rule(
    "L119", "orphan-secret", .info, "a token that outlives its policy",
    why: "A token that comes from an Azure client secret or a GCP key file is kept in a Secret "
      + "without an owner: deleting the policy leaves the Secret behind, and the token still "
      + "valid.",
    bad: "kubectl delete backendsecuritypolicy azure",
    good: "kubectl delete backendsecuritypolicy azure, and secret ai-eg-bsp-azure",
    reference: Citation.aiGateway("internal/controller/backend_security_policy.go"),
    .document { document, report in
      guard case .credentials(let policy) = document.content else { return }
      let place: Path
      switch policy.type {
      case "AzureCredentials": place = .to("spec", "azureCredentials", "clientSecretRef")
      case "GCPCredentials": place = .to("spec", "gcpCredentials", "credentialsFile")
      case _: return
      }
      guard let source = document.node[place], !source.isNull, policy.exchanges.isEmpty else {
        return
      }
      report.add(
        "deleting the policy leaves Secret ai-eg-bsp-\(document.name) with a token behind; delete "
          + "that too", at: place)
    })
}
