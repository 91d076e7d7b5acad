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
      let rivals = bundle.servedRoutes.filter(\.hasRivals)
      // The only route at each place, nil where there are several.
      var meeting: [HostListener: Int?] = [:]
      for served in rivals {
        for place in Set(served.places.flatMap(\.own)) {
          meeting.updateValue(meeting.keys.contains(place) ? nil : served.document, forKey: place)
        }
      }
      var users: [ObjectKey: [(index: Int, place: Int)]] = [:]
      for served in rivals {
        let index = served.document
        let shared = served.places.filter { place in
          place.meeting.contains { meeting[$0].map { $0 != index } ?? false }
        }
        var gateways = Set(shared.map(\.gateway))
        for (place, parent) in served.route.parents.enumerated() where parent.isGateway {
          let gateway = served.route.gateway(of: parent)
          guard gateways.remove(gateway) != nil else { continue }
          users[gateway, default: []].append((index, place))
        }
      }
      for (gateway, routes) in users where routes.count > 1 {
        guard let (index, place) = routes.min(by: { $0.index < $1.index }) else { continue }
        report.add(
          "\(routes.count) routes share Gateway \(gateway.name): where matches have as many "
            + "headers, the older route comes first, and a route created anew comes last",
          at: .to("spec", "parentRefs", place), in: index)
      }
    })
}
