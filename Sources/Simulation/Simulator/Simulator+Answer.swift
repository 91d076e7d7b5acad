import Resources
import Schemas
import YAML

extension Simulator {
  /// Simulates a request while the named backends are down.
  ///
  /// A name is a backendRef's, with or without its namespace: `azure`, `shared/azure`.
  package func answer(to request: Request, down: Set<String> = []) -> Answer {
    var answer = answerBeforeOverride(to: request, down: down)
    // What is answered before a backend is chosen depends on the route all the same.
    if answer.route == nil, answer.status != .notFound, let match = answer.firstMatch {
      answer.reservations += routeReservations(match)
    }
    override(&answer)
    return answer
  }

  /// The answer before `responseOverride`.
  private func answerBeforeOverride(to request: Request, down: Set<String>) -> Answer {
    var answer = Answer(to: request, at: gateway)
    answer.down = down
    answer.warnings = warnings
    answer.reservations = reservations
    let host = assumedHost(of: request, &answer)
    guard let (listener, virtualHost) = listenerAndHost(for: host, request, &answer) else {
      endWithoutListener(&answer)
      return answer
    }
    guard var arrival = arrival(of: request, for: host, on: listener, &answer) else {
      return answer
    }
    guard let virtualHost else {
      endWithoutVirtualHost(&answer, arrival)
      return answer
    }
    guard let first = firstMatch(of: arrival, in: virtualHost, &answer) else { return answer }
    let early = first.route.isAI ? arrival.reading : nil
    if endBeforeBody(&answer, &arrival, first, early) || endAtBody(&answer, arrival, first, early) {
      return answer
    }
    readModel(&answer, &arrival, first, early, in: virtualHost)
    endAfterModel(&answer, &arrival, first, early, in: virtualHost)
    return answer
  }

  // MARK: At the listener

  /// A request that a listener has taken, and what is known of it before any route is looked for.
  private struct Arrival {
    let listener: CompiledListener
    /// The host that it asks for.
    let host: String?
    /// The ClientTrafficPolicy of the listener.
    let client: PolicyAttachments.Holder?
    /// What makes AI Gateway read it before anybody is authenticated, if one of its own routes
    /// takes it.
    let reading: EarlyReading?
    /// The ClientTrafficPolicy for whose health check it asks.
    let probed: String?
    /// As Envoy normalizes it, with Envoy's own headers.
    let request: Request
    /// The same with the headers that policies change.
    var changed: Request
    /// What routes are compared with.
    var indexed: IndexedRequest

    /// Whether AI Gateway reads the body where a route takes it.
    func isRead(by first: Candidate) -> Bool { first.route.isAI && !request.lacksBody }
  }

  private func endWithoutListener(_ answer: inout Answer) {
    answer.status = .notFound
    answer.reason = absence(of: answer.request)
    if let gateway, index.gateways[gateway] == nil, let name = answer.request.listener {
      answer.reservations.append(
        "Gateway \(gateway) is not here: whether it has listener \(name) is not known")
    }
  }

  /// What becomes of a request before its virtual host is looked for: path, headers and the client's
  /// address are checked, and health checks answered; nil where it goes no further.
  private func arrival(
    of request: Request, for host: String?, on listener: CompiledListener, _ answer: inout Answer
  ) -> Arrival? {
    answer.listener = listener.name
    let client = client(of: listener)
    answer.buffer = buffer(of: listener)
    reserveRefusals(
      &answer,
      ofDocuments: [gateway.flatMap { index.gateways[$0]?.index }, client?.index]
        .compactMap { $0 })
    guard let normalized = normalized(request, by: client, &answer) else { return nil }
    let request = withEnvoysHeaders(normalized, by: client?.policy, on: listener, &answer)
    if let client, endUnidentified(&answer, request, client.policy) { return nil }
    let reading = earlyReading(on: listener)
    let probed = client?.policy.healthCheckPath == request.path ? client?.policy.name : nil
    if let probed, reading?.takesProbes != true {
      answer.reason =
        "the health check of ClientTrafficPolicy \(probed) answers 200 before any route"
      return nil
    }
    let headerChanges = client.map { ClientTraffic(spec: $0.policy.spec).earlyHeaders } ?? []
    let changed = request.applying(headerChanges)
    note(headerChanges, changing: request, into: changed, &answer)
    answer.reservations += computedHeaders(among: headerChanges)
    return Arrival(
      listener: listener, host: host, client: client, reading: reading, probed: probed,
      request: request, changed: changed, indexed: IndexedRequest(changed, slots))
  }

