package import Manifest

/// The routes of one Gateway, made ready to say what becomes of requests (domain.md 3).
package struct Simulator: Sendable {
  /// The Gateway that requests are sent to, nil where no route names one.
  package let gateway: ObjectKey?
  /// Every Gateway that the routes name, in order of appearance.
  package let gateways: [ObjectKey]
  /// What the documents leave open, whatever the request.
  package let warnings: [String]
  let routes: [ServedRoute]
  let listeners: [Listener]
  let known: Known
  let policies: Policies
  let slots: Slots
  let rootPrefix: String

  /// The header in which AI Gateway tells the model.
  package static let modelHeader = "x-ai-eg-model"

  /// Reads the routes, policies and Gateways among some documents.
  ///
  /// Without `gateway` it is the one that the first route names first. `rootPrefix` is the
  /// controller's flag of that name.
  package init(
    documents: [Node], gateway wanted: ObjectKey? = nil, rootPrefix: String = "/"
  ) {
    var slots = Slots()
    var notes: [String] = []
    let all = Simulator.routes(in: documents, rootPrefix: rootPrefix, &slots, &notes)
    var gateways: [ObjectKey] = []
    for parent in all.flatMap(\.parents) where !gateways.contains(parent.gateway) {
      gateways.append(parent.gateway)
    }
    let gateway = wanted ?? gateways.first
    if wanted == nil, let gateway, gateways.count > 1 {
      let others = gateways.dropFirst().map(\.description).joined(separator: ", ")
      notes.append("the routes hang on several Gateways; \(gateway) is taken, not \(others)")
    }
    let routes = all.filter { $0.parents.contains { $0.gateway == gateway } }
      .sorted { $0.name.precedes($1.name) }
    let known = Known(documents)
    self.gateway = gateway
    self.gateways = gateways
    self.routes = routes
    self.known = known
    self.slots = slots
    self.rootPrefix = rootPrefix
    policies = Policies(documents)
    if policies.hasSelectors {
      notes.append("a policy finds its targets by labels, which is not followed here")
    }
    listeners = Simulator.listeners(
      of: gateway, known.gateways[gateway ?? ObjectKey("")], routes, &notes)
    warnings = notes
  }

  /// The routes, each HTTPRoute that the controller overwrites left out.
  private static func routes(
    in documents: [Node], rootPrefix: String, _ slots: inout Slots, _ notes: inout [String]
  ) -> [ServedRoute] {
    var routes: [ServedRoute] = []
    let owned = Set(
      documents.filter { $0["kind"]?.text == "AIGatewayRoute" }.map(ObjectKey.init(of:)))
    for document in documents {
      switch document["kind"]?.text {
      case "AIGatewayRoute":
        routes.append(ServedRoute(document, isAI: true, rootPrefix: rootPrefix, &slots))
      case "HTTPRoute":
        let name = ObjectKey(of: document)
        let marker = document["metadata"]?["annotations"]?[Generated.marker]?.text
        if owned.contains(name) {
          guard marker == nil else { continue }
          notes.append(
            "HTTPRoute \(name) is overwritten by what AI Gateway makes of the AIGatewayRoute of "
              + "that name")
        } else {
          routes.append(
            ServedRoute(document, isAI: false, rootPrefix: rootPrefix, &slots))
        }
      default: break
      }
    }
    for route in routes where route.parents.isEmpty {
      notes.append("\(route.name) names no Gateway in parentRefs, so it serves nothing")
    }
    return routes
  }

  // MARK: Listeners

  /// A listener as the Gateway has it, or as the routes speak of it.
  private struct Outline {
    var name: String?
    var port: Int?
    var hostname: String?
    /// `Same`, `All`, `Selector` or `None`; nil where it is not known.
    var from: String?

    func admits(_ route: ServedRoute, on gateway: ObjectKey) -> Bool {
      if from == "None" || from == "Same" && route.name.namespace != gateway.namespace {
        return false
      }
      return route.parents.contains {
        $0.gateway == gateway && ($0.sectionName == nil || $0.sectionName == name)
          && ($0.port == nil || port == nil || $0.port == port)
      }
    }
  }

  private static func listeners(
    of gateway: ObjectKey?, _ node: Node?, _ routes: [ServedRoute], _ notes: inout [String]
  ) -> [Listener] {
    guard let gateway else { return [] }
    let outlines = node.map(outlines(of:)) ?? outlines(namedBy: routes, on: gateway)
    var candidates: [Candidate] = []
    for (place, route) in routes.enumerated() {
      for (index, rule) in route.rules.enumerated() {
        for (match, condition) in rule.conditions.enumerated() {
          candidates.append(
            Candidate(
              route, rule, match,
              Precedence(condition, route: place, rule: index, match: match)))
        }
      }
    }
    candidates.sort { $0.precedence.advantage(over: $1.precedence).isFirst }
    var unattached = Set(routes.indices)
    let listeners = outlines.map { outline in
      let attached = Set(routes.indices.filter { outline.admits(routes[$0], on: gateway) })
      unattached.subtract(attached)
      return Listener(
        name: outline.name, port: outline.port, hostname: outline.hostname, attached: attached,
        candidates: candidates, routes: routes)
    }
    for place in unattached.sorted() {
      notes.append("no listener of Gateway \(gateway) admits \(routes[place].name)")
    }
    if outlines.contains(where: { $0.from == "Selector" }) {
      notes.append(
        "a listener admits namespaces by their labels; every namespace is taken to have them")
    }
    return listeners
  }

  private static func outlines(of gateway: Node) -> [Outline] {
    (gateway["spec"]?.list("listeners") ?? []).compactMap { listener in
      guard ["HTTP", "HTTPS"].contains(listener["protocol"]?.text ?? "HTTP") else { return nil }
      return Outline(
        name: listener["name"]?.text, port: listener["port"]?.integer,
        hostname: listener["hostname"]?.text?.lowercased(),
        from: listener["allowedRoutes"]?["namespaces"]?["from"]?.text ?? "Same")
    }
  }

  /// The listeners that routes name, or one that stands for all.
  private static func outlines(namedBy routes: [ServedRoute], on gateway: ObjectKey) -> [Outline] {
    var outlines: [Outline] = []
    for parent in routes.flatMap(\.parents)
    where parent.gateway == gateway && (parent.sectionName != nil || parent.port != nil) {
      guard !outlines.contains(where: { $0.name == parent.sectionName && $0.port == parent.port })
      else { continue }
      outlines.append(Outline(name: parent.sectionName, port: parent.port))
    }
    return outlines.isEmpty ? [Outline()] : outlines
  }

  // MARK: Models

  /// What `GET /v1/models` lists for a host (domain.md 3.4).
  package func models(host: String? = nil) -> [ListedModel] {
    var request = Request()
    request.host = host
    return routes.models(for: request.bareHost)
  }
}
