import Schemas
import YAML
import Resources

extension Simulator {
  /// What a BackendTrafficPolicy may make of a request, whatever its route.
  func trafficReservations(_ traffic: EffectiveTraffic?) -> [String] {
    var reservations: [String] = []
    if let traffic {
      for (key, effect) in Simulator.effects where traffic.traffic.spec.given(key) != nil {
        let policy = traffic.origin(key)?.name ?? ""
        let isClosed = key == "circuitBreaker" && traffic.traffic.zeroCircuitBreaker != nil
        let effect = isClosed ? "answers every request with 503" : effect
        reservations.append("\(key) of BackendTrafficPolicy \(policy) \(effect)")
      }
    }
    return reservations
  }

  /// What depends on other requests, on chance or on the answer of the backend.
  private static let effects = [
    ("rateLimit", "answers 429 above its limit"),
    ("circuitBreaker", "answers 503 while too much is under way"),
    ("admissionControl", "rejects requests while many fail"),
    ("responseOverride", "replaces some answers of the backend"),
  ]

  /// Faults are injected by the policy of the route that takes the request first.
  func faultReservations(_ first: Candidate, on listener: CompiledListener) -> [String] {
    guard let traffic = traffic(for: first, on: listener),
      let policy = traffic.origin("faultInjection")
    else { return [] }
    let abort = traffic.traffic.spec.given("faultInjection", "abort")
    if let abort, abort.given("percentage")?.integer ?? 100 == 100 {
      return [
        "faultInjection of BackendTrafficPolicy \(policy.name) answers every request with an error on "
          + "purpose"
      ]
    }
    return [
      "faultInjection of BackendTrafficPolicy \(policy.name) delays or fails some requests on "
        + "purpose"
    ]
  }

  /// Answers what the policy of the route that takes the request first answers to all requests on
  /// purpose; without a percentage that is all of them (envoyproxy/gateway v1.8.1,
  /// api/v1alpha1/fault_injection.go).
  func end(faulty answer: inout Answer, _ first: Candidate, on listener: CompiledListener) -> Bool {
    guard let traffic = traffic(for: first, on: listener), index.refusals(of: traffic).isEmpty,
      let policy = traffic.origin("faultInjection"),
      let abort = traffic.traffic.spec.given("faultInjection", "abort"),
      abort.given("percentage")?.integer ?? 100 == 100,
      let status = abort.given("httpStatus")?.integer.flatMap(Answer.Status.init)
    else { return false }
    answer.status = status
    answer.reason =
      "faultInjection of BackendTrafficPolicy \(policy.name) answers every request with "
      + "\(status.rawValue) on purpose"
    return true
  }

  /// Who asks is checked by the policy of the route that takes the request first, what it may do by
  /// that of the final one (envoyproxy/gateway v1.8.1, internal/xds/translator/httpfilters.go).
  ///
  /// Without a final one AI Gateway answers itself, behind the first's authentication.
  func securityReservations(first: Candidate, final: Candidate?, on listener: CompiledListener)
    -> [String]
  {
    var reservations: [String] = []
    var seen: Set<Int> = []
    let authentication = ["apiKeyAuth", "basicAuth", "jwt", "oidc", "extAuth"]
    for (candidate, parts) in [(first, authentication)]
      + (final.map { [($0, ["authorization"])] } ?? [])
    {
      for holder in securityPolicies(for: candidate, on: listener) {
        let isSkipped = !index.skips(of: holder.policy).isEmpty
        let asked = parts.filter {
          holder.policy.spec.given($0) != nil && !(isSkipped && $0 == "extAuth")
        }
        guard !asked.isEmpty, seen.insert(holder.index).inserted else { continue }
        reservations.append(
          "SecurityPolicy \(holder.policy.name) (\(asked.joined(separator: ", "))) decides first "
            + "whether the request is let in, else it is 401 or 403")
      }
    }
    for holder in final.map({ extensions(for: $0, on: listener) }) ?? [] {
      reservations.append(
        "EnvoyExtensionPolicy \(holder.policy.name) may change or answer requests")
    }
    let isPatched = !index.configuration(lacks: \.takesPatches)
    for document in index.others(.envoyPatchPolicy) where isPatched && patches(document) {
      reservations.append("EnvoyPatchPolicy \(document.name) changes Envoy's configuration")
    }
    return reservations
  }

  /// Whether an EnvoyPatchPolicy is for the Gateway; where Gateways share proxies, it names their
  /// class (envoyproxy/gateway v1.8.1, internal/gatewayapi/envoypatchpolicy.go).
  private func patches(_ document: Document) -> Bool {
    let target = document.node["spec"]?.given("targetRef")
    guard let gateway, target?.given("kind")?.text == GroupKind.gateway.kind else { return true }
    return ObjectKey(document.key.namespace, target?["name"]?.text ?? "") == gateway
  }

