import Schemas
import YAML
import Resources

extension Rule {
  static let duplicateMatches = Rule(
    "L43", "duplicate-matches", .warning, "the same match in two rules",
    why: "The first rule gets the requests, the other none, and /v1/models lists the model twice.",
    bad: "two rules with x-ai-eg-model: gpt-4o", good: "one rule with two backendRefs",
    reference: Citation.envoyGateway("internal/gatewayapi/sort.go"),
    repair: .automatic,
    .route { route, report in
      guard route.hasTwinMatches else { return }
      // Matches that look the same at first sight may differ.
      var owners: [Int: [(rule: RouteRule, match: RouteMatch)]] = [:]
      for rule in route.rules {
        for (index, match) in rule.matches.enumerated()
        where !match.headers.isEmpty && !match.isUnfinished {
          let alike = owners[match.key] ?? []
          guard let owner = alike.first(where: { $0.match.conditions == match.conditions })?.rule
          else {
            if !rule.isDropped { owners[match.key] = alike + [(rule, match)] }
            continue
          }
          let path = Path.to("spec", "rules", rule.index, "matches", index)
          if owner === rule {
            report.add(
              "the rule has this match twice; keep one", at: path, fix: "remove the second",
              .remove(path))
          } else {
            report.add(
              "\(owner.title) has the same match and takes these requests; keep one, or split the "
                + "rule by weights", at: path)
          }
        }
      }
    })
}

extension AIGatewayRoute {
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
