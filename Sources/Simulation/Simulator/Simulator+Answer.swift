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
    guard let (listener, virtualHost) = place(for: host, request, &answer) else {
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
    let early = client.map { ClientTraffic(spec: $0.policy.spec).earlyHeaders } ?? []
    let arrived = request.applying(early)
    note(early, changing: request, into: arrived, &answer)
    var prepared = IndexedRequest(arrived, slots)
    guard let virtualHost else {
      answer.status = .notFound
      answer.reason = "no route answers for this host, so Envoy says 404 with an empty body"
      answer.considered = considered(prepared, nil, winner: nil, on: listener)
      return answer
    }
    answer.domain = virtualHost.domain
    guard let first = virtualHost.first(prepared) else {
      answer.status = .notFound
      answer.reason = "no rule takes this path, so Envoy says 404 with an empty body"
      answer.prepared = prepared
      answer.considered = considered(prepared, virtualHost, winner: nil, on: listener)
      return answer
    }
    reserveRefusals(&answer, of: first, client, on: listener)
    // AI Gateway's processor comes before the route's own answer.
    if first.route.isAI, end(early: &answer, request, host) {
      answer.reservations +=
        securityReservations(first: first, final: nil, on: listener)
        + faultReservations(first, on: listener)
      return answer
    }
    if let (policy, refusal) = refusal(on: listener) {
      answer.refuse(policy, refusal, "every route of the listener answers 500")
      return answer
    }
    answer.reservations += certificateReservations(client, on: listener)
    if isTooLarge(&answer, first, on: listener) { return answer }
    if first.route.isAI {
      if arrived.headers.contains(where: { $0.name.lowercased() == WellKnown.modelHeader }) {
        answer.warnings.append(
          "the client's own \(WellKnown.modelHeader) is overwritten by the model in the body")
      }
      prepared.set(WellKnown.modelHeader, request.model ?? "", slots)
      prepared.set("x-ai-eg-original-path", request.path, slots)
      prepared.set("x-envoy-original-path", request.path, slots)
      answer.reservations += headerReservations(first, virtualHost, on: listener)
    } else if let tools = mcpRoute(of: first) {
      answer.warnings.append(
        "AI Gateway's MCP proxy answers for MCPRoute \(tools.key): which server is asked depends "
          + "on the message")
    } else {
      answer.warnings.append(
        "HTTPRoute \(first.route.name) takes the request before its body is read: AI Gateway "
          + "plays no part in it")
    }
    answer.prepared = prepared
    // Only the second match counts; where AI Gateway plays no part, it is the first once more.
    let winner = first.route.isAI ? virtualHost.first(prepared) : first
    answer.considered = considered(prepared, virtualHost, winner: winner, on: listener)
    if let winner, let (policy, door) = denyAll(first: first, final: winner, on: listener) {
      answer.status = door.status == 401 ? .unauthorized : .forbidden
      answer.reason = "SecurityPolicy \(policy.name) lets nobody in: \(door.advice)"
    } else if let winner {
      let place = answer.reservations.count
      serve(&answer, winner, client, on: listener)
      reserveRefusals(&answer, of: winner, client, on: listener)
      if !answer.isRefused {
        answer.reservations.insert(
          contentsOf: securityReservations(first: first, final: winner, on: listener)
            + faultReservations(first, on: listener), at: place)
        answer.warnings += ignoredPolicies(on: winner, on: listener)
      }
    } else {
      answer.status = .notFound
      answer.reason = "no rule takes the request, so Envoy says 404 with an empty body"
    }
    return answer
  }

  /// The policy that lets nobody in, of the route that takes the request first or finally.
  private func denyAll(first: Candidate, final: Candidate, on listener: CompiledListener)
    -> (policy: Policy, door: DenyAll)?
  {
    for (candidate, status) in [(first, 401), (final, 403)] {
      let policies = securityPolicies(for: candidate, on: listener)
      guard let own = policies.first?.policy, let door = DenyAll(of: index.spec(of: policies)),
        door.status == status, index.refusals(of: policies).isEmpty
      else { continue }
      return (own, door)
    }
    return nil
  }

  // MARK: Before the model is known

  /// The request with its path as Envoy reads it, nil where it answers for the path alone
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/listener.go).
  private func normalized(
    _ request: Request, by client: PolicyAttachments.Holder?, _ answer: inout Answer
  ) -> Request? {
    let settings = client?.policy.spec.given("path")
    var path = request.barePath
    let query = request.path.dropFirst(path.count)
    if path.hasEscapedSlash {
      switch settings?.given("escapedSlashesAction")?.text ?? "UnescapeAndRedirect" {
      case "RejectRequest":
        answer.status = .rejected
        answer.reason =
          "the path has an escaped slash, which ClientTrafficPolicy "
          + "\(client?.policy.name ?? "") rejects"
        return nil
      case "KeepUnchanged": break
      case "UnescapeAndForward": path = path.unescapingSlashes
      case _:
        answer.status = .redirected
        answer.reason =
          "the path has an escaped slash, so that Envoy sends the client to "
          + path.unescapingSlashes
        return nil
      }
    }
    if settings?.given("disableMergeSlashes")?.bool != true {
      path = path.reduce(into: "") { merged, letter in
        if letter != "/" || merged.last != "/" { merged.append(letter) }
      }
    }
    var request = request
    request.path = path + query
    // HTTP/1 requests, as most clients send them; in HTTP/2 the stream is reset.
    let action = client?.policy.underscoreAction ?? Policy.usualUnderscoreAction
    if action != "Allow", let header = request.headers.first(where: { $0.name.contains("_") }) {
      guard action == "DropHeader" else {
        answer.status = .rejected
        answer.reason =
          "header \(header.name) has an underscore, which Envoy rejects unless headers."
          + "withUnderscoresAction of a ClientTrafficPolicy says otherwise"
        return nil
      }
      request.headers.removeAll { $0.name.contains("_") }
      answer.warnings.append("header \(header.name) has an underscore and is dropped")
    }
    return request
  }

  /// The host of the request; where it names none and every route does, that of the first route.
  func assumedHost(of request: Request, _ answer: inout Answer) -> String? {
    if let host = request.bareHost { return host }
    let hosts = eligible(for: request).flatMap(\.hosts)
    guard !hosts.contains(where: { $0.domain == "*" }), let first = hosts.first else { return nil }
    let host =
      first.domain.hasPrefix("*") ? "any\(first.domain.dropFirst())" : first.domain
    answer.warnings.append("every route names hosts; the request is taken to be for \(host)")
    return host
  }

  /// The listeners that the request's port, or the listener that it names, leaves.
  private func eligible(for request: Request) -> [CompiledListener] {
    listeners.filter { listener in
      if let name = request.listener, listener.name != name { return false }
      guard let port = request.port, let own = listener.port else { return true }
      return port == own
    }
  }

  /// The listener that takes a request and the virtual host in it; no listener where none is for
  /// its port and host.
  ///
  /// The port chooses first. With TLS the name that the client asks for chooses the listener; in
  /// plain HTTP all listeners on a port are one to Envoy, and the closest virtual host does.
  func place(for host: String?, _ request: Request, _ answer: inout Answer)
    -> (listener: CompiledListener, host: CompiledListener.VirtualHost?)?
  {
    let eligible = eligible(for: request).compactMap { listener in
      listener.fit(host).map { (listener: listener, fit: $0) }
    }
    guard let best = eligible.map(\.fit).max() else { return nil }
    var found: (listener: CompiledListener, host: CompiledListener.VirtualHost?, rank: (Int, Int))?
    var isTied = false
    for (listener, fit) in eligible where listener.isPlain || fit == best {
      guard let virtualHost = listener.virtualHost(for: host) else { continue }
      let rank = (virtualHost.closeness(to: host), fit)
      guard let known = found else {
        found = (listener, virtualHost, rank)
        continue
      }
      if known.rank < rank {
        found = (listener, virtualHost, rank)
        isTied = false
      } else if known.rank == rank, known.listener.port != listener.port {
        isTied = true
      }
    }
    if isTied, let name = found?.listener.name {
      answer.warnings.append(
        "several listeners take this host; the request is sent to \(name), another is chosen by "
          + "its port or --listener")
    }
    if let found { return (found.listener, found.host) }
    // A listener without routes answers too, with 404.
    return eligible.first { $0.fit == best }.map { ($0.listener, nil) }
  }

  private func absence(of request: Request) -> String {
    guard let gateway else { return "no route is on a Gateway" }
    if let name = request.listener, !listeners.contains(where: { $0.name == name }) {
      return "Gateway \(gateway) has no programmed listener \(name)"
    }
    if let port = request.port {
      return "no listener of the Gateway takes this host on port \(port)"
    }
    return listeners.isEmpty
      ? "no listener of the Gateway is programmed" : "no listener of the Gateway takes this host"
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
    let refusals = index.refusals(of: holder.policy, at: place(of: listener))
    return refusals.first.map { (holder.policy, $0) }
  }

  /// What an HTTPS listener has to show its clients, and they have to show it.
  private func certificateReservations(
    _ client: PolicyAttachments.Holder?, on listener: CompiledListener
  ) -> [String] {
    guard !listener.isPlain else { return [] }
    let place = place(of: listener)
    let reservations = place.flatMap(index.missingCertificates).map { [$0] } ?? []
    // What a policy asks for stands in the place of what the Gateway does.
    if let client, let asked = client.policy.spec.given("tls", "clientValidation") {
      let mode =
        asked.given("mode")?.text
        ?? (asked.given("optional")?.bool == true ? "VerifyIfGiven" : "RequireAndVerify")
      guard mode.hasPrefix("Require") else { return reservations }
      return reservations + [
        "ClientTrafficPolicy \(client.policy.name) lets in only clients with a certificate; others "
          + "get no connection"
      ]
    }
    guard let place, let (validation, _) = place.gateway.clientValidation(of: place.listener),
      validation.given("mode")?.text != "AllowInsecureFallback"
    else { return reservations }
    return reservations + [
      "the Gateway's tls.frontend lets in only clients with a certificate; others get no "
        + "connection"
    ]
  }

  /// The listener as it stands among the documents, nil where it does not.
  func place(of listener: CompiledListener) -> KnownListener? {
    gateway.flatMap { index.listener(listener.name, of: $0) }
  }

  /// The ClientTrafficPolicy whose settings requests to a listener get.
  func client(of listener: CompiledListener) -> PolicyAttachments.Holder? {
    gateway.flatMap { index.appliedClientTraffic(gateway: $0, listener: listener.name) }
  }

  /// How much of a request a listener holds.
  func buffer(of listener: CompiledListener) -> AppliedBufferLimit {
    guard let place = place(of: listener) else { return AppliedBufferLimit(client(of: listener)) }
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

  /// Whether the body is larger than what is held of it: by the listener, where AI Gateway reads it,
  /// and by `requestBuffer` of the policy on the route that takes the request first, before its
  /// model is known. A policy that is refused limits nothing.
  private func isTooLarge(
    _ answer: inout Answer, _ first: Candidate, on listener: CompiledListener
  ) -> Bool {
    guard let size = answer.request.size else { return false }
    if let traffic = traffic(for: first, on: listener),
      let limit = traffic.traffic.requestBuffer, let bytes = limit.bytes, size > bytes,
      index.refusals(of: traffic).isEmpty
    {
      let policy = traffic.origin("requestBuffer", "limit")?.name ?? ""
      answer.status = .tooLarge
      answer.reason =
        "the body has \(size) bytes, and requestBuffer \(limit.text) of BackendTrafficPolicy "
        + "\(policy) takes \(bytes)"
      return true
    }
    guard first.route.isAI, let buffer = answer.buffer, let limit = buffer.bytes, size > limit
    else { return false }
    if buffer.policy == nil, place(of: listener) == nil {
      answer.reservations.append(
        "the Gateway is not among the documents, and no ClientTrafficPolicy for it is; one may set "
          + "another buffer limit")
    }
    answer.status = .tooLarge
    answer.reason =
      "the body has \(size) bytes, and the listener holds \(limit) (\(buffer.origin))"
    return true
  }

  /// The BackendTrafficPolicy that holds for a rule on a listener.
  func traffic(for candidate: Candidate, on listener: CompiledListener) -> EffectiveTraffic? {
    // AI Gateway makes a policy of its own for the metadata of OAuth.
    if mcpRoute(of: candidate)?.spec.given("securityPolicy", "oauth") != nil { return nil }
    return gateway.flatMap {
      index.traffic(
        ofRule: candidate.rule.name, of: candidate.route.name, gateway: $0, listener: listener.name)
    }
  }

  /// Every match of the listener, in the order in which they are tried, those of other virtual
  /// hosts behind them.
  private func considered(
    _ prepared: IndexedRequest, _ host: CompiledListener.VirtualHost?, winner: Candidate?,
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
            candidate: candidate, loss: loss(of: candidate, prepared, winner: winner)))
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

  private func loss(of candidate: Candidate, _ prepared: IndexedRequest, winner: Candidate?)
    -> MismatchReason?
  {
    if candidate === winner { return nil }
    if candidate.rule.isDropped { return .dropped }
    if let mismatch = candidate.condition.mismatch(prepared) { return mismatch }
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
