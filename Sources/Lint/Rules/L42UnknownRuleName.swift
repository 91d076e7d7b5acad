import Kinds
import Manifest

extension Rule {
  static let unknownRuleName = Rule(
    "L42", .warning, "a policy on a rule that has no such name",
    why: "sectionName names a rule of the HTTPRoute; without a rule of that name the policy "
      + "reaches nothing.",
    bad: "targetRefs: [{kind: HTTPRoute, name: chat, sectionName: gpt}], rules without names",
    good: "rules: [{name: gpt}]",
    .bundle { bundle, report in
      for (index, policy) in bundle.backendPolicies {
        for target in policy.policy.targets(kind: "HTTPRoute") {
          guard let section = target.sectionName,
            let route = bundle.route(ObjectKey(policy.policy.home, target.name))?.route,
            !route.rules.contains(where: { $0.name == section })
          else { continue }
          let names = route.rules.compactMap(\.name)
          let advice = names.isEmpty ? "name the rule first" : "use \(names.alternatives)"
          report.add(
            "no rule of \(route.name) is named \(section.quoted); \(advice)",
            at: target.path.appending("sectionName"), in: index)
        }
      }
    })
}
