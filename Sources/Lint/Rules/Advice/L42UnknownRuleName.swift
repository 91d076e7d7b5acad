import Resources
import Schemas
import YAML

extension Rule {
  static let unknownRuleName = Rule(
    "L42", "unknown-rule-name", .warning, "a policy on a rule name that the route does not have",
    why: "sectionName must be the name of a rule of the HTTPRoute; otherwise the policy applies to "
      + "nothing.",
    bad: "targetRefs: [{kind: HTTPRoute, name: chat, sectionName: gpt}], rules without names",
    good: "rules: [{name: gpt}]",
    reference: Citation.envoyGateway("internal/gatewayapi/backendtrafficpolicy.go"),
    traits: .form,
    .bundle { bundle, report in
      let policies = Policy.Kind.allCases.flatMap { bundle.policies($0).all }
      for holder in policies {
        let (index, policy) = (holder.index, holder.policy)
        for target in policy.targets(kind: "HTTPRoute") {
          guard let section = target.sectionName, section != WellKnown.notFoundRule,
            let names = bundle.ruleNames(of: ObjectKey(policy.namespace, target.name)),
            !names.contains(section)
          else { continue }
          let isNameless =
            bundle.release < .v1_1 && bundle.route(ObjectKey(policy.namespace, target.name)) != nil
          let advice =
            isNameless
            ? "AI Gateway \(bundle.release.rawValue) writes no names of rules; leave sectionName out"
            : names.isEmpty ? "name the rule first" : "use \(names.alternatives)"
          report.add(
            "no rule of \(target.name) is named \(section.quoted); \(advice)",
            at: target.path.appending("sectionName"), in: index)
        }
      }
    })
}
