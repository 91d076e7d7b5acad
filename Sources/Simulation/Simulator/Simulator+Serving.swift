import Schemas
import YAML
import Resources

extension Simulator {
  // MARK: The winner

  func serve(
    _ answer: inout Answer, _ winner: Candidate, _ client: PolicyAttachments.Holder?,
    on listener: CompiledListener
  ) {
    answer.ruleName = writtenName(of: winner)
    let traffic = traffic(for: winner, on: listener)
    let refused = refusedPolicy(traffic, winner, on: listener)
    guard let rule = winner.rule.index else {
      answer.status = .notFound
      answer.reason =
        "no rule takes model \(answer.request.model ?? "-"): \(WellKnown.notFoundRule) of "
        + "\(winner.route.name) answers 404"
      if let refused {
        answer.refuse(refused.policy, refused.refusal, "it answers 500 instead")
      }
      return
    }
    answer.route = winner.route.name
    answer.rule = rule
    answer.match = winner.match
    answer.reason = reason(for: winner, among: answer.considered)
    answer.retry = Retry(winner.rule, isAI: winner.route.isAI, traffic)
    answer.timeouts = Timeouts(
      winner.rule, isAI: winner.route.isAI, traffic: traffic, client: client)
    let split = TrafficSplit(
      of: winner.rule, in: winner.route, model: answer.request.model, index: index,
      gateway: gateway.flatMap { index.gateways[$0]?.gateway },
      isZoned: traffic?.traffic.isZoneAware ?? false)
    answer.backends = split.parts
    answer.priorities = split.priorities
    answer.ignoresPriorities = split.exception != nil
    noteUnknown(&answer)
    answer.reservations += routeReservations(winner)
    answer.reservations += index.missingGrants(.httpRoute, winner.route.name)
    if let refused {
      answer.refuse(
        refused.policy, refused.refusal, "every request that it covers is answered with 500")
      return
    }
    if let why = failure(of: split, winner) {
      answer.status = .failed
      answer.reason += "; \(why)"
      return
    }
    if let (status, why) = ruleFailure(of: winner, split, &answer) {
      answer.status = status
      answer.reason += "; \(why), so that it answers \(status.rawValue)"
      return
    }
    if let own = ownAnswer(of: winner) {
      answer.status = own.status
      answer.reason += "; \(own.reason)"
      answer.backends = []
      return
    }
    if servingMCPRoute(of: winner) != nil, endUnread(&answer) { return }
    let closed = closedCircuit(traffic)
    if closed == nil {
      answer.failover = split.attempts(answer.retry)
      if winner.route.isAI { address(&answer, split) }
    }
    answer.reservations += trafficReservations(traffic, answer, winner, on: listener)
    answer.reservations += unknownFilters(of: winner)
    answer.reservations += grantReservations(answer)
    answer.reservations += policyBackendReservations(on: winner, on: listener)
    answer.reservations += authorityReservations(answer)
    // The controller creates the Backend of AI Gateway's MCP proxy itself.
    if servingMCPRoute(of: winner) == nil {
      answer.reservations += missingReservations(answer, isAI: winner.route.isAI)
    }
    answer.reservations += quotaReservations(answer, winner, split)
    answer.reservations += priorityReservations(answer)
    if let closed {
      answer.status = .unavailable
      answer.reason += "; \(closed)"
      return
    }
    answer.reservations += clientCertificateReservations(answer)
    answer.reservations += tlsVersionReservations(answer)
    answer.reservations += clusterReservations(answer, split)
    answer.reservations += sendingReservations(answer, winner, traffic)
    if winner.route.isAI { answer.reservations += overrideReservations(answer) }
    answer.reservations += credentialReservations(answer)
    answer.warnings += remarks(on: answer, split, traffic)
    applyFailures(&answer, split, traffic)
    fail(&answer, split)
  }

