import Schemas
import YAML
import Resources

extension Rule {
  static let httpRouteLimits = Rule(
    "L54", "httproute-limits", .error, .generated,
    "more backendRefs, matches or weight than an HTTPRoute allows",
    why: "An HTTPRoute allows 16 backendRefs and 64 matches per rule, and weights up to 1000000. "
      + "Beyond that the controller cannot write it; the previous one, if any, keeps serving.",
    bad: "weight: 2000000", good: "weight: 80",
    reference: Citation.gatewayAPICRD("httproutes"),
    repair: .automatic,
    .routeRule { rule, report in
      if rule.refs.count > HTTPRouteLimits.backendRefs {
        report.add(
          "backendRefs has \(rule.refs.count) items; the generated HTTPRoute takes at most "
            + "\(HTTPRouteLimits.backendRefs)",
          at: .to("backendRefs"))
      }
      if rule.matches.count > HTTPRouteLimits.matches {
        report.add(
          "matches has \(rule.matches.count) items; the generated HTTPRoute takes at most "
            + "\(HTTPRouteLimits.matches)",
          at: .to("matches"))
      }
      guard !rule.traits.isDisjoint(with: [.heavy, .typed]) else { return }
      for (index, ref) in rule.refs.enumerated() {
        let path = Path.to("backendRefs", index)
        if let weight = ref.weight, weight > HTTPRouteLimits.weight {
          report.add(
            "weight \(weight) is refused by the generated HTTPRoute; use 0 to "
              + "\(HTTPRouteLimits.weight)",
            at: path.appending("weight"), caution: rule.refs.count > 1 ? .guess : nil,
            fix: "write weight \(HTTPRouteLimits.weight)",
            .set(path.appending("weight"), .integer(HTTPRouteLimits.weight)))
        }
        if ref.isPool, ref.name.unicodeScalars.count > HTTPRouteLimits.backendName {
          report.add(
            "the pool's name is refused by the generated HTTPRoute; use at most "
              + "\(HTTPRouteLimits.backendName) characters",
            at: path.appending("name"))
        }
      }
    })
}
