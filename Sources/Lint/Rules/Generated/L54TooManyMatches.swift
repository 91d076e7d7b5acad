import Schemas
import Resources

extension Rule {
  static let tooManyMatches = Rule(
    "L54.total", "too-many-matches", .error, .generated, "more than 127 matches in a route",
    why: "An HTTPRoute allows 128 matches in all its rules together, and the controller adds one. "
      + "A rule without matches counts as one.",
    bad: "three rules of 43 matches", good: "two routes",
    reference: Citation.gatewayAPICRD("httproutes"),
    .route { route, report in
      let count = route.rules.reduce(0) { $0 + max(1, $1.matches.count) }
      guard count > 127 else { return }
      report.add(
        "the rules have \(count) matches together; the generated HTTPRoute takes at most 127",
        at: .to("spec", "rules"))
    })
}
