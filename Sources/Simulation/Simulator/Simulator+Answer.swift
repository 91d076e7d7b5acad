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
      answer.status = .notFound
      answer.reason = absence(of: request)
      if let gateway, index.gateways[gateway] == nil, let name = request.listener {
        answer.reservations.append(
          "Gateway \(gateway) is not here: whether it has listener \(name) is not known")
      }
      return answer
    }
    answer.listener = listener.name
    let client = client(of: listener)
    answer.buffer = buffer(of: listener)
    reserveRefusals(
      &answer,
      ofDocuments: [gateway.flatMap { index.gateways[$0]?.index }, client?.index]
        .compactMap { $0 })
    guard let normalized = normalized(request, by: client, &answer) else { return answer }
    let request = withEnvoysHeaders(normalized, by: client?.policy, on: listener, &answer)
    if let client, end(unidentified: &answer, request, client.policy) { return answer }
    let reading = earlyReading(on: listener)
    let probed = client?.policy.healthCheckPath == request.path ? client?.policy.name : nil
    if let probed, reading?.takesProbes != true {
      answer.reason =
        "the health check of ClientTrafficPolicy \(probed) answers 200 before any route"
      return answer
    }
    let headerChanges = client.map { ClientTraffic(spec: $0.policy.spec).earlyHeaders } ?? []
    var arrived = request.applying(headerChanges)
    note(headerChanges, changing: request, into: arrived, &answer)
    answer.reservations += computedHeaders(among: headerChanges)
    var indexedRequest = IndexedRequest(arrived, slots)
    guard let virtualHost else {
      answer.status = .notFound
      answer.reason =
        "no route answers for this host, so Envoy returns 404 with an empty body"
        + (listener.isOfSet ? "; AIGatewayRoutes are not served on listeners of ListenerSets" : "")
      answer.considered = considered(indexedRequest, nil, winner: nil, on: listener)
      reserveRefusalsOfRoutes(&answer)
      return answer
    }
    answer.domain = virtualHost.domain
    if listener.isOfSet {
      answer.reservations.append(
        "policies for a listener of a ListenerSet, and its certificates, are not looked at")
    }
    answer.reservations += orderReservations(on: listener)
    guard let first = first(in: virtualHost, indexedRequest, on: listener) else {
      answer.status = .notFound
      answer.reason =
        (virtualHost.first(indexedRequest).map {
          "\($0.title) takes CONNECT requests only (httpUpgrade of a BackendTrafficPolicy), and "
        } ?? "") + "no rule takes the request, so Envoy returns 404 with an empty body"
      reserveRefusalsOfRoutes(&answer)
      answer.indexedRequest = indexedRequest
      answer.considered = considered(indexedRequest, virtualHost, winner: nil, on: listener)
      return answer
    }
    answer.firstMatch = first
    reserveRefusals(&answer, of: first, client, on: listener)
    if let probed, !first.route.isAI {
      answer.reason =
        "the health check of ClientTrafficPolicy \(probed) answers 200 before any backend"
      return answer
    }
    let early = first.route.isAI ? reading : nil
    if early == nil {
      if end(unasked: &answer, request, first, on: listener)
        || isTooLargeToAuthorize(&answer, first, on: listener)
        || end(unauthenticated: &answer, &arrived, first, on: listener)
      {
        return answer
      }
      indexedRequest = IndexedRequest(arrived, slots)
    }
    // AI Gateway's processor comes before the route's own answer.
    if first.route.isAI, end(early: &answer, request, host) {
      if let early {
        answer.warnings.append(
          "\(early.title) puts AI Gateway in front: it answers before anybody is authenticated")
      } else {
        answer.reservations += reservationsInFront(of: first, on: listener, answer.settled)
      }
      return answer
    }
    if early != nil, end(unasked: &answer, request, first, on: listener) { return answer }
    if let (policy, refusal) = refusal(on: listener) {
      answer.refuse(policy, refusal, "every route of the listener answers 500")
      return answer
    }
    answer.reservations += certificateReservations(client, on: listener, for: host)
    if isTooLarge(&answer, first, early, on: listener) { return answer }
    let isRead = first.route.isAI && !request.lacksBody
    if isRead, let encoding = arrived.contentEncoding {
      answer.status = .rejected
      answer.reason =
        "the body is compressed (content-encoding: \(encoding)), which AI Gateway does not undo: it "
        + "finds no JSON (malformed request)"
      if early == nil {
        answer.reservations += reservationsInFront(of: first, on: listener, answer.settled)
      }
      return answer
    }
    if isRead {
      if arrived.header(WellKnown.modelHeader) != nil {
        answer.warnings.append(
          "the client's own \(WellKnown.modelHeader) is overwritten by the model in the body")
      }
      indexedRequest.set(WellKnown.modelHeader, request.model ?? "", slots)
      indexedRequest.set("x-ai-eg-original-path", request.path, slots)
      indexedRequest.set("x-envoy-original-path", request.path, slots)
      if early == nil {
        answer.reservations += headerReservations(
          first, virtualHost, on: listener, answer.settled)
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
    answer.indexedRequest = indexedRequest
    // Only the second match counts; where AI Gateway reads no body, it is the first once more.
    let winner = isRead ? self.first(in: virtualHost, indexedRequest, on: listener) : first
    let guarded = early == nil ? first : winner ?? first
    answer.considered = considered(indexedRequest, virtualHost, winner: winner, on: listener)
    if let winner {
      let isRefused =
        early != nil && runsFilters(of: guarded, by: first, on: listener)
        && end(unauthenticated: &answer, &arrived, guarded, on: listener)
      if isRefused { return answer }
      if end(forbidden: &answer, arrived, first: guarded, final: winner, on: listener) {
        // Who is not authenticated gets another answer before.
        answer.reservations += securityReservations(
          first: guarded, final: nil, on: listener, answer.settled)
        return answer
      }
      let place = answer.reservations.count
      serve(&answer, winner, client, on: listener)
      if first.route.isAI, !isRead { fail(withoutBody: &answer) }
      reserveRefusals(&answer, of: winner, client, on: listener)
      if !answer.isRefused {
        answer.reservations.insert(
          contentsOf: securityReservations(
            first: guarded, initial: first, final: winner, on: listener, answer.settled)
            + extensionReservations(first, on: listener)
            + faultReservations(guarded, on: listener), at: place)
        answer.warnings += ignoredPolicies(on: winner, on: listener)
        reserveProviders(&answer, of: winner)
      }
    } else {
      answer.status = .notFound
      answer.reason = "no rule takes the request, so Envoy returns 404 with an empty body"
    }
    return answer
  }

  // MARK: Before the model is known

  /// Reservations about the filters that run before AI Gateway answers a request itself.
  private func reservationsInFront(
    of first: Candidate, on listener: CompiledListener, _ settled: Set<String>
  ) -> [String] {
    securityReservations(first: first, final: nil, on: listener, settled)
      + faultReservations(first, on: listener)
  }

  /// Answers what AI Gateway answers itself; false where it goes on to look for a backend.
  private func end(early answer: inout Answer, _ request: Request, _ host: String?) -> Bool {
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
