import Resources
import Schemas
import YAML

extension Rule {
  static let alphaOverride = Rule(
    "L116.override", "alpha-override", .error, .admission, "credentialOverride in v1alpha1",
    why: "v1alpha1 does not know the field: a strict apply refuses it, and without validation it "
      + "vanishes, so that every request goes out with the configured credential.",
    bad: "apiVersion: aigateway.envoyproxy.io/v1alpha1, credentialOverride: {...}",
    good: "apiVersion: aigateway.envoyproxy.io/v1beta1, credentialOverride: {...}",
    reference: Upstream.aiGatewayCRD("backendsecuritypolicies"), stage: .decoding,
    .document { document, report in
      guard case .credentials(let policy) = document.content, report.release >= .v1_1,
        document.apiVersion == "\(APIGroup.aiGateway)/v1alpha1",
        policy.spec["credentialOverride"] != nil
      else { return }
      let beta = "\(APIGroup.aiGateway)/v1beta1"
      report.add(
        "credentialOverride is known to v1beta1 only; write apiVersion \(beta)",
        at: .to("spec", "credentialOverride"), fix: "write \(beta)",
        .set(.to("apiVersion"), .string(beta)))
    })
}
