import Kinds
import Manifest

extension Rule {
  static let httpRouteLimits = Rule(
    "L54", .error, .generated, "more than the generated HTTPRoute takes",
    why: "An HTTPRoute holds 16 backendRefs and 64 matches a rule, weights up to 1000000. Above "
      + "that the controller cannot write it; the old one, if any, keeps serving.",
    bad: "weight: 2000000", good: "weight: 80",
    .routeRule { rule, report in
      if rule.refs.count > 16 {
        report.add(
          "backendRefs has \(rule.refs.count) items; the generated HTTPRoute takes at most 16",
          at: .to("backendRefs"))
      }
      if rule.matches.count > 64 {
        report.add(
          "matches has \(rule.matches.count) items; the generated HTTPRoute takes at most 64",
          at: .to("matches"))
      }
      guard !rule.traits.isDisjoint(with: [.heavy, .typed]) else { return }
      for (index, ref) in rule.refs.enumerated() {
        let path = Path.to("backendRefs", index)
        if let weight = ref.weight, weight > 1_000_000 {
          report.add(
            "weight \(weight) is refused by the generated HTTPRoute; use 0 to 1000000",
            at: path.appending("weight"), fix: "write weight 1000000",
            .set(path.appending("weight"), .integer(1_000_000)))
        }
        if ref.isPool, ref.name.utf8.count > 253, ref.name.unicodeScalars.count > 253 {
          report.add(
            "the pool's name is refused by the generated HTTPRoute; use at most 253 characters",
            at: path.appending("name"))
        }
      }
    })

  static let tooManyMatches = Rule(
    "L54.total", .error, .generated, "more than 127 matches in a route",
    why: "An HTTPRoute holds 128 matches in all rules together, and the controller adds one. A "
      + "rule without matches counts as one.",
    bad: "three rules of 43 matches", good: "two routes", reference: "domain.md L54",
    .route { route, report in
      let count = route.rules.reduce(0) { $0 + max(1, $1.matches.count) }
      guard count > 127 else { return }
      report.add(
        "the rules have \(count) matches together; the generated HTTPRoute takes at most 127",
        at: .to("spec", "rules"))
    })
}
