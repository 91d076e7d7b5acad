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
      var lanes: [Lane: Int] = [:]
      var owners: [Spot: (route: Route, match: Match)] = [:]
      for (index, route) in bundle.routesInOrder {
        let shared = route.attachment.sharedLanes.compactMap { lanes[$0] }
        route.visitMatches { path, match in
          for lane in shared {
            guard let owner = owners[Spot(lane: lane, key: match.key)], owner.route.precedes(route),
              owner.match.conditions == match.conditions
            else { continue }
            report.add(
              "route \(owner.route.name) has the same match; only the older route gets these "
                + "requests", at: path, in: index)
            break
          }
        }
        for lane in route.attachment.ownLanes {
          let lane = lanes.number(of: lane)
          route.visitMatches { _, match in
            let spot = Spot(lane: lane, key: match.key)
            if owners[spot] == nil { owners[spot] = (route, match) }
          }
        }
      }
    })

  private struct Spot: Hashable {
    let lane: Int
    let key: Int
  }
}

extension [Lane: Int] {
  /// A lane's number; a new one gets the next.
  fileprivate mutating func number(of lane: Lane) -> Int {
    if let number = self[lane] { return number }
    self[lane] = count
    return count - 1
  }
}

extension Route {
  /// Shows every match that has headers, with its path.
  fileprivate func visitMatches(_ visit: (Path, Match) -> Void) {
    for rule in rules {
      for (place, match) in rule.matches.enumerated() where !match.headers.isEmpty {
        visit(.to("spec", "rules", rule.index, "matches", place), match)
      }
    }
  }

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
