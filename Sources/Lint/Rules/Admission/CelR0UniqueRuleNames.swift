import Schemas
import Resources

extension Rule {
  static let uniqueRuleNames = Rule(
    "cel.R0", "unique-rule-names", .error, .admission, "two rules with the same name",
    why: "Policies refer to rules by name.",
    bad: "rules: [{name: chat}, {name: chat}]",
    good: "rules: [{name: chat}, {name: code}]",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    .route { route, report in
      var seen: Set<String> = []
      for rule in route.rules {
        guard let name = rule.name, !seen.insert(name).inserted else { continue }
        report.add(
          "rule name \(name.quoted) is taken by an earlier rule; use another",
          at: .to("spec", "rules", rule.index, "name"), field: .to("spec", "rules"))
      }
    })
}