  /// Why no request gets to a backend, nil where some do: the first one is too many, and Envoy tries none
  /// again for that (envoyproxy/envoy, source/common/conn_pool/conn_pool_base.cc,
  /// source/common/router/retry_state_impl.cc), or no connection is opened.
  private func closedCircuit(_ traffic: EffectiveTraffic?) -> String? {
    guard let traffic else { return nil }
    let keepalive = traffic.traffic.spec.given("tcpKeepalive")
    if let unfit = UnfitKeepalive.deciding(in: keepalive), !unfit.isZero {
      let policy = traffic.origin("tcpKeepalive", unfit.field)?.name ?? ""
      return
        "tcpKeepalive of BackendTrafficPolicy \(policy) has a value in \(unfit.field) that Linux does "
        + "not take, so that no connection is opened and Envoy answers 503"
    }
    guard let field = traffic.traffic.zeroCircuitBreaker else { return nil }
    let policy = traffic.origin("circuitBreaker", field)?.name ?? ""
    return
      "circuitBreaker of BackendTrafficPolicy \(policy) lets no request through (\(field): 0), so "
      + "Envoy answers 503"
  }

  /// Answers in the place of the MCP servers what AI Gateway's proxy does not read: other methods, and
  /// since 1.0 large bodies (envoyproxy/ai-gateway v1.1.0, internal/mcpproxy/mcpproxy.go, handlers.go).
  private func endUnread(_ answer: inout Answer) -> Bool {
    let request = answer.request
    guard ["GET", "POST", "DELETE"].contains(request.method) else {
      answer.status = .wrongMethod
      answer.reason += "; AI Gateway's MCP proxy takes GET, POST and DELETE only"
      return true
    }
    guard index.release >= .v1_0, request.method == "POST", let size = request.size,
      size > MCPRoute.largestBody, !mayTakeLargerBodies
    else { return false }
    answer.status = .tooLarge
    answer.reason +=
      "; the body has \(size) bytes, and AI Gateway's MCP proxy takes \(MCPRoute.largestBody)"
    return true
  }

  /// Whether the GatewayConfig may give the MCP proxy another limit.
  private var mayTakeLargerBodies: Bool {
    guard let key = gateway.flatMap({ index.gateways[$0]?.gateway.configuration }) else {
      return false
    }
    guard let config = index.others(.gatewayConfig).first(where: { $0.key == key }) else {
      return true
    }
    let variables = config.node.given("spec", "extProc", "kubernetes")?.list("env") ?? []
    return variables.contains { $0["name"]?.text == "MCP_PROXY_MAX_REQUEST_BODY_SIZE" }
  }

  /// The rule's name as written, even if the release ignores names.
  private func writtenName(of winner: Candidate) -> String? {
    guard winner.route.isAI, let rule = winner.rule.index,
      let entry = index.route(winner.route.name)
    else { return winner.rule.name }
    return index.documents[entry.index].node[.to("spec", "rules", rule, "name")]?.text
  }

  /// The policy on a route that Envoy Gateway refuses, nil where it takes them.
  func refusedPolicy(
    _ traffic: EffectiveTraffic?, _ winner: Candidate, on listener: CompiledListener
  ) -> (policy: Policy, refusal: PolicyRefusal)? {
    if let traffic, let policy = traffic.policies.first?.policy,
      let refusal = index.refusals(of: traffic).first
    {
      return (policy, refusal)
    }
    for policies in [
      writtenSecurityPolicies(for: winner, on: listener), extensions(for: winner, on: listener),
    ] {
      guard let own = policies.first?.policy else { continue }
      var refusals = index.refusals(of: policies).filter { !$0.isIgnored }
      if let place = knownListener(of: listener) {
        refusals += index.placedRefusals(of: index.spec(of: policies), from: own, at: place)
      }
      if let refusal = refusals.first { return (own, refusal) }
    }
    return nil
  }

  private var disabledBackends: String? {
    index.configuration(lacks: \.takesBackends)
      ? "Envoy Gateway's configuration takes no Backends (extensionApis.enableBackend)" : nil
  }

  private var disabledPools: String? {
    index.configuration(lacks: \.takesPools)
      ? "Envoy Gateway's configuration takes no InferencePools (extensionManager.backendResources)"
      : nil
  }

