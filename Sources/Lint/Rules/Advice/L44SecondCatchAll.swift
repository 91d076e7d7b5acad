import Schemas
import Resources
import YAML

extension Rule {
  static let secondCatchAll = Rule(
    "L44", "second-catch-all", .warning, "a catch-all in a second route of the Gateway",
    why: "Each route ends with a rule that answers 404 to everything. A rule without headers in a "
      + "younger route comes after that rule of the older route and is never reached.",
    bad: "route a with models, route b with rules: [{backendRefs: [{name: rest}]}]",
    good: "the catch-all as a regular expression: x-ai-eg-model matches .+",
    reference: Citation.envoyGateway("internal/gatewayapi/sort.go"),
    .bundle { bundle, report in
      for (document, route, other) in bundle.routesBehindOthers {
        let isDated = bundle.age(of: other).differsInTime(from: bundle.age(of: route))
        for rule in route.rules {
          guard let open = rule.candidates.firstIndex(where: \.headers.isEmpty) else { continue }
          // Its other matches are reached.
          let isOneOfSeveral = rule.matches.count > 1
          let path = Path.to("spec", "rules", rule.index)
          report.add(
            "\(isOneOfSeveral ? "match \(open + 1) of " : "")\(rule.title) has no headers to match: route \(other.name) "
              + (isDated ? "is older and" : "comes first unless it is newer, and")
              + " answers 404 first; match x-ai-eg-model with the regular expression .+",
            at: isOneOfSeveral ? path.appending(.to("matches", open)) : path, in: document)
        }
      }
    })
}
