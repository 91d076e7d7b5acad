import Resources
import Schemas

extension Simulator {
  /// The listeners of a Gateway with the routes that they serve; of one that is not among the
  /// documents those that routes name, or one that stands for all.
  static func listeners(
    of key: ObjectKey, in index: ResourceIndex, _ routes: [CompiledRoute], _ notes: inout [String],
    _ reservations: inout [String]
  ) -> [CompiledListener] {
    let proxy = index.gateways[key].flatMap { index.knownProxy(of: $0.gateway) }
    let candidates = candidates(of: routes, keepsOrder: proxy?.keepsOrder ?? false)
    var unattached = Set(routes.indices)
    var listeners: [CompiledListener] = []
    func add(
      name: String?, port: Int?, hostname: String?, isPlain: Bool, isOfSet: Bool = false,
      attached: [Int], hosts: (CompiledRoute) -> [String]
    ) {
      unattached.subtract(attached)
      var domains: [(domain: String, routes: Set<Int>)] = []
      var places: [String: Int] = [:]
      for place in attached {
        for domain in hosts(routes[place]) {
          if let known = places[domain] {
            domains[known].routes.insert(place)
          } else {
            places[domain] = domains.count
            domains.append((domain, [place]))
          }
        }
      }
      listeners.append(
        CompiledListener(
          name: name, port: port, hostname: hostname, isPlain: isPlain, isOfSet: isOfSet,
          routesByDomain: domains,
          candidates: candidates, routeCount: routes.count))
    }
    if let gateway = index.gateways[key]?.gateway {
      if let refusal = index.refusal(of: gateway) {
        notes.append("Gateway \(key) is not accepted and has no proxy: \(refusal)")
        return []
      }
      if let unserved = index.unservedGateway(key) { reservations.append(unserved) }
      if let reservation = index.reservation(of: gateway) { reservations.append(reservation) }
      reservations += index.clashes(with: gateway).filter { !$0.keepsOwn }.map { clash in
        "listener \(clash.own.name) has the port and "
          + (clash.isOfProtocols ? "another protocol than one" : "the hostname of one")
          + " of ListenerSet \(clash.other.set.name): \(clash.effect)"
      }
      if let proxy, proxy.keepsOrder {
        notes.append(
          "EnvoyProxy \(proxy.key) has preserveRouteOrder: rules are tried in the order in which "
            + "they stand, those of the oldest route first")
      }
      reservations += index.shiftedPorts(of: gateway).map { low, high in
        "listeners \(low.name) and \(high.name) are one to Envoy, for port \(low.port ?? 0) is "
          + "\(high.port ?? 0) there: requests may reach the other one's routes"
      }
      reservations += index.occupiedPorts(of: gateway).map { listener, user in
        "port \(listener.port ?? 0) of listener \(listener.name) is that of \(user) in the "
          + "proxy's Pod: clients reach no route there"
      }
      var isTaken = false
      func takes(_ route: CompiledRoute, _ listener: Listener, of owner: ObjectKey) -> Bool {
        let namespace = route.attachment.namespace
        let labels = index.labels(ofNamespace: namespace)
        if listener.depends(onLabelsOf: namespace, known: labels) { isTaken = true }
        return listener.admits(namespace, labels: labels, of: owner)
      }
      for listener in gateway.listeners where listener.isHTTP {
        guard listener.isReady else {
          notes.append("listener \(listener.name) is not programmed: \(listener.unreadiness)")
          continue
        }
        let attached = routes.indices.filter { place in
          routes[place].names(listener: listener.name, port: listener.port, of: key)
            && takes(routes[place], listener, of: key)
        }
        add(
          name: listener.name, port: listener.port, hostname: listener.hostname,
          isPlain: listener.isPlainHTTP, attached: attached
        ) { index.hosts(of: $0.hostnames, on: listener, of: gateway) }
      }
      let (others, conflicts) = index.openSetListeners(of: gateway)
      for other in others {
        let listener = other.listener
        let attached = routes.indices.filter { place in
          routes[place].names(other) && takes(routes[place], listener, of: other.set)
        }
        add(
          name: other.title, port: listener.port, hostname: listener.hostname,
          isPlain: listener.isPlainHTTP, isOfSet: true, attached: attached
        ) { index.hosts(of: $0.hostnames, on: other, of: gateway) }
      }
      if index.guessesListenerSets(of: gateway) {
        reservations.append(
          "the Gateway takes ListenerSets by labels; those of the Namespace are not among the documents "
            + "and are taken to fit")
      }
      reservations += conflicts.map { first, other in
        "listeners \(first.title) and \(other.title) of ListenerSets are in conflict: some releases of "
          + "Envoy Gateway program neither"
      }
      if isTaken {
        reservations.append(
          "a listener admits namespaces by labels; those of the Namespace are not among the "
            + "documents and are taken to fit")
      }
    } else {
      if ObjectKey.isLikelyMissing(key, among: index.gateways.keys) {
        reservations.append(
          "Gateway \(key) is not here: without it no route is attached, and no request is answered")
      }
      for section in sections(namedBy: routes, on: key) {
        let attached = routes.indices.filter {
          routes[$0].names(listener: section.name, port: section.port, of: key)
        }
        add(
          name: section.name, port: section.port, hostname: nil, isPlain: true,
          attached: attached
        ) { Hostname.served(of: $0.hostnames, on: nil) }
      }
    }
    for place in unattached.sorted() {
      notes.append("no listener of Gateway \(key) admits \(routes[place].name)")
    }
    return listeners
  }

