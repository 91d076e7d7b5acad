import Resources
import Schemas
import YAML

extension Simulator {
  /// Answers for the rule that matched.
  func serve(
    _ answer: inout Answer, _ winner: Candidate, _ client: PolicyAttachments.Holder?,
    on listener: CompiledListener
  ) {
    answer.ruleName = writtenName(of: winner)
    let traffic = traffic(for: winner, on: listener)
    let refused = refusedPolicy(traffic, winner, on: listener)
    guard let rule = winner.rule.index else {
      endByNotFoundRule(&answer, winner, refused)
      return
    }
    answer.rule = rule
    let split = choose(&answer, winner, traffic, client)
    if winner.route.kind == .grpcRoute {
      answer.reservations.append(
        "GRPCRoute \(winner.route.name) takes the request: its filters and policies are not looked at "
          + "here")
      return
    }
    noteUnknown(&answer)
    answer.reservations += routeReservations(winner)
    answer.reservations += index.missingGrants(.httpRoute, winner.route.name)
    if endBeforeBackends(&answer, winner, split, refused) { return }
    let closed = closedCircuit(traffic) ?? refusedCluster(of: split, winner, traffic)
    if closed == nil {
      answer.failover = split.attempts(answer.retry)
      if winner.route.isAI { address(&answer, split) }
    }
    reserveRoutes(&answer, winner, split, traffic, on: listener)
    if let closed {
      answer.status = .unavailable
      answer.reason += "; \(closed)"
      return
    }
    reserveBackends(&answer, winner, split, traffic)
    applyFailures(&answer, split, traffic)
    fail(&answer, split)
  }

  /// A refused policy on a route, and why it is refused.
  typealias RefusedPolicy = (policy: Policy, refusal: PolicyRefusal)

  /// Answers for the generated rule `route-not-found`.
  private func endByNotFoundRule(
    _ answer: inout Answer, _ winner: Candidate, _ refused: RefusedPolicy?
  ) {
    answer.status = .notFound
    answer.reason =
      "no rule takes \(answer.request.model.map { "model \($0)" } ?? "requests without a model"): "
      + "\(WellKnown.notFoundRule) of \(winner.route.name) answers 404"
    if let refused {
      answer.refuse(refused.policy, refused.refusal, "it answers 500 instead")
    }
  }

  /// Writes down the rule that matched, with its retries, timeouts and backends.
  private func choose(
    _ answer: inout Answer, _ winner: Candidate, _ traffic: EffectiveTraffic?,
    _ client: PolicyAttachments.Holder?
  ) -> TrafficSplit {
    answer.route = winner.route.name
    answer.match = winner.match
    answer.reason = reason(for: winner, among: answer.considered)
    answer.retry = Retry(winner.rule, isAI: winner.route.isAI, traffic)
    answer.timeouts = Timeouts(
      winner.rule, isAI: winner.route.isAI, traffic: traffic, client: client)
    let split = TrafficSplit(
      of: winner.rule, in: winner.route, model: answer.request.model, index: index,
      gateway: gateway.flatMap { index.gateways[$0]?.gateway },
      traffic: traffic?.traffic)
    answer.backends = split.parts
    answer.priorities = split.priorities
    answer.ignoresPriorities = split.exception != nil
    return split
  }

  /// Answers where no backend is asked: for a refused policy, for a rule that fails or answers
  /// itself, and for what AI Gateway's MCP proxy does not read; false where the request goes on.
  private func endBeforeBackends(
    _ answer: inout Answer, _ winner: Candidate, _ split: TrafficSplit, _ refused: RefusedPolicy?
  ) -> Bool {
    if let refused {
      answer.refuse(
        refused.policy, refused.refusal, "every request that it covers is answered with 500")
      return true
    }
    if let why = failure(of: split, winner) {
      answer.status = .failed
      answer.reason += "; \(why)"
      return true
    }
    if let (status, why) = ruleFailure(of: winner, split, &answer) {
      answer.status = status
      answer.reason += "; \(why), so that it answers \(status.rawValue)"
      return true
    }
    if let own = ownAnswer(of: winner, on: answer.listener) {
      answer.status = own.status
      answer.reason += "; \(own.reason)"
      answer.backends = []
      return true
    }
    return servingMCPRoute(of: winner) != nil && endUnread(&answer)
  }

  /// Adds what the documents leave open of the rule, its policies and what they refer to.
  private func reserveRoutes(
    _ answer: inout Answer, _ winner: Candidate, _ split: TrafficSplit,
    _ traffic: EffectiveTraffic?, on listener: CompiledListener
  ) {
    answer.reservations += trafficReservations(traffic, answer, winner, on: listener)
    answer.reservations += unknownFilters(of: winner)
    answer.reservations += grantReservations(answer)
    answer.reservations += referenceReservations(on: winner, traffic, on: listener)
    answer.reservations += authorityReservations(answer)
    // The controller creates the Backend of AI Gateway's MCP proxy itself.
    if servingMCPRoute(of: winner) == nil {
      answer.reservations += missingReservations(answer, isAI: winner.route.isAI)
    }
    answer.reservations += quotaReservations(answer, winner, split)
    answer.reservations += priorityReservations(answer)
  }

  /// Adds what the documents leave open of the connections to backends.
  private func reserveBackends(
    _ answer: inout Answer, _ winner: Candidate, _ split: TrafficSplit, _ traffic: EffectiveTraffic?
  ) {
    answer.reservations += clientCertificateReservations(answer)
    answer.reservations += tlsVersionReservations(answer)
    answer.reservations += clusterReservations(answer, split)
    answer.reservations += sendingReservations(answer, winner, traffic)
    if winner.route.isAI { answer.reservations += overrideReservations(answer) }
    answer.reservations += credentialReservations(answer)
    answer.warnings += remarks(on: answer, split, traffic)
  }

  /// Why no request gets to a backend, nil where some do: the first one is too many, and Envoy tries none
  /// again for that (envoyproxy/envoy v1.38.1, source/common/conn_pool/conn_pool_base.cc,
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

  /// Why Envoy has no cluster for a rule, nil where it has: one that is refused takes no requests, unless
  /// an earlier one of its name is still there.
  private func refusedCluster(
    of split: TrafficSplit, _ winner: Candidate, _ traffic: EffectiveTraffic?
  ) -> String? {
    guard winner.route.isAI,
      let backend = split.parts.lazy.filter({ $0.weight > 0 }).compactMap({
        index.backend(ofService: $0.name)
      }).first(where: { index.isRefusedByEnvoy($0, traffic?.traffic) })
    else { return nil }
    return
      "Envoy refuses the cluster of Backend \(backend.key.name), of type DynamicResolver, as AI Gateway "
      + "completes it, so that it answers 503"
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
  ) -> RefusedPolicy? {
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
      if let refusal = refusals.first(where: \.isCertain) { return (own, refusal) }
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

  /// Makes the answer what becomes of a request without a body that a rule would send to a backend:
  /// AI Gateway translates the body that it read, and there is none.
  func failWithoutBody(_ answer: inout Answer) {
    guard answer.status == .done else { return }
    answer.status = .failed
    answer.reason += "; AI Gateway has no body to send to the backend, so it answers 500"
  }
}
