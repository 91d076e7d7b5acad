import Resources

extension ResourceIndex {
  /// The AIGatewayRoutes for which an older one answers 404 first, at each of their places, with the
  /// older one of the first place.
  var routesBehindOthers: [(document: Int, route: AIGatewayRoute, older: AIGatewayRoute)] {
    var found: [(document: Int, route: AIGatewayRoute, older: AIGatewayRoute)] = []
    var first: [HostListener: AIGatewayRoute] = [:]
    for served in servedRoutes where served.hasRivals {
      let others = served.places.compactMap { place in
        place.covering.lazy.compactMap { first[$0] }.first
      }
      for place in served.places where first[place] == nil { first[place] = served.route }
      guard let older = others.first, others.count == served.places.count else { continue }
      found.append((served.document, served.route, older))
    }
    return found
  }

  /// Whether every Gateway of a route is known to try rules in the order in which they stand.
  func keepsOrder(of route: GatewayAttachment) -> Bool {
    guard !proxySetup.proxies.isEmpty else { return false }
    let places = places(of: route)
    return !places.isEmpty
      && places.allSatisfy { place in
        gateways[place.gateway].flatMap { knownProxy(of: $0.gateway) }?.keepsOrder == true
      }
  }
}
