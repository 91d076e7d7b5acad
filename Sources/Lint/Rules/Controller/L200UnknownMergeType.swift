import Resources
import Schemas
import YAML

extension Rule {
  static let unknownMergeType = Rule(
    "L200", "unknown-merge-type", .warning, .controller,
    "a mergeType that is not known",
    why: "The API server takes any text. Where a policy of the listener or Gateway is to be "
      + "merged, Envoy Gateway refuses this one, and the other alone holds.",
    bad: "mergeType: Strategic",
    good: "mergeType: StrategicMerge",
    reference: Citation.envoyGateway("internal/utils/merge.go"),
    repair: .automatic,
    .policy { policy, report in
      let path = Path.to("spec", "mergeType")
      guard let type = policy.spec.given("mergeType")?.text, !Variable.isIn(type),
        type != "Replace", !Policy.mergeTypes.contains(type)
      else { return }
      let near = NearestWord.match(for: type, among: Policy.mergeTypes) ?? Policy.mergeTypes[0]
      report.add(
        "mergeType \(type.quoted) is not known, so that the policy is refused where one of the "
          + "listener or Gateway is to be merged; write \(Policy.mergeTypes.alternatives)",
        at: path, caution: .writing(near, for: type), fix: "write \(near)",
        .set(path, .string(near)))
    })
}
