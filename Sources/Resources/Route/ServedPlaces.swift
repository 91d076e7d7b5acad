import Schemas

/// An AIGatewayRoute with the places at which its requests arrive.
package struct ServedRoute: Sendable {
  package let document: Int
  package let route: AIGatewayRoute
  package let places: [HostListener]
  /// Whether another AIGatewayRoute is served for one of its hosts, on whatever listener.
  package let hasRivals: Bool
}

extension ResourceIndex {
  /// The AIGatewayRoutes with their places, in the order in which they are asked: the oldest first.
  package var servedRoutes: [ServedRoute] {
    derived.served.value {
      let ordered = routes.map { (entry: $0, age: age(of: $0.route)) }
        .sorted { $0.age < $1.age }.map(\.entry)
      let places = ordered.map { servedPlaces(of: $0.route.attachment) }
      var firsts: [HostListener: Int] = Dictionary(minimumCapacity: ordered.count)
      var haveRivals = Array(repeating: false, count: ordered.count)
      for (number, places) in places.enumerated() {
        for host in places.map({ $0.on(.any) }) {
          let first = firsts[host] ?? number
          firsts[host] = first
          if first != number { (haveRivals[first], haveRivals[number]) = (true, true) }
        }
      }
      return ordered.indices.map { number in
        ServedRoute(
          document: ordered[number].index, route: ordered[number].route, places: places[number],
          hasRivals: haveRivals[number])
      }
    }
  }

  /// The places at which requests for a route arrive: its hosts on each listener that takes it, or,
  /// of a Gateway that is not among the documents, on what its parentRefs name.
  package func servedPlaces(of route: GatewayAttachment) -> [HostListener] {
    var found: [HostListener] = []
    var seen: Set<HostListener> = []
    func add(_ place: HostListener) {
      if seen.insert(place).inserted { found.append(place) }
    }
    for parent in route.parents where parent.isGateway {
      let key = parent.gateway(from: route.namespace)
      guard let gateway = gateways[key]?.gateway else {
        for host in Hostname.served(of: route.hostnames, on: nil) {
          add(HostListener(gateway: key, section: parent.section, host: host))
        }
        continue
      }
      for listener in gateway.listeners(for: parent)
      where listener.isReady && admits(route.namespace, to: listener, of: gateway) {
        for host in hosts(of: route.hostnames, on: listener, of: gateway) {
          add(HostListener(gateway: key, section: .listener(listener.name), host: host))
        }
      }
    }
    return found
  }

  /// The Gateways through which routes reach each AIServiceBackend, whether they are among the
  /// documents or not.
  package var gatewaysOfServices: [ObjectKey: Set<ObjectKey>] {
    var found: [ObjectKey: Set<ObjectKey>] = [:]
    for (_, route) in routes {
      let gateways = route.parents.filter(\.isGateway).map(route.gateway)
      for rule in route.rules {
        for ref in rule.refs where !ref.isPool {
          found[ref.target(from: route.namespace), default: []].formUnion(gateways)
        }
      }
    }
    return found
  }
}

extension HostListener {
  /// Keys this route is registered under: its own place, and any place of the Gateway.
  package var own: [HostListener] { [self, on(.any)] }
  /// Keys to look up for routes with overlapping requests.
  package var meeting: [HostListener] { section == .whole ? [on(.any)] : [self, on(.whole)] }
  /// Keys of routes that take all of these requests: the same place, or all listeners.
  package var covering: [HostListener] {
    section == .whole ? [self] : [self, on(.whole)]
  }
}