  /// The SecurityPolicies of the nearest place that hold for a match; one that Envoy Gateway leaves
  /// aside makes room for the next: the route's, the listener's or Gateway's.
  func securityPolicies(for candidate: Candidate, on listener: CompiledListener)
    -> [PolicyAttachments.Holder]
  {
    securityPolicies(by: candidate, on: listener).first { !$0.isIgnored }?.policies ?? []
  }

  /// The SecurityPolicies that may hold for a match, the nearest first, and whether Envoy Gateway
  /// leaves them aside, which it does on routes only.
  private func securityPolicies(by candidate: Candidate, on listener: CompiledListener)
    -> [(policies: [PolicyAttachments.Holder], isIgnored: Bool)]
  {
    guard let gateway else { return [] }
    func found(onRule rule: String?, of route: ObjectKey) -> [PolicyAttachments.Holder] {
      index.policies(
        .security, onRule: rule, of: route, gateway: gateway, listener: listener.name)
    }
    let wide = found(onRule: nil, of: ObjectKey("", ""))
    if let mcpRoute = servingMCPRoute(of: candidate) {
      return mcpRoute.clientPolicy.map {
        [([PolicyAttachments.Holder(index: mcpRoute.index, policy: $0)], false)]
      } ?? [(found(onRule: nil, of: mcpRoute.mainRoute), false)]
    }
    return [candidate.rule.name, nil].map { found(onRule: $0, of: candidate.route.name) }
      .filter { $0.first?.index != wide.first?.index }
      .map { own in
        let refusals = index.refusals(of: Array(own.prefix(1))) + index.refusals(of: own)
        return (own, refusals.contains(where: \.isIgnored))
      } + [(wide, false)]
  }

  /// The MCPRoute of whose HTTPRoute a match is the first: what shows clients where to get a token
  /// asks for none.
  func servingMCPRoute(of candidate: Candidate) -> MCPRoute? {
    candidate.rule.index == 0 ? mcpRoute(of: candidate) : nil
  }

  /// The EnvoyExtensionPolicy that holds for a match.
  func extensions(for candidate: Candidate, on listener: CompiledListener)
    -> [PolicyAttachments.Holder]
  {
    guard let gateway else { return [] }
    return index.policies(
      .extensions, onRule: candidate.rule.name, of: candidate.route.name, gateway: gateway,
      listener: listener.name)
  }

  /// What is said of SecurityPolicies on a match that Envoy Gateway leaves aside.
  func ignoredPolicies(on candidate: Candidate, on listener: CompiledListener) -> [String] {
    var names: [String] = []
    for (policies, isIgnored) in securityPolicies(by: candidate, on: listener) {
      guard isIgnored, let name = policies.first?.policy.name else { break }
      if !names.contains(name) { names.append(name) }
    }
    return names.map {
      "Envoy Gateway refuses SecurityPolicy \($0) and does nothing that it asks for"
    }
  }

  /// What keeps AI Gateway from writing the HTTPRoute of a route.
  func routeReservations(_ candidate: Candidate) -> [String] {
    if let mcpRoute = servingMCPRoute(of: candidate),
      let (server, reason) = index.failure(of: mcpRoute)
    {
      return [
        "AI Gateway stops at server \(server) of MCPRoute \(mcpRoute.key) (\(reason)): unless they are "
          + "there from before, the servers from it on are missing, and clients are asked for nothing"
      ]
    }
    guard candidate.route.isAI, let entry = index.route(candidate.route.name) else { return [] }
    let effect = "unless one is there from before, it answers 404"
    if let failure = Generated.one(entry.index, in: index, rootPrefix: rootPrefix)?.failure {
      return [
        "AI Gateway does not write the HTTPRoute of \(entry.route.key) (\(failure)); \(effect)"
      ]
    }
    let targets = entry.route.rules.flatMap(\.refs).filter { !$0.isPool }
      .map { $0.target(from: entry.route.namespace) }
    let missing = targets.first { ObjectKey.isLikelyMissing($0, among: index.services.keys) }
    guard let first = missing else { return [] }
    return [
      "AIServiceBackend \(first) is not here; while it is missing AI Gateway does not write the "
        + "HTTPRoute of \(entry.route.key): \(effect)"
    ]
  }