  /// Every match of every rule, in the order in which Envoy tries them.
  private static func candidates(of routes: [CompiledRoute], keepsOrder: Bool) -> [Candidate] {
    var candidates: [Candidate] = []
    for (place, route) in routes.enumerated() {
      for (index, rule) in route.rules.enumerated() {
        for (match, condition) in rule.conditions.enumerated() {
          candidates.append(
            Candidate(
              route, rule, match,
              Precedence(
                condition, age: route.age, route: place, rule: index, match: match,
                keepsOrder: keepsOrder)))
        }
      }
    }
    return candidates.sorted { $0.precedence.advantage(over: $1.precedence).isFirst }
  }

  private struct Section: Hashable {
    var name: String?
    var port: Int?
  }

  /// The listeners that routes name, or one that stands for all.
  private static func sections(namedBy routes: [CompiledRoute], on gateway: ObjectKey) -> [Section]
  {
    var sections: [Section] = []
    var seen: Set<Section> = []
    for route in routes {
      for parent in route.attachment.parents
      where parent.isGateway && parent.gateway(from: route.attachment.namespace) == gateway
        && (parent.sectionName != nil || parent.port != nil)
      {
        let section = Section(name: parent.sectionName, port: parent.port)
        if seen.insert(section).inserted { sections.append(section) }
      }
    }
    return sections.isEmpty ? [Section()] : sections
  }
}

extension Listener {
  /// Why Envoy Gateway does not program it, in a few words.
  fileprivate var unreadiness: String {
    switch problem {
    case nil: "it is"
    case .protocolConflict(let other)?: "listener \(other) has its port and another protocol"
    case .hostnameConflict(let other)?: "listener \(other) has its port and its hostname"
    case .taken(let other)?: "listener \(other) has its port, protocol and hostname"
    case .noSelector?: "from: Selector without a selector that can be read"
    case .routeKind(let kind)?: "its protocol serves no \(kind)"
    case .unknownProtocol(let name)?: "protocol \(name) is not known"
    case .noTLS(let name)?: "protocol \(name) without tls"
    case .noCertificate?: "tls without a certificate"
    case .unfitCertificate?: "its Secret holds no valid certificate"
    case .unfitAuthorities(let ref)? where !ref.isSupported:
      "its clients are verified by kind \(ref.kind), which holds no certificates"
    case .unfitAuthorities(let ref)?: "\(ref.kind) \(ref.object.name) has no key ca.crt"
    }
  }
}