  private func endWithoutVirtualHost(_ answer: inout Answer, _ arrival: Arrival) {
    answer.status = .notFound
    answer.reason =
      "no route answers for this host, so Envoy returns 404 with an empty body"
      + (arrival.listener.isOfSet
        ? "; AIGatewayRoutes are not served on listeners of ListenerSets" : "")
    answer.considered = considered(arrival.indexed, nil, winner: nil, on: arrival.listener)
    reserveRefusalsOfRoutes(&answer)
  }

  // MARK: Before the model is known

  /// The rule that takes a request before its model is known; nil where none does.
  private func firstMatch(
    of arrival: Arrival, in virtualHost: CompiledListener.VirtualHost, _ answer: inout Answer
  ) -> Candidate? {
    let listener = arrival.listener
    answer.domain = virtualHost.domain
    if listener.isOfSet {
      answer.reservations.append(
        "policies for a listener of a ListenerSet, and its certificates, are not looked at")
    }
    answer.reservations += orderReservations(on: listener)
    guard let first = first(in: virtualHost, arrival.indexed, on: listener) else {
      answer.status = .notFound
      answer.reason =
        (virtualHost.first(arrival.indexed).map {
          "\($0.title) takes CONNECT requests only (httpUpgrade of a BackendTrafficPolicy), and "
        } ?? "") + "no rule takes the request, so Envoy returns 404 with an empty body"
      reserveRefusalsOfRoutes(&answer)
      answer.indexedRequest = arrival.indexed
      answer.considered = considered(arrival.indexed, virtualHost, winner: nil, on: listener)
      return nil
    }
    answer.firstMatch = first
    reserveRefusals(&answer, of: first, on: listener)
    return first
  }

  /// Answers what needs no body: health checks, faults and preflights, clients without credentials,
  /// and what AI Gateway answers itself; false where the request goes on.
  private func endBeforeBody(
    _ answer: inout Answer, _ arrival: inout Arrival, _ first: Candidate, _ early: EarlyReading?
  ) -> Bool {
    let (request, listener) = (arrival.request, arrival.listener)
    if let probed = arrival.probed, !first.route.isAI {
      answer.reason =
        "the health check of ClientTrafficPolicy \(probed) answers 200 before any backend"
      return true
    }
    if early == nil {
      if endUnasked(&answer, request, first, on: listener)
        || isTooLargeToAuthorize(&answer, first, on: listener)
        || endUnauthenticated(&answer, &arrival.changed, first, on: listener)
      {
        return true
      }
      arrival.indexed = IndexedRequest(arrival.changed, slots)
    }
    // AI Gateway's processor comes before the route's own answer.
    if first.route.isAI, endEarly(&answer, request, arrival.host) {
      if let early {
        answer.warnings.append(
          "\(early.title) puts AI Gateway in front: it answers before anybody is authenticated")
      } else {
        answer.reservations += reservationsInFront(of: first, on: listener, answer.settled)
      }
      return true
    }
    return early != nil && endUnasked(&answer, request, first, on: listener)
  }

  /// Answers for a refused ClientTrafficPolicy, and for a body that is too large or compressed;
  /// false where the request goes on.
  private func endAtBody(
    _ answer: inout Answer, _ arrival: Arrival, _ first: Candidate, _ early: EarlyReading?
  ) -> Bool {
    let listener = arrival.listener
    if let (policy, refusal) = refusal(on: listener) {
      answer.refuse(policy, refusal, "every route of the listener answers 500")
      return true
    }
    answer.reservations += certificateReservations(arrival.client, on: listener, for: arrival.host)
    if isTooLarge(&answer, first, early, on: listener) { return true }
    guard arrival.isRead(by: first), let encoding = arrival.changed.contentEncoding else {
      return false
    }
    answer.status = .rejected
    answer.reason =
      "the body is compressed (content-encoding: \(encoding)), which AI Gateway does not undo: it "
      + "finds no JSON (malformed request)"
    if early == nil {
      answer.reservations += reservationsInFront(of: first, on: listener, answer.settled)
    }
    return true
  }

  /// Reservations about the filters that run before AI Gateway answers a request itself.
  private func reservationsInFront(
    of first: Candidate, on listener: CompiledListener, _ settled: Set<String>
  ) -> [String] {
    securityReservations(first: first, final: nil, on: listener, settled)
      + faultReservations(first, on: listener)
  }

