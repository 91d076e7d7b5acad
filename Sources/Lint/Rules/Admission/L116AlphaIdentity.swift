import Resources
import Schemas
import YAML

extension Rule {
  static let alphaIdentity = Rule(
    "L116", "alpha-identity", .error, .admission,
    "Google's Application Default Credentials in v1alpha1",
    why: "v1alpha1 requires credentialsFile or workloadIdentityFederationConfig; only v1beta1 "
      + "accepts neither of them, which means the identity of the proxy's Pod.",
    bad:
      "apiVersion: aigateway.envoyproxy.io/v1alpha1, gcpCredentials: {projectName: p, region: r}",
    good:
      "apiVersion: aigateway.envoyproxy.io/v1beta1, gcpCredentials: {projectName: p, region: r}",
    reference: Citation.aiGatewayCRD("backendsecuritypolicies"),
    repair: .automatic,
    .document { document, report in
      guard case .credentials(let policy) = document.content, document.isAlpha,
        let google = policy.spec.given("gcpCredentials"), case .mapping = google,
        google["credentialsFile"] == nil,
        google["workloadIdentityFederationConfig"] == nil
      else { return }
      report.add(
        "v1alpha1 needs credentialsFile or workloadIdentityFederationConfig; write one, or v1beta1",
        at: .to("spec", "gcpCredentials"), fix: "write \(Document.beta)",
        .set(.to("apiVersion"), .string(Document.beta)))
    })
}

extension Document {
  /// Whether it is of AI Gateway's first version, which some fields are later than.
  var isAlpha: Bool { apiVersion == "\(APIGroup.aiGateway)/v1alpha1" }
  /// The version that has them.
  static let beta = "\(APIGroup.aiGateway)/v1beta1"
}
