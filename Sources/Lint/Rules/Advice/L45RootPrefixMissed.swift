import Schemas
import YAML
import Resources

extension Rule {
  static let rootPrefixMissed = Rule(
    "L45", "root-prefix-missed", .error, "a rule without matches under a root prefix",
    why: "Without matches the rule gets the path /. The rule that answers 404 gets the root "
      + "prefix, which is longer, so that rule comes first. An empty match gets the root prefix, "
      + "too. The prefix is known only if the controller's Deployment is among the documents.",
    bad: "rules: [{backendRefs: [{name: a}]}], controller with --rootPrefix=/ai",
    good: "rules: [{matches: [{}], backendRefs: [{name: a}]}]",
    reference: Citation.aiGateway("internal/controller/ai_gateway_route.go"),
    repair: .automatic,
    .bundle { bundle, report in
      guard let prefix = bundle.rootPrefix else { return }
      for (index, route) in bundle.routes {
        for rule in route.rules where rule.matches.isEmpty {
          let path = Path.to("spec", "rules", rule.index, "matches")
          report.add(
            "the generated 404 rule for root prefix \(prefix.quoted) matches first; add an empty "
              + "match ({}) to this rule", at: path, in: index, fix: "write an empty match",
            .set(path, .sequence([.map([:])])))
        }
      }
    })
}