  /// Answers what AI Gateway answers itself; false where it goes on to look for a backend.
  private func endEarly(_ answer: inout Answer, _ request: Request, _ host: String?) -> Bool {
    let path = request.barePath
    guard let endpoint = Endpoint.of(path, below: rootPrefix, in: index.release) else {
      answer.status = .notFound
      answer.reason = "unsupported path: \(path)"
      return true
    }
    switch endpoint {
    case .forwarded(let served):
      answer.endpoint = served
      return false
    case .models:
      answer.models = routes.models(for: host)
      answer.reason = "AI Gateway itself lists the models"
      return true
    }
  }

  // MARK: Once the model is known

  /// Writes down the model, as AI Gateway does, or why it is not known.
  private func readModel(
    _ answer: inout Answer, _ arrival: inout Arrival, _ first: Candidate, _ early: EarlyReading?,
    in virtualHost: CompiledListener.VirtualHost
  ) {
    if arrival.isRead(by: first) {
      if arrival.changed.header(WellKnown.modelHeader) != nil {
        answer.warnings.append(
          "the client's own \(WellKnown.modelHeader) is overwritten by the model in the body")
      }
      let request = arrival.request
      arrival.indexed.set(WellKnown.modelHeader, request.model ?? "", slots)
      arrival.indexed.set("x-ai-eg-original-path", request.path, slots)
      arrival.indexed.set("x-envoy-original-path", request.path, slots)
      if early == nil {
        answer.reservations += headerReservations(
          first, virtualHost, on: arrival.listener, answer.settled)
      }
    } else if first.route.isAI {
      answer.warnings.append(
        "the request has no body in which AI Gateway reads the model: the first matching "
          + "rule decides")
    } else if let mcpRoute = servingMCPRoute(of: first) {
      answer.warnings.append(
        "AI Gateway's MCP proxy answers for MCPRoute \(mcpRoute.key): which server is asked depends "
          + "on the message")
    } else {
      answer.warnings.append(
        "\(first.route.kind.kind) \(first.route.name) takes the request before its body is read: AI Gateway "
          + "does not process it")
    }
    answer.indexedRequest = arrival.indexed
  }

  /// Answers by the second match: for who is not allowed to ask, or as its rule says.
  private func endAfterModel(
    _ answer: inout Answer, _ arrival: inout Arrival, _ first: Candidate, _ early: EarlyReading?,
    in virtualHost: CompiledListener.VirtualHost
  ) {
    let listener = arrival.listener
    let isRead = arrival.isRead(by: first)
    // Only the second match counts; where AI Gateway reads no body, it is the first once more.
    let winner = isRead ? self.first(in: virtualHost, arrival.indexed, on: listener) : first
    answer.considered = considered(arrival.indexed, virtualHost, winner: winner, on: listener)
    guard let winner else {
      answer.status = .notFound
      answer.reason = "no rule takes the request, so Envoy returns 404 with an empty body"
      return
    }
    let guarded = early == nil ? first : winner
    if early != nil, runsFilters(of: guarded, by: first, on: listener),
      endUnauthenticated(&answer, &arrival.changed, guarded, on: listener)
    {
      return
    }
    if endForbidden(&answer, arrival.changed, first: guarded, final: winner, on: listener) {
      // Who is not authenticated gets another answer before.
      answer.reservations += securityReservations(
        first: guarded, final: nil, on: listener, answer.settled)
      return
    }
    let place = answer.reservations.count
    serve(&answer, winner, arrival.client, on: listener)
    if first.route.isAI, !isRead { failWithoutBody(&answer) }
    reserveRefusals(&answer, of: winner, on: listener)
    guard !answer.isRefused else { return }
    answer.reservations.insert(
      contentsOf: securityReservations(
        first: guarded, initial: first, final: winner, on: listener, answer.settled)
        + extensionReservations(first, on: listener)
        + faultReservations(guarded, on: listener), at: place)
    answer.warnings += ignoredPolicies(on: winner, on: listener)
    reserveProviders(&answer, of: winner)
  }
}

extension Answer {
  /// Answers 500 for a policy that Envoy Gateway refuses.
  mutating func refuse(_ policy: Policy, _ refusal: PolicyRefusal, _ effect: String) {
    status = .failed
    isRefused = true
    let kind = policy.kind.rawValue
    reason +=
      (reason.isEmpty ? "" : "; ")
      + "Envoy Gateway refuses \(kind) \(policy.name) (\(refusal.condition)), so \(effect); "
      + refusal.advice
  }
}