  /// Why the rule answers 500, nil where it does not.
  private func failure(of split: TrafficSplit, _ winner: Candidate) -> String? {
    if !split.isLive {
      guard winner.route.isAI || winner.isPreflight || winner.rule.node.list("filters").isEmpty
      else { return nil }
      return split.parts.isEmpty
        ? "the rule has no backendRefs, so it answers 500"
        : "every backendRef has weight 0, so the rule answers 500"
    }
    let live = split.parts.filter { $0.weight > 0 }
    if winner.route.isAI,
      let disabled = live.contains(where: \.isPool) ? disabledPools : disabledBackends
    {
      return "\(disabled), so it answers 500"
    }
    // Beside a cluster for those that are refused there is none for a pool.
    let own = winner.route.isAI ? live : live.filter { !$0.isPool }
    if split.refused.count == own.count, let refusal = split.refused.first?.refusal {
      return "Envoy Gateway refuses its Backend (\(refusal.condition)), so it answers 500; "
        + refusal.advice
    }
    let isDynamic = live.contains { index.backend(ofService: $0.name)?.isDynamic ?? false }
    return isDynamic && split.parts.count > 1
      ? "a Backend of type DynamicResolver cannot be combined with others, so the rule answers 500"
      : nil
  }

  /// What the rule of a plain HTTPRoute answers for what it says itself, and why, nil where it does not;
  /// what fails for a share of the requests, or maybe, is reserved. Envoy answers to all shares without
  /// a backend alike (envoyproxy/gateway v1.8.1, internal/xds/translator/route.go).
  private func ruleFailure(
    of winner: Candidate, _ split: TrafficSplit, _ answer: inout Answer
  ) -> (status: Answer.Status, reason: String)? {
    guard !winner.route.isAI, let (_, route) = index.httpRoute(winner.route.name) else {
      return nil
    }
    let failures = index.failures(of: route).filter {
      $0.rule == winner.rule.index && $0.effect != .dropped
    }
    let shared = failures.filter { $0.effect == .shared || $0.effect == .unavailable }
    let isWhole = shared.count >= split.parts.count { $0.weight > 0 && !$0.isPool }
    let isEmpty = shared.contains { $0.effect == .unavailable }
    for failure in failures where failure.isCertain {
      switch failure.effect {
      case .answered: return (.failed, failure.reason)
      case .closed: return (.unavailable, failure.reason)
      case .shared, .unavailable:
        guard isWhole else { continue }
        let isRefused = shared.contains { $0.effect == .shared }
        return (isRefused ? .failed : .unavailable, failure.reason)
      case .dropped, .passedOver: continue
      }
    }
    for failure in failures {
      switch failure.effect {
      case .shared, .unavailable:
        let status = isEmpty ? Answer.Status.unavailable : .failed
        answer.reservations.append(
          "\(failure.reason): its share is answered with \(status.rawValue)")
      case .passedOver: answer.warnings.append(failure.reason)
      case .answered, .closed, .dropped:
        answer.reservations.append("\(failure.reason): without it the rule answers 500")
      }
    }
    return nil
  }

  // MARK: Backends that are down

  /// Says of backends that are down that the rule does not lead to them; a caller that takes a name that
  /// no rule has says so before.
  private func noteUnknown(_ answer: inout Answer) {
    let own = Set(answer.backends.flatMap { [$0.name.name, $0.name.description] })
    let others = Set(backends.flatMap { [$0.name, $0.description] })
    for name in answer.down.subtracting(own).sorted() where others.contains(name) {
      answer.warnings.append("\(name) is down, and the rule does not lead to it")
    }
  }

