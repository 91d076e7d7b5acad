import Schemas
import Resources
import YAML

extension Rule {
  static let twoTLSPolicies = Rule(
    "L100", "two-tls-policies", .error, .controller,
    "two BackendTLSPolicies for one Backend or Service",
    why: "The oldest takes effect, of one age the first by namespace and name, and Envoy Gateway "
      + "reports the other as Conflicted. Manifests without a creationTimestamp do not say which, so "
      + "it may get the wrong server name (SNI).",
    bad: "BackendTLSPolicies a and b, both with targetRefs: [openai]",
    good: "one BackendTLSPolicy with targetRefs: [openai]",
    reference: Citation.envoyGateway("internal/gatewayapi/backendtlspolicy.go"),
    traits: .form,
    .bundle { bundle, report in
      for conflict in bundle.tlsConflicts {
        let target = conflict.target
        report.add(
          "\(target.kind.kind) \(target.object.name) already has the policy "
            + "\(conflict.owner.name); keep one of them", at: target.path, in: conflict.index)
      }
    })
}
