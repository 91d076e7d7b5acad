import Schemas
import YAML
import Resources

extension Simulator {
  /// What becomes of a request, while backends of the given names are down.
  ///
  /// A name is a backendRef's, with or without its namespace: `azure`, `shared/azure`.
  package func answer(to request: Request, down: Set<String> = []) -> Answer {
    var answer = Answer(to: request, at: gateway)
    answer.down = down
    answer.warnings = warnings
    answer.reservations = reservations
    let host = assumedHost(of: request, &answer)
    guard let (listener, virtualHost) = listenerAndHost(for: host, request, &answer) else {
      answer.status = .notFound
      answer.reason = absence(of: request)
      return answer
    }
    answer.listener = listener.name
    let client = client(of: listener)
    answer.buffer = buffer(of: listener)
    guard let request = normalized(request, by: client, &answer) else { return answer }
    if let client, client.policy.healthCheckPath == request.barePath {
      answer.reason =
        "the health check of ClientTrafficPolicy \(client.policy.name) answers 200 before any route"
      return answer
    }
    let headerChanges = client.map { ClientTraffic(spec: $0.policy.spec).earlyHeaders } ?? []
    let arrived = request.applying(headerChanges)
    note(headerChanges, changing: request, into: arrived, &answer)
    answer.reservations += computedHeaders(among: headerChanges)
    var indexedRequest = IndexedRequest(arrived, slots)
    guard let virtualHost else {
      answer.status = .notFound
      answer.reason = "no route answers for this host, so Envoy returns 404 with an empty body"
      answer.considered = considered(indexedRequest, nil, winner: nil, on: listener)
      return answer
    }
    answer.domain = virtualHost.domain
    guard let first = virtualHost.first(indexedRequest) else {
      answer.status = .notFound
      answer.reason = "no rule takes this path, so Envoy returns 404 with an empty body"
      answer.indexedRequest = indexedRequest
      answer.considered = considered(indexedRequest, virtualHost, winner: nil, on: listener)
      return answer
    }
    reserveRefusals(&answer, of: first, client, on: listener)
    let early = first.route.isAI ? self.early[listener.port] : nil
    if early == nil, end(unasked: &answer, request, first, on: listener) { return answer }
    // AI Gateway's processor comes before the route's own answer.
    if first.route.isAI, end(early: &answer, request, host) {
      if let early {
        answer.warnings.append(
          "\(early.title) puts AI Gateway in front: it answers before anybody is authenticated")
      } else {
        answer.reservations += reservationsInFront(of: first, on: listener)
      }
      return answer
    }
    if early != nil, end(unasked: &answer, request, first, on: listener) { return answer }
    if let (policy, refusal) = refusal(on: listener) {
      answer.refuse(policy, refusal, "every route of the listener answers 500")
      return answer
    }
    answer.reservations += certificateReservations(client, on: listener)
    if isTooLarge(&answer, first, early, on: listener) { return answer }
    let isRead = first.route.isAI && !request.lacksBody
    if isRead, let encoding = arrived.contentEncoding {
      answer.status = .rejected
      answer.reason =
        "the body is compressed (content-encoding: \(encoding)), which AI Gateway does not undo: it "
        + "finds no JSON (malformed request)"
      if early == nil {
        answer.reservations += reservationsInFront(of: first, on: listener)
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
        answer.reservations += headerReservations(first, virtualHost, on: listener)
      }
    } else if first.route.isAI {
      answer.warnings.append(
        "the request has no body in which AI Gateway reads the model: the rule that takes it first "
          + "is the last word")
    } else if let mcpRoute = servingMCPRoute(of: first) {
      answer.warnings.append(
        "AI Gateway's MCP proxy answers for MCPRoute \(mcpRoute.key): which server is asked depends "
          + "on the message")
    } else {
      answer.warnings.append(
        "HTTPRoute \(first.route.name) takes the request before its body is read: AI Gateway "
          + "plays no part in it")
    }
    answer.indexedRequest = indexedRequest
    // Only the second match counts; where AI Gateway reads no body, it is the first once more.
    let winner = isRead ? virtualHost.first(indexedRequest) : first
    let guarded = early == nil ? first : winner ?? first
    answer.considered = considered(indexedRequest, virtualHost, winner: winner, on: listener)
    if let winner, let (policy, denial) = denyAll(first: guarded, final: winner, on: listener) {
      answer.status = denial.status == 401 ? .unauthorized : .forbidden
      answer.reason = "SecurityPolicy \(policy.name) lets nobody in: \(denial.advice)"
    } else if let winner {
      let place = answer.reservations.count
      serve(&answer, winner, client, on: listener)
      if first.route.isAI, !isRead { fail(withoutBody: &answer) }
      reserveRefusals(&answer, of: winner, client, on: listener)
      if !answer.isRefused {
        answer.reservations.insert(
          contentsOf: securityReservations(first: guarded, final: winner, on: listener)
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

  /// The policy that lets nobody in, of the route that takes the request first or finally.
  private func denyAll(first: Candidate, final: Candidate, on listener: CompiledListener)
    -> (policy: Policy, denial: DenyAll)?
  {
    for (candidate, status) in [(first, 401), (final, 403)] {
      let policies = securityPolicies(for: candidate, on: listener)
      guard let own = policies.first?.policy, let denial = DenyAll(of: index.spec(of: policies)),
        denial.status == status, index.refusals(of: policies).isEmpty
      else { continue }
      return (own, denial)
    }
    return nil
  }

  // MARK: Before the model is known

  /// Answers what Envoy does by itself, for the route that takes the request first and before
  /// anybody is authenticated: faults on purpose, and preflights.
  private func end(
    unasked answer: inout Answer, _ request: Request, _ first: Candidate,
    on listener: CompiledListener
  ) -> Bool {
    end(faulty: &answer, first, on: listener)
      || end(preflight: &answer, request, first, on: listener)
  }

  /// What comes before AI Gateway where it answers a request by itself.
  private func reservationsInFront(of first: Candidate, on listener: CompiledListener) -> [String] {
    securityReservations(first: first, final: nil, on: listener)
      + faultReservations(first, on: listener)
  }

  /// Headers that matches ask for and whose values Envoy computes when requests arrive
  /// (envoyproxy/gateway v1.8.1, internal/xds/translator/listener.go).
  private func computedHeaders(among changes: [HeaderChange]) -> [String] {
    changes.compactMap { change in
      switch change {
      case .set(let name, let value), .add(let name, let value), .addIfAbsent(let name, let value):
        guard slots.place(of: name) != nil,
          value.split(separator: "%", omittingEmptySubsequences: false).count > 2
        else { return nil }
        return "the ClientTrafficPolicy makes header \(name) of \(value) when requests arrive: "
          + "rules that match it may be others"
      case .remove, .removeMatching: return nil
      }
    }
  }

  private func note(
    _ changes: [HeaderChange], changing request: Request, into arrived: Request,
    _ answer: inout Answer
  ) {
    guard arrived.headers != request.headers else { return }
    let names = Set(request.headers.map(\.name)).subtracting(arrived.headers.map(\.name)).sorted()
    answer.warnings.append(
      names.isEmpty
        ? "the ClientTrafficPolicy changes headers before any route is looked at"
        : "the ClientTrafficPolicy removes \(names.joined(separator: ", ")) before any route is "
          + "looked at")
  }

  /// Why Envoy Gateway refuses the ClientTrafficPolicy of a listener, nil where it takes it.
  private func refusal(on listener: CompiledListener)
    -> (policy: Policy, refusal: PolicyRefusal)?
  {
    let own = gateway.flatMap { index.clientTraffic(gateway: $0, listener: listener.name) }
    guard let holder = own else { return nil }
    let refusals = index.refusals(of: holder.policy, at: knownListener(of: listener))
    return refusals.first.map { (holder.policy, $0) }
  }

  /// What an HTTPS listener has to show its clients, and they have to show it.
  private func certificateReservations(
    _ client: PolicyAttachments.Holder?, on listener: CompiledListener
  ) -> [String] {
    guard !listener.isPlain else { return [] }
    let place = knownListener(of: listener)
    let reservations = place.flatMap(index.missingCertificates).map { [$0] } ?? []
    // What a policy asks for stands in the place of what the Gateway does.
    if let client, let asked = client.policy.spec.given("tls", "clientValidation") {
      let mode =
        asked.given("mode")?.text
        ?? (asked.given("optional")?.bool == true ? "VerifyIfGiven" : "RequireAndVerify")
      guard mode.hasPrefix("Require") else { return reservations }
      return reservations + [
        "ClientTrafficPolicy \(client.policy.name) requires a client certificate; other clients "
          + "cannot connect"
      ]
    }
    guard let place, let (validation, _) = place.gateway.clientValidation(of: place.listener),
      validation.given("mode")?.text != "AllowInsecureFallback"
    else { return reservations }
    return reservations + [
      "the Gateway's tls.frontend requires a client certificate; other clients cannot connect"
    ]
  }

  /// The listener as it stands among the documents, nil where it does not.
  func knownListener(of listener: CompiledListener) -> KnownListener? {
    gateway.flatMap { index.listener(listener.name, of: $0) }
  }

  /// The ClientTrafficPolicy whose settings requests to a listener get.
  func client(of listener: CompiledListener) -> PolicyAttachments.Holder? {
    gateway.flatMap { index.appliedClientTraffic(gateway: $0, listener: listener.name) }
  }

  /// How much of a request a listener holds.
  func buffer(of listener: CompiledListener) -> AppliedBufferLimit {
    guard let place = knownListener(of: listener) else {
      return AppliedBufferLimit(client(of: listener))
    }
    let (first, policy) = index.first(onPortOf: place)
    return AppliedBufferLimit(policy, from: first.isSame(as: place) ? nil : first.listener)
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

  /// Whether the body is larger than what is held of it: for the authorization service and by
  /// `requestBuffer` of the policies on the route that takes the request first, before its model is
  /// known, or else by the listener, where AI Gateway reads it. The filters of both set their limit
  /// in place of the listener's (envoyproxy/ai-gateway v1.1.0,
  /// internal/extensionserver/post_translate_modify.go; envoyproxy/envoy,
  /// source/extensions/filters/http/ext_authz/ext_authz.cc). A policy that is refused limits nothing.
  private func isTooLarge(
    _ answer: inout Answer, _ first: Candidate, _ early: EarlyReading?,
    on listener: CompiledListener
  ) -> Bool {
    guard let size = answer.request.size else { return false }
    var isHeldBefore = false
    let asked = early == nil ? securityPolicies(for: first, on: listener) : []
    if let limit = index.spec(of: asked).authorizedBody, index.refusals(of: asked).isEmpty,
      asked.allSatisfy({ index.skips(of: $0.policy).isEmpty })
    {
      isHeldBefore = true
      if size > limit {
        answer.status = .tooLarge
        answer.reason =
          "the body has \(size) bytes, and bodyToExtAuth of SecurityPolicy "
          + "\(asked.first?.policy.name ?? "") takes \(limit)"
        return true
      }
    }
    if let traffic = traffic(for: first, on: listener),
      let limit = traffic.traffic.requestBuffer, let bytes = limit.bytes,
      index.refusals(of: traffic).isEmpty
    {
      isHeldBefore = true
      if size > bytes {
        let policy = traffic.origin("requestBuffer", "limit")?.name ?? ""
        answer.status = .tooLarge
        answer.reason =
          "the body has \(size) bytes, and requestBuffer \(limit.text) of BackendTrafficPolicy "
          + "\(policy) takes \(bytes)"
        return true
      }
    }
    guard !isHeldBefore, first.route.isAI, let buffer = answer.buffer, let limit = buffer.bytes,
      size > limit
    else { return false }
    if buffer.policy == nil, knownListener(of: listener) == nil {
      answer.reservations.append(
        "the Gateway is not among the documents, and no ClientTrafficPolicy for it is; one may set "
          + "another buffer limit")
    }
    answer.status = .tooLarge
    answer.reason =
      "the body has \(size) bytes, and the listener holds \(limit) (\(buffer.origin))"
    return true
  }

  /// Every match of the listener, in the order in which they are tried, those of other virtual
  /// hosts behind them.
  private func considered(
    _ indexedRequest: IndexedRequest, _ host: CompiledListener.VirtualHost?, winner: Candidate?,
    on listener: CompiledListener
  ) -> [Answer.MatchTrace] {
    var considered: [Answer.MatchTrace] = []
    var seen: Set<Int> = []
    if let host {
      considered.reserveCapacity(host.candidates.count)
      for candidate in host.candidates {
        seen.insert(candidate.precedence.route)
        considered.append(
          Answer.MatchTrace(
            candidate: candidate, loss: loss(of: candidate, indexedRequest, winner: winner)))
      }
    }
    for other in listener.hosts where other.domain != host?.domain {
      for candidate in other.candidates where !seen.contains(candidate.precedence.route) {
        considered.append(Answer.MatchTrace(candidate: candidate, loss: .host))
      }
      for candidate in other.candidates { seen.insert(candidate.precedence.route) }
    }
    return considered
  }

  private func loss(of candidate: Candidate, _ indexedRequest: IndexedRequest, winner: Candidate?)
    -> MismatchReason?
  {
    if candidate === winner { return nil }
    if candidate.rule.isDropped { return .dropped }
    if let mismatch = candidate.condition.mismatch(indexedRequest) { return mismatch }
    guard let winner else { return .path }
    return .outranked(by: winner.precedence.advantage(over: candidate.precedence).by)
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
