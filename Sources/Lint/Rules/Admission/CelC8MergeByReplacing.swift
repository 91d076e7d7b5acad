import Schemas
import YAML
import Resources

extension Rule {
  static let mergeByReplacing = Rule(
    "cel.C8", "merge-by-replacing", .error, .admission, "mergeType Replace",
    why: "Without mergeType a policy replaces the one of wider scope; the value Replace is not "
      + "accepted.",
    bad: "mergeType: Replace",
    good: "mergeType: StrategicMerge",
    reference: Citation.envoyGatewayCRD("backendtrafficpolicies"),
    repair: .automatic,
    .policy { policy, report in
      guard policy.kind == .backend, policy.spec["mergeType"]?.text == "Replace" else { return }
      report.add(
        "mergeType \"Replace\" is not accepted; leave it out, or use StrategicMerge",
        at: .to("spec", "mergeType"), fix: "remove mergeType", .remove(.to("spec", "mergeType")))
    })
}
