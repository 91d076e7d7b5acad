import Schemas
import Resources
import YAML

extension Rule {
  static let tooManyRules = Rule(
    "L55", "too-many-rules", .error, .admission, "more than 15 rules in a route",
    why: "The generated HTTPRoute may have 16 rules, and the controller adds one.",
    bad: "one route with 16 rules", good: "two routes with 8 rules each",
    reference: Citation.aiGatewayCRD("aigatewayroutes"), stage: .blocking,
    .route { route, report in
      guard route.rules.count > 15 else { return }
      let count = "rules has \(route.rules.count) items"
      guard report.release == .v0_6 else {
        report.add(
          "\(count); use at most 15, and another route for the rest", at: .to("spec", "rules"))
        return
      }
      // The CRD of 0.6 takes 128 rules.
      report.add(
        "\(count); the generated HTTPRoute takes at most 15 and one that the controller adds; use "
          + "another route for the rest",
        at: .to("spec", "rules"), source: .generated)
    })
}