  /// What policies themselves ask has to be there, and needs grants in other namespaces.
  func policyBackendReservations(on candidate: Candidate, on listener: CompiledListener) -> [String]
  {
    let policies =
      securityPolicies(for: candidate, on: listener) + extensions(for: candidate, on: listener)
    return policies.map(\.policy).flatMap { policy in
      let name = "\(policy.kind.rawValue) \(policy.name)"
      return index.skips(of: policy).map {
        "\(name) is left out in part, and by failOpen every request passes without it: "
          + $0.condition
      }
        + PolicyBackend.all(in: policy).compactMap { backend in
          let problem =
            index.lacksGrant(for: backend, of: policy)
            ? "no ReferenceGrant here lets \(name) of \(policy.namespace) refer to \(backend.kind) "
              + "\(backend.object)"
            : index.isBackendLikelyMissing(backend.kind, backend.object)
              ? "\(backend.kind) \(backend.object), which \(name) calls, is not here" : nil
          let effect =
            backend.failsOpen
            ? "passes without being asked for" : "that it covers is answered with 500"
          return problem.map { "\($0): without one every request \(effect)" }
        }
    }
  }

  /// Headers that authentication may write before the route is chosen a second time, and that some
  /// match asks for.
  func headerReservations(
    _ first: Candidate, _ host: CompiledListener.VirtualHost, on listener: CompiledListener
  ) -> [String] {
    let tested = Set(
      host.candidates.flatMap { $0.condition.headers.map { $0.name.lowercased() } })
    return securityPolicies(for: first, on: listener).flatMap { holder in
      Set(holder.policy.writtenHeaders).intersection(tested).sorted().map { name in
        "SecurityPolicy \(holder.policy.name) may write header \(name) before the rule is chosen, "
          + "which then may be another"
      }
    }
  }

  /// What quotas of models do to the requests.
  func quotaReservations(_ answer: Answer, _ winner: Candidate) -> [String] {
    guard index.release >= .v0_7, winner.route.isAI, let number = winner.rule.index,
      let route = index.route(winner.route.name)?.route, route.rules.indices.contains(number)
    else { return [] }
    let rule = route.rules[number]
    let holders = index.quotaHolders
    return index.quotaPolicies.compactMap { policy in
      let asked = answer.backends.filter {
        $0.weight > 0 && policy.isFor(rule.refs[$0.refIndex], of: route)
      }.compactMap(\.model)
      let quota = policy.quotas.first { quota in
        asked.contains(quota.model) && quota.mayRefuse
          && policy.counts(quota, in: rule, of: route)
          && holders.holder(over: quota, of: policy) == nil
      }
      return quota.map {
        "QuotaPolicy \(policy.key.name) answers 429 above its quota of model \($0.model.quoted)"
      }
    }
  }

  /// Envoy refuses the endpoints of a priority above its greatest (envoyproxy/envoy,
  /// api/envoy/config/endpoint/v3/endpoint_components.proto).
  func priorityReservations(_ answer: Answer) -> [String] {
    let isHigh = { (part: Answer.Backend) in
      part.weight > 0 && part.priority > 128 && part.isPriorityWritten
    }
    guard let high = answer.backends.first(where: isHigh) else { return [] }
    return [
      "priority \(high.priority) of \(high.name.name) is above 128: Envoy refuses the configuration "
        + "and goes on with the one before it"
    ]
  }

  /// What is read for backends and is likely missing: their part of the requests then gets 500.
  func missingReservations(_ answer: Answer, isAI: Bool) -> [String] {
    var reservations: [String] = []
    func add(_ what: String, _ name: ObjectKey) {
      let text = "\(what) is not here: without it the share of \(name.name) is answered with 500"
      if !reservations.contains(text) { reservations.append(text) }
    }
    for part in answer.backends where part.weight > 0 && part.failure == nil {
      if part.isPool
        ? ObjectKey.isLikelyMissing(part.name, among: index.pools) || index.hasOnlyOld(part.name)
        : index.isBackendLikelyMissing(part.kind, part.name)
      {
        add("\(part.kind) \(part.name)", part.name)
      }
      guard isAI else { continue }
      let kind = part.isPool ? GroupKind.inferencePool : .aiServiceBackend
      let named = part.settings.map { answer.backends[$0].name }
      for (policy, secret) in index.missingSecrets(of: kind, named ?? part.name) {
        add("Secret \(secret) of BackendSecurityPolicy \(policy.name)", part.name)
      }
      for (policy, secret) in index.refusedSecrets(of: kind, named ?? part.name) {
        reservations.append(
          "the API server refuses Secret \(secret) of BackendSecurityPolicy \(policy.name): without "
            + "it the share of \(part.name.name) is answered with 500")
      }
      if let target = index.missingBackend(ofService: part.name), !part.isPool {
        add("Backend \(target) of AIServiceBackend \(part.name.name)", part.name)
      }
      guard !part.isPool, let backend = index.backend(ofService: part.name) else { continue }
      for endpoint in backend.endpoints {
        let text: String
        switch index.problem(of: endpoint) {
        case .missing(let service): text = "Service \(service) is not here"
        case .closed(let service, _):
          text = "Service \(service) has no port \(endpoint.port ?? 0)"
        case nil: continue
        }
        reservations.append("\(text): requests for \(part.name.name) fail with 503")
      }
      for ref in index.missingAuthorities(of: backend) {
        add(
          "\(ref.kind) \(ref.object), by which the TLS of Backend \(backend.key.name) is verified,",
          part.name)
      }
    }
    return reservations
  }

