import Schemas
import YAML
import Resources

extension Rule {
  static let oneWayOfTargeting = Rule(
    "cel.C1", "one-way-of-targeting", .error, .admission,
    "no target, or both targetRef and targetRefs",
    why: "A policy without targetSelectors must name its targets, in exactly one of the two "
      + "fields.",
    bad: "spec: {connection: {bufferLimit: 50Mi}}",
    good: "spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]}",
    reference: Citation.envoyGatewayCRD("clienttrafficpolicies"),
    repair: .automatic,
    .policy { policy, report in
      guard case .mapping(let spec)? = policy.node["spec"], !policy.hasSelectors else { return }
      switch (spec.holds("targetRef"), spec.holds("targetRefs")) {
      case (true, true):
        report.add(
          "targetRef and targetRefs exclude each other; use targetRefs",
          at: .to("spec", "targetRef"), field: .to("spec"), fix: "move targetRef to targetRefs",
          .remove(.to("spec", "targetRef")),
          .set(.to("spec", "targetRefs"), .sequence(spec.targetsTogether)))
      case (false, false):
        report.add(
          "the policy has no target; write targetRefs", at: .to("spec", "targetRefs"),
          field: .to("spec"))
      case (true, false), (false, true): break
      }
    })
}

extension Mapping {
  /// The targets of both fields.
  fileprivate var targetsTogether: [Node] {
    let listed = self["targetRefs"]?.items ?? []
    guard let own = self["targetRef"], !listed.contains(own) else { return listed }
    return listed + [own]
  }
}
