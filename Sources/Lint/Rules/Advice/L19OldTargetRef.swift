import Resources
import Schemas
import YAML

extension Rule {
  static let oldTargetRef = Rule(
    "L19", "old-target-ref", .warning, "the deprecated targetRef, or an empty targetRefs",
    why: "targetRef is deprecated and sets a warning on the policy. A policy with an empty "
      + "targetRefs is accepted and applies to nothing.",
    bad: "targetRef: {group: gateway.networking.k8s.io, kind: Gateway, name: gw}",
    good: "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]",
    reference: Citation.envoyGatewayCRD("clienttrafficpolicies"),
    repair: .automatic, traits: .form,
    .policy { policy, report in
      let spec = policy.node["spec"]
      if let old = spec?["targetRef"], !old.isNull, spec?["targetRefs"] == nil {
        report.add(
          "targetRef is deprecated; use targetRefs", at: .to("spec", "targetRef"),
          fix: "rename to targetRefs", .remove(.to("spec", "targetRef")),
          .set(.to("spec", "targetRefs"), .sequence([old])))
      }
      if case .sequence(let items)? = spec?["targetRefs"], items.isEmpty, !policy.hasSelectors {
        report.add(
          "targetRefs is empty and the policy reaches nothing; name a target",
          at: .to("spec", "targetRefs"))
      }
    })
}
