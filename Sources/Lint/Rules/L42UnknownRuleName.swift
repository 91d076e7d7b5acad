import Resources
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
      let policies = Policy.Side.allCases.flatMap { bundle.policies($0).all }
      for holder in policies {
        let (index, policy) = (holder.index, holder.policy)
        for target in policy.targets(kind: "HTTPRoute") {
          guard let section = target.sectionName, section != WellKnown.notFoundRule,
            let route = bundle.route(ObjectKey(policy.home, target.name))?.route,
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
