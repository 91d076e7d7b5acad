import Schemas
import Resources
import YAML

extension Rule {
  static let ageDecides = Rule(
    "L78", "age-decides", .info, "several routes on one Gateway, ordered by age",
    why: "Among matches with the same number of headers, the route with the older HTTPRoute wins. "
      + "A route that is deleted and created again comes after the others.",
    bad: "routes a and b on gw, a deleted and created again", good: "one route a with all rules",
    reference: Citation.envoyGateway("internal/gatewayapi/resource/resource.go"),
    .bundle { bundle, report in
      guard bundle.routes.count > 1 else { return }
      // The only route at each place, nil where there are several.
      var meeting: [HostListener: Int?] = Dictionary(minimumCapacity: 2 * bundle.routes.count)
      let places = bundle.routes.map { bundle.servedPlaces(of: $0.route.attachment) }
      for (number, places) in places.enumerated() {
        for place in Set(places.flatMap(\.own)) {
          meeting.updateValue(meeting.keys.contains(place) ? nil : number, forKey: place)
        }
      }
      var users: [ObjectKey: [(index: Int, place: Int)]] = [:]
      for (number, (index, route)) in bundle.routes.enumerated() {
        var seen: Set<ObjectKey> = []
        for (place, parent) in route.parents.enumerated() where parent.isGateway {
          let gateway = route.gateway(of: parent)
          let meetsOthers = places[number].contains {
            $0.gateway == gateway
              && $0.meeting.contains { meeting[$0].map { $0 != number } ?? false }
          }
          guard meetsOthers, seen.insert(gateway).inserted else { continue }
          users[gateway, default: []].append((index, place))
        }
      }
      for (gateway, routes) in users where routes.count > 1 {
        guard let (index, place) = routes.first else { continue }
        report.add(
          "\(routes.count) routes share Gateway \(gateway.name): where matches have as many "
            + "headers, the older route comes first, and a route created anew comes last",
          at: .to("spec", "parentRefs", place), in: index)
      }
    })
}
