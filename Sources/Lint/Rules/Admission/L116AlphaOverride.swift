import Resources
import Schemas
import YAML

extension Rule {
  static let alphaOverride = Rule(
    "L116.override", "alpha-override", .error, .admission, "credentialOverride in v1alpha1",
    why: "v1alpha1 does not have the field: a strict apply refuses it, and without validation it "
      + "is dropped, so that every request is sent with the configured credential.",
    bad: "apiVersion: aigateway.envoyproxy.io/v1alpha1, credentialOverride: {...}",
    good: "apiVersion: aigateway.envoyproxy.io/v1beta1, credentialOverride: {...}",
    reference: Citation.aiGatewayCRD("backendsecuritypolicies"), stage: .decoding,
    repair: .automatic,
    .document { document, report in
      guard case .credentials(let policy) = document.content, report.release >= .v1_1,
        document.isAlpha,
        policy.spec["credentialOverride"] != nil
      else { return }
      report.add(
        "credentialOverride is known to v1beta1 only; write apiVersion \(Document.beta)",
        at: .to("spec", "credentialOverride"), fix: "write \(Document.beta)",
        .set(.to("apiVersion"), .string(Document.beta)))
    })
}
