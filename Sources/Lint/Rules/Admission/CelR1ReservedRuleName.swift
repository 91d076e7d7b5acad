import Schemas
import YAML
import Resources

extension Rule {
  static let reservedRuleName = Rule(
    "cel.R1", "reserved-rule-name", .error, .admission, "a reserved rule name",
    why: "The controller itself adds a rule with that name.",
    bad: "name: route-not-found",
    good: "name: rest",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    .routeRule { rule, report in
      guard rule.name == "route-not-found" else { return }
      report.add(
        "rule name \"route-not-found\" is reserved; use another", at: .to("name"), field: .root)
    })
}
