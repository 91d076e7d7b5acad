import Schemas
import Resources

extension Rule {
  static let twoPolicies = Rule(
    "L16", "two-policies", .warning, .controller,
    "two policies of the same kind on the same target",
    why: "The older policy takes effect; the newer one is reported as conflicting and ignored, "
      + "whether it selects its target by name or by labels. With two SecurityPolicies, the "
      + "authentication of one of them is therefore off.",
    bad: "two ClientTrafficPolicies with targetRefs: [gw]",
    good: "one ClientTrafficPolicy with the fields of both",
    reference: Citation.envoyGateway("internal/gatewayapi/clienttrafficpolicy.go"),
    traits: [.rivals, .form],
    .bundle { index, report in
      for kind in Policy.Kind.allCases {
        for conflict in index.policies(kind).conflicts { addFindings(conflict, &report) }
        for holder in index.policies(kind).all { addRepeated(in: holder, &report) }
      }
    })

  /// A target that a policy lists again, of which the status says Conflicted.
  private static func addRepeated(
    in holder: PolicyAttachments.Holder, _ report: inout Report
  ) {
    var seen: Set<[String]> = []
    for target in holder.policy.targets
    where !seen.insert([target.group, target.kind, target.name, target.sectionName ?? ""]).inserted
    {
      report.add(
        "the target is listed above: the policy conflicts with itself, and its status says so; leave "
          + "it out once", at: target.path, in: holder.index)
    }
  }

  private static func addFindings(
    _ conflict: PolicyAttachments.Conflict, _ report: inout Report
  ) {
    let (target, holder) = (conflict.target, conflict.holder.policy)
    let place = target.section.map { "\(target.object.name)/\($0)" } ?? target.object.name
    let isDated = holder.age.differsInTime(from: conflict.superseded.policy.age)
    report.add(
      "\(target.kind) \(place) already has the policy \(holder.name): only the older one applies"
        + (isDated ? "" : ", of one age the first by name") + "; put both into one",
      at: conflict.path, in: conflict.superseded.index)
  }
}