  /// Backends with TLS whose authorities a BackendTLSPolicy that is not here may name.
  func authorityReservations(_ answer: Answer) -> [String] {
    var seen: Set<ObjectKey> = []
    return answer.backends.compactMap { part in
      guard part.weight > 0, !part.isPool, let backend = index.backend(ofService: part.name),
        index.lacksAuthorities(backend), seen.insert(backend.key).inserted
      else { return nil }
      return
        "tls of Backend \(backend.key.name) names no authorities, and no BackendTLSPolicy here "
        + "does: without any its share is answered with 500"
    }
  }

  /// Certificates for backends with TLS that are none, or likely missing.
  func clientCertificateReservations(_ answer: Answer) -> [String] {
    let own = gateway.flatMap { index.gateways[$0]?.gateway }
    let usual = own.flatMap(index.clientCertificate)
    var reservations: [String] = []
    for part in answer.backends where part.weight > 0 && part.failure == nil {
      guard let backend = index.backend(of: part), index.speaksTLS(to: backend) else { continue }
      // The EnvoyProxy's is looked at beside the Backend's own.
      let named = index.clientCertificate(of: backend)
      for certificate in [named, usual].compactMap({ $0 })
      where certificate.owner != .gateway || named == nil {
        guard let text = reservation(of: certificate, for: part.name.name) else { continue }
        if !reservations.contains(text) { reservations.append(text) }
      }
    }
    return reservations
  }

  /// Why a backend is possibly shown no certificate, and what comes of it; nil also
  /// where a Backend's or an EnvoyProxy's is refused, which is answered with 500 already.
  private func reservation(of certificate: ClientCertificate, for backend: String) -> String? {
    let secret = "Secret \(certificate.secret)"
    let isGateways = certificate.owner == .gateway
    let cause: String
    switch index.problem(of: certificate) {
    case .ignored: cause = "Envoy Gateway 1.7 does not look at the Gateway's tls.backend"
    case .refused(_, let advice) where isGateways:
      cause = "of the Gateway's tls.backend, \(advice)"
    case .elsewhere where isGateways:
      cause = "no ReferenceGrant here lets the Gateway refer to \(secret)"
    case .incomplete(let missing): cause = "\(secret) \(missing)"
    case .likelyMissing where isGateways: cause = "\(secret) is not here"
    case .likelyMissing:
      return "\(secret) is not here: without it the share of \(backend) is answered with 500"
    case .refused, .elsewhere, nil: return nil
    }
    return "\(cause): \(backend) is shown no certificate, and refuses the connection if it asks "
      + "for one"
  }

  /// Envoy Gateway wants a grant of its own, for what the HTTPRoute refers to.
  func grantReservations(_ answer: Answer) -> [String] {
    guard let namespace = answer.route?.namespace else { return [] }
    var reservations: [String] = []
    for backend in answer.backends where backend.weight > 0 {
      let kind: GroupKind =
        switch backend.kind {
        case "InferencePool": .inferencePool
        case "Service": .service
        case _: .backend
        }
      let target: ObjectKey?
      switch backend.kind {
      case "InferencePool": target = backend.name
      case "AIServiceBackend":
        // One that is not among the documents is taken to have its Backend beside it.
        target = index.service(backend.name)?.target ?? ObjectKey(backend.name.namespace, "")
      case "Service", "Backend": target = backend.name
      case _: target = nil
      }
      guard let target, target.namespace != namespace else { continue }
      let name = target.name.isEmpty ? nil : target.name
      if !index.grants.allow(
        .httpRoute, from: namespace, to: kind, in: target.namespace, name: name)
      {
        reservations.append(
          "no ReferenceGrant here lets HTTPRoutes of \(namespace) refer to \(kind.kind)s in "
            + "\(target.namespace): without one the share of \(backend.name.name) answers 500")
      }
    }
    return reservations
  }
}
