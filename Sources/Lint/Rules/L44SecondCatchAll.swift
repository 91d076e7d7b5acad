import Manifest

extension Rule {
  static let secondCatchAll = Rule(
    "L44", .warning, "a catch-all in a second route of the Gateway",
    why: "Each route ends in a rule that answers 404 to everything. A rule without headers in a "
      + "younger route comes after that of the older one and is never reached.",
    bad: "route a with models, route b with rules: [{backendRefs: [{name: rest}]}]",
    good: "the catch-all as a regular expression: x-ai-eg-model matches .+",
    .bundle { bundle, report in
      guard bundle.routes.count > 1 else { return }
      var first: [Lane: Route] = [:]
      for (index, route) in bundle.routesInOrder {
        let other = route.attachment.sharedLanes.lazy.compactMap { first[$0] }.first
        for lane in route.attachment.ownLanes where first[lane] == nil { first[lane] = route }
        guard let other, other.precedes(route) else { continue }
        for rule in route.rules where rule.candidates.contains(where: \.headers.isEmpty) {
          report.add(
            "\(rule.title) has no headers to match: if route \(other.name) is older, it answers "
              + "404 first; match x-ai-eg-model with the regular expression .+",
            at: .to("spec", "rules", rule.index), in: index)
        }
      }
    })
}
