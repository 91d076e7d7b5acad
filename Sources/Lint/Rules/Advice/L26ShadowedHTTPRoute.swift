import Resources
import Schemas

extension Rule {
  static let shadowedHTTPRoute = Rule(
    "L26.shadowed", "shadowed-httproute", .warning,
    "a plain HTTPRoute whose requests an AIGatewayRoute takes",
    why: "AI Gateway adds a rule route-not-found to every AIGatewayRoute, which takes everything. "
      + "A plain HTTPRoute for the same paths gets none where it is younger, or of one age and "
      + "later by namespace/name; with preserveRouteOrder that holds for all paths.",
    bad: "HTTPRoute shop without a path, AIGatewayRoute chat",
    good: "HTTPRoute shop {matches: [{path: {value: /shop}}]}, AIGatewayRoute chat",
    reference: Citation.envoyGateway("internal/gatewayapi/sort.go"),
    .bundle { bundle, report in
      for (index, plain, rivals) in bundle.rivals(of: bundle.plainHTTPRoutes) {
        // Where it meets none, it gets requests.
        guard let rival = rivals.max(by: { $0.age < $1.age }), rival.age < plain.age else {
          continue
        }
        let isSure = rival.age.differsInTime(from: plain.age)
        let keepsOrder = bundle.rootPrefix == nil && bundle.keepsOrder(of: plain.attachment)
        for match in plain.matches
        where keepsOrder
          || match.isDecidedByAge(below: bundle.rootPrefix)
            && bundle.cookies(of: match, in: plain).isEmpty
        {
          report.add(
            "\(WellKnown.notFoundRule) of AIGatewayRoute \(rival.route.name), which "
              + (isSure ? "is older" : "of routes of one age comes first by namespace/name")
              + ", takes every request for it"
              + (keepsOrder
                ? " with preserveRouteOrder; use other hostnames"
                : "; use a narrower path or other hostnames"),
            at: match.path, in: index, severity: isSure ? .warning : .info)
        }
      }
    })
}
