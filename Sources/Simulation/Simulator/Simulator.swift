package import Resources
package import Schemas
package import YAML

/// The routes of one Gateway, made ready to say what becomes of requests.
///
/// `simulate`, `test`, the Simulate panel and the checklist ask it: `answer(to:)` says which
/// listener, route, rule and backends a request meets, in which order they are tried, and why.
/// Making it costs every route once, an answer the routes of the host that is asked. What the
/// documents leave open stands in `reservations` and is never guessed.
package struct Simulator: Sendable {
  /// The Gateway that requests are sent to, nil where no route names one.
  package let gateway: ObjectKey?
  /// Every Gateway that the routes name, in order of appearance.
  package let gateways: [ObjectKey]
  /// What is worth knowing of the documents, whatever the request.
  package let warnings: [String]
  /// What the documents leave open, whatever the request.
  package let reservations: [String]
  package let index: ResourceIndex
  let routes: [CompiledRoute]
  let listeners: [CompiledListener]
  let slots: HeaderIndex
  let rootPrefix: String
  let known: KnownFindings
  /// What makes AI Gateway read requests before anybody is authenticated.
  private let early: [GatewayPort: EarlyReading]
  /// The EnvoyProxies that move filters.
  private let reorderings: [GatewayPort: EnvoyProxy]

  /// Reads the routes, policies and Gateways among some documents.
  ///
  /// Without `gateway` it is the one that the first route names first. `rootPrefix` is the
  /// controller's flag of that name.
  package init(
    documents: [Node], gateway wanted: ObjectKey? = nil, rootPrefix: String = "/",
    release: Release = .current
  ) {
    self.init(
      index: ResourceIndex(of: documents, release: release), gateway: wanted,
      rootPrefix: rootPrefix)
  }

  package init(
    index: ResourceIndex, gateway wanted: ObjectKey? = nil, rootPrefix: String = "/"
  ) {
    var slots = HeaderIndex()
    var notes: [String] = []
    let all = Simulator.routes(in: index, rootPrefix: rootPrefix, &slots, &notes)
    var gateways: [ObjectKey] = []
    var seen: Set<ObjectKey> = []
    for key in all.flatMap(\.attachment.gateways) where seen.insert(key).inserted {
      gateways.append(key)
    }
    var twice: Set<Document.Identity> = []
    for identity in index.repeated.compactMap({ index.documents[$0].identity })
    where twice.insert(identity).inserted {
      notes.append(
        "\(identity.kind) \(identity.key) stands here more than once; the last one counts")
    }
    let gateway = wanted ?? gateways.first
    if wanted == nil, let gateway, gateways.count > 1 {
      let others = gateways.dropFirst().prefix(8).map(\.description).joined(separator: ", ")
      notes.append("the routes are on several Gateways; \(gateway) is taken, not \(others)")
    }
    let sets = gateway.flatMap { index.gateways[$0]?.gateway }.map(index.listenerSets) ?? []
    let routes = all.filter { route in
      gateway.map { route.isAttached(to: $0) } ?? false
        || route.isAttached(toOneOf: sets.map(\.key))
    }
    .sorted { $0.age < $1.age }
    self.index = index
    self.gateway = gateway
    self.gateways = gateways
    self.routes = routes
    self.slots = slots
    self.rootPrefix = rootPrefix
    known = KnownFindings(in: index)
    early = index.earlyReadings
    reorderings = index.reorderings
    var reservations: [String] = []
    listeners =
      gateway.map { Simulator.listeners(of: $0, in: index, routes, &notes, &reservations) } ?? []
    if let gateway {
      reservations += index.missingGrants(.gateway, gateway)
      reservations += Simulator.invalidSettings(of: gateway, in: index)
      reservations += Simulator.configurationSecrets(of: gateway, in: index)
      if routes.contains(where: \.isAI) {
        reservations += Simulator.missingSetup(of: gateway, in: index)
      }
    }
    warnings = notes
    self.reservations = reservations
  }

  /// The chain of filters of a listener, nil where no Gateway is known.
  private func port(of listener: CompiledListener) -> GatewayPort? {
    gateway.map {
      GatewayPort(
        gateway: $0, port: listener.port, listener: listener.isPlain ? nil : listener.name)
    }
  }

  /// What makes AI Gateway read requests to a listener before anybody is authenticated.
  func earlyReading(on listener: CompiledListener) -> EarlyReading? {
    port(of: listener).flatMap { early[$0] }
  }

  /// What is to be said of an order of filters that is not the usual one.
  func orderReservations(on listener: CompiledListener) -> [String] {
    let proxy = port(of: listener).flatMap { reorderings[$0] }
    return proxy.map {
      [
        "filterOrder of EnvoyProxy \($0.key.name) moves filters: what answers first may be another"
      ]
    } ?? []
  }

  /// The routes, each HTTPRoute that the controller overwrites left out.
  private static func routes(
    in index: ResourceIndex, rootPrefix: String, _ slots: inout HeaderIndex, _ notes: inout [String]
  ) -> [CompiledRoute] {
    var routes: [(place: Int, route: CompiledRoute)] = []
    for (place, route) in index.routes {
      routes.append(
        (place, CompiledRoute(route, age: index.age(of: route), rootPrefix: rootPrefix, &slots)))
    }
    for (place, route) in index.httpRoutes {
      if index.route(route.key) != nil {
        guard !route.isGenerated else { continue }
        notes.append(
          "HTTPRoute \(route.key) is overwritten by what AI Gateway makes of the AIGatewayRoute of "
            + "that name")
      } else if let mcpRoute = index.overwriter(of: route) {
        notes.append(
          "HTTPRoute \(route.key) is overwritten by what AI Gateway makes of MCPRoute \(mcpRoute.key)"
        )
      } else {
        routes.append((place, CompiledRoute(route, in: index, &slots)))
      }
    }
    for (place, route) in index.grpcRoutes {
      routes.append((place, CompiledRoute(route, in: index, &slots)))
    }
    for route in index.mcpRoutes {
      guard !route.isRefused(in: index.release) else {
        notes.append(
          "the server refuses the HTTPRoute of MCPRoute \(route.key), so that it serves nothing")
        continue
      }
      // One that the controller wrote is among the HTTPRoutes.
      guard index.httpRoute(route.mainRoute).map({ index.overwriter(of: $0.route) != nil }) ?? true
      else { continue }
      routes.append((route.index, CompiledRoute(HTTPRoute(route.mainHTTPRoute), in: index, &slots)))
    }
    routes.sort { $0.place < $1.place }
    for (_, route) in routes where route.attachment.parents.isEmpty {
      notes.append("\(route.name) names no Gateway in parentRefs, so it serves nothing")
    }
    return routes.map(\.route)
  }

  // MARK: Models

  /// What `GET /v1/models` lists for a host.
  package func models(host: String? = nil) -> [ListedModel] {
    var request = Request()
    request.host = host
    return routes.models(for: request.bareHost)
  }
}
