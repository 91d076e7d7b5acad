import Kinds
import Manifest

extension Rule {
  static let duplicateMatches = Rule(
    "L43", .warning, "the same match in two rules",
    why: "The first one takes the requests, the other never sees any, and /v1/models lists the "
      + "model twice.",
    bad: "two rules with x-ai-eg-model: gpt-4o", good: "one rule with two backendRefs",
    .route { route, report in
      guard route.hasTwinMatches else { return }
      var owners: [Int: RouteRule] = [:]
      for rule in route.rules {
        for (index, match) in rule.matches.enumerated() where !match.headers.isEmpty {
          guard let owner = owners[match.key] else {
            owners[match.key] = rule
            continue
          }
          guard owner.matches.contains(where: { $0.conditions == match.conditions }) else {
            continue
          }
          let path = Path.to("spec", "rules", rule.index, "matches", index)
          if owner === rule {
            report.add(
              "the rule has this match twice; keep one", at: path, fix: "remove the second",
              .remove(path))
          } else {
            report.add(
              "\(owner.title) has the same match and takes these requests; keep one", at: path)
          }
        }
      }
    })

  static let duplicateMatchesInBundle = Rule(
    "L43.routes", .warning, "the same match in two routes",
    why: "On one Gateway the older route takes the requests; routes of one age go by namespace "
      + "and name.",
    bad: "routes a and b with x-ai-eg-model: gpt-4o", good: "one route with two backendRefs",
    reference: "domain.md L43",
    .bundle { bundle, report in
      guard bundle.routes.count > 1 else { return }
      for (index, route) in bundle.routes {
        for (_, other) in bundle.routes
        where other.precedes(route) && other.competes(with: route) {
          compare(route, index, with: other, &report)
        }
      }
    })

  private static func compare(
    _ route: Route, _ index: Int, with other: Route, _ report: inout Report
  ) {
    var keys: [Int: Match] = [:]
    for rule in other.rules {
      for match in rule.matches where !match.headers.isEmpty { keys[match.key] = match }
    }
    for rule in route.rules {
      for (place, match) in rule.matches.enumerated() {
        guard let twin = keys[match.key], twin.conditions == match.conditions else { continue }
        report.add(
          "route \(other.name) has the same match; only the older route gets these requests",
          at: .to("spec", "rules", rule.index, "matches", place), in: index)
      }
    }
  }
}

extension Route {
  /// Whether two matches look the same at first sight, which is quick to say.
  fileprivate var hasTwinMatches: Bool {
    var keys: [Int] = []
    for rule in rules {
      for match in rule.matches { keys.append(match.key) }
    }
    keys.sort()
    return zip(keys, keys.dropFirst()).contains { $0 == $1 }
  }
}
