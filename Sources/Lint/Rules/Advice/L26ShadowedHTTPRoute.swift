import Resources
import Schemas

extension Rule {
  static let shadowedHTTPRoute = Rule(
    "L26.shadowed", "shadowed-httproute", .warning,
    "a plain HTTPRoute whose requests an AIGatewayRoute takes",
    why: "AI Gateway adds a rule route-not-found to every AIGatewayRoute, which takes everything. "
      + "A plain HTTPRoute for the same paths gets none where it is younger, or of one age and "
      + "later by namespace/name.",
    bad: "HTTPRoute shop without a path, AIGatewayRoute chat",
    good: "HTTPRoute shop {matches: [{path: {value: /shop}}]}, AIGatewayRoute chat",
    reference: Citation.envoyGateway("internal/gatewayapi/sort.go"),
    .bundle { bundle, report in
      for (index, plain, rivals) in bundle.rivals {
        // Where it meets none, it gets requests.
        guard let rival = rivals.max(by: { $0.age < $1.age }), rival.age < plain.age else {
          continue
        }
        let isSure = rival.age.differsInTime(from: plain.age)
        for match in plain.matches where match.isDecidedByAge(below: bundle.rootPrefix) {
          report.add(
            "\(WellKnown.notFoundRule) of AIGatewayRoute \(rival.route.name), which "
              + (isSure ? "is older" : "of routes of one age comes first by namespace/name")
              + ", takes every request for it; use a narrower path or other hostnames",
            at: match.path, in: index, severity: isSure ? .warning : .info)
        }
      }
    })
}
