import Schemas
import YAML
import Resources

extension Rule {
  static let duplicateMatchesInBundle = Rule(
    "L43.routes", "duplicate-matches-in-bundle", .warning, "the same match in two routes",
    why: "On one Gateway the older route gets the requests; routes of the same age are ordered by "
      + "namespace and name.",
    bad: "routes a and b with x-ai-eg-model: gpt-4o", good: "one route with two backendRefs",
    reference: Citation.envoyGateway("internal/gatewayapi/sort.go"),
    traits: .rivals,
    .bundle { bundle, report in
      guard bundle.routes.count > 1 else { return }
      var numbers: [HostListener: Int] = [:]
      var owners: [Spot: (route: AIGatewayRoute, rule: RouteRule, match: Int)] = [:]
      for served in bundle.servedRoutes where served.hasRivals {
        let (document, route, places) = (served.document, served.route, served.places)
        let numbered = places.map { place in place.covering.compactMap { numbers[$0] } }
        route.visitMatches { rule, index, match in
          // It loses only where an older route has the match at each place of this one.
          var owner: (route: AIGatewayRoute, rule: RouteRule, match: Int)?
          for keys in numbered {
            let found = keys.lazy.compactMap { owners[Spot(place: $0, key: match.key)] }.first {
              $0.rule.matches[$0.match].conditions == match.conditions
            }
            guard let found else { return }
            owner = owner ?? found
          }
          guard let owner else { return }
          let why = bundle.age(of: owner.route).differsInTime(from: bundle.age(of: route))
          report.add(
            "\(owner.rule.title) of route \(owner.route.name) has the same match and gets these "
              + "requests: "
              + (why ? "its route is older" : "of routes of one age the first by namespace/name"),
            at: .to("spec", "rules", rule.index, "matches", index), in: document)
        }
        for place in places {
          let number = numbers.number(of: place)
          route.visitMatches { rule, index, match in
            guard !rule.isDropped else { return }
            let spot = Spot(place: number, key: match.key)
            if owners[spot] == nil { owners[spot] = (route, rule, index) }
          }
        }
      }
    })

  private struct Spot: Hashable {
    let place: Int
    let key: Int
  }
}

extension [HostListener: Int] {
  /// A place's number; a new one gets the next.
  fileprivate mutating func number(of place: HostListener) -> Int {
    if let number = self[place] { return number }
    self[place] = count
    return count - 1
  }
}

extension AIGatewayRoute {
  /// Shows every match that has headers, with its rule and its index there.
  fileprivate func visitMatches(_ visit: (RouteRule, Int, RouteMatch) -> Void) {
    for rule in rules {
      for (place, match) in rule.matches.enumerated() where !match.headers.isEmpty {
        visit(rule, place, match)
      }
    }
  }
}