  /// Says what those that are down do to requests.
  ///
  /// An active check has taken them out before the request comes; a passive one does after some
  /// failures; otherwise each try that goes to one fails.
  private func applyFailures(
    _ answer: inout Answer, _ split: TrafficSplit, _ traffic: EffectiveTraffic?
  ) {
    let down = answer.backends.filter { $0.weight > 0 && answer.isDown($0.name) }
    guard !down.isEmpty else { return }
    let names = down.map(\.name.name).joined(separator: ", ")
    let isChecked = traffic?.traffic.hasActiveCheck ?? false
    let live = answer.backends.count { $0.weight > 0 }
    let isWatched = traffic?.traffic.takesOut(down.count, of: live) ?? false
    let alive = answer.backends.filter { $0.weight > 0 && !answer.isDown($0.name) }
    guard !alive.isEmpty else {
      answer.status = .unavailable
      answer.reason += "; every backend is down (\(names)), so it answers 503"
      return
    }
    if split.isOneEnvoyCluster, isChecked {
      eject(down, names, of: split, traffic, &answer)
      return
    }
    let isRetried = !split.isDrawnOnce && answer.retry?.catchesFailedConnections ?? false
    let tries = isRetried ? answer.failover[...] : answer.failover.prefix(1)
    guard tries.contains(where: { !$0.backends.allSatisfy(answer.isDown) }) else {
      if split.isOneEnvoyCluster, isWatched {
        eject(down, names, of: split, traffic, &answer)
        answer.warnings.append(
          "the passive check takes \(names) out after some failures; until then requests fail")
        return
      }
      answer.status = .unavailable
      answer.reason +=
        isRetried || answer.retry == nil
        ? "; every backend of its \(tries.count == 1 ? "only try" : "tries") is down (\(names)), "
          + "so it answers 503"
        : "; \(names) is down and no trigger of the retry policy tries again, so it answers 503"
      return
    }
    let lost = answer.backends.filter { answer.isDown($0.name) }.reduce(0) { $0 + $1.share }
    guard lost > 0 else { return }
    answer.warnings.append(
      "\(names) down: \(lost.percent) of the requests fail at the first try and "
        + (isRetried
          ? "are tried again"
          : split.isDrawnOnce && answer.retry != nil
            ? "get 503, as each try of a request goes to the Backend that it is drawn for"
            : "get 503, as nothing tries again")
        + (isWatched ? ", until the passive check takes it out" : ""))
  }

  /// Spreads the requests over what health checks leave, as far as Envoy goes by them.
  private func eject(
    _ down: [Answer.Backend], _ names: String, of split: TrafficSplit,
    _ traffic: EffectiveTraffic?, _ answer: inout Answer
  ) {
    let places = Set(down.map(\.refIndex))
    let live = answer.backends.filter { $0.weight > 0 }
    var hosts: [Int: (healthy: Int, all: Int)] = [:]
    for part in live {
      let count = max(1, index.backend(ofService: part.name)?.endpoints.count ?? 1)
      hosts[part.tier, default: (0, 0)].all += count
      if !places.contains(part.refIndex) {
        hosts[part.tier, default: (0, 0)].healthy += count
      }
    }
    let spread = PriorityLoad(hosts, panicBelow: traffic?.traffic.panicThreshold ?? 50)
    let out = Set(
      down.filter { !spread.panicking.contains($0.tier) }.map(\.refIndex))
    let shares = split.shares(out: out)
    for place in answer.backends.indices {
      let load = spread.loads[answer.backends[place].tier] ?? 0
      answer.backends[place].tierShare = shares[place]
      answer.backends[place].share = shares[place] * Double(load) / 100
    }
    answer.priorities = Set(live.filter { !out.contains($0.refIndex) }.map(\.priority)).sorted()
    answer.failover = split.attempts(answer.retry, out: out)
    if !out.isEmpty { answer.reason += "; health checks take \(names) out" }
    noteSpread(spread, of: split, &answer)
  }

  /// Says where requests go that health checks turn away.
  private func noteSpread(
    _ spread: PriorityLoad, of split: TrafficSplit, _ answer: inout Answer
  ) {
    let used = spread.loads.filter { $0.value > 0 }.keys.sorted()
    if used.count == 1, let priority = used.first, priority != split.priorities.first,
      split.exception == nil
    {
      answer.reason += ", so priority \(priority) answers"
    } else if used.count > 1 {
      let parts = used.map { "\(spread.loads[$0] ?? 0)% to priority \($0)" }
      answer.reason += ", so \(parts.joined(separator: ", "))"
    }
    guard !spread.panicking.isEmpty else { return }
    let lost = answer.backends.filter { answer.isDown($0.name) }.reduce(0) { $0 + $1.share }
    answer.warnings.append(
      "too few are left: Envoy panics and sends to all of them, down or not, so that "
        + "\(lost.percent) of the requests fail at the first try")
  }

  /// Makes the answer what becomes of a request without a body that a rule would send to a backend:
  /// AI Gateway translates the body that it read, and there is none.
  func fail(withoutBody answer: inout Answer) {
    guard answer.status == .done else { return }
    answer.status = .failed
    answer.reason += "; AI Gateway has no body to send to the backend, so it answers 500"
  }
}
