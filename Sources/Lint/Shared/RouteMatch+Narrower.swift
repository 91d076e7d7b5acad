import Resources

extension RouteMatch {
  /// The keys of matches on all its headers but one, and on one of them alone.
  var narrowerKeys: [Int] {
    let parts = conditions.headers.map(\.hashValue)
    return parts.map { key &- $0 } + parts
  }
}

extension ResourceIndex {
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
