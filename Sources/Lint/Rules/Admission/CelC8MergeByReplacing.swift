import Manifest
import Resources

extension Rule {
  static let mergeByReplacing = Rule(
    "cel.C8", .error, .admission, "mergeType Replace",
    why: "Replacing is what happens without mergeType.", bad: "mergeType: Replace",
    good: "mergeType: StrategicMerge", reference: "domain.md 1.5",
    .policy { policy, report in
      guard policy.side == .backend, policy.spec["mergeType"]?.text == "Replace" else { return }
      report.add(
        "mergeType \"Replace\" is not accepted; leave it out, or use StrategicMerge",
        at: .to("spec", "mergeType"), fix: "remove mergeType", .remove(.to("spec", "mergeType")))
    })
}
