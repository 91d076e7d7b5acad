import Resources
import Schemas
import YAML

extension Simulator {
  /// What keeps AI Gateway from writing the HTTPRoute of a route.
  func routeReservations(_ candidate: Candidate) -> [String] {
    if let mcpRoute = mcpRoute(of: candidate),
      let (server, reason) = index.failure(of: mcpRoute)
    {
      return [
        "AI Gateway stops at server \(server) of MCPRoute \(mcpRoute.key) (\(reason)): unless they are "
          + "there from before, the servers from it on are missing, and clients are asked for nothing "
          + "that it says"
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

  /// Envoy refuses the endpoints of a priority above its greatest (envoyproxy/envoy v1.38.1,
  /// api/envoy/config/endpoint/v3/endpoint_components.proto).
  func priorityReservations(_ answer: Answer) -> [String] {
    let isHigh = { (part: Answer.Backend) in
      part.weight > 0 && part.priority > 128 && part.isPriorityWritten
    }
    guard let high = answer.backends.first(where: isHigh) else { return [] }
    return [
      "priority \(high.priority) of \(high.name.name) is above 128: Envoy refuses the configuration "
        + "and keeps the previous one"
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
      if part.isPool, index.hasOnlyOld(part.name) {
        reservations.append(
          "AI Gateway looks at InferencePools of inference.networking.k8s.io/v1 only, and "
            + "\(part.name) is of another group: unless there is one of this name, the share of "
            + "\(part.name.name) is answered with 500")
      } else if part.isPool
        ? ObjectKey.isLikelyMissing(part.name, among: index.pools)
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

  /// Backends with TLS that name no CA; a BackendTLSPolicy outside the documents may.
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

  /// Client certificates for backends with TLS that are invalid or likely missing.
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

  /// Backends to which proxies have no version of TLS to offer.
  func tlsVersionReservations(_ answer: Answer) -> [String] {
    let proxy = gateway.flatMap { index.gateways[$0]?.gateway }.flatMap(index.knownProxy)
    return answer.backends.compactMap { part in
      guard part.weight > 0, part.failure == nil, let backend = index.backend(of: part),
        index.emptyTLSVersions(to: backend, by: proxy) != nil
      else { return nil }
      return
        "\(part.name.name) is offered no version of TLS before Envoy Gateway 1.8.3 (minVersion 1.3 "
        + "without maxVersion): its share fails with 503"
    }
  }

  /// Backends whose clusters AI Gateway leaves alone, as it does before 1.1 with those of a single
  /// backend (envoyproxy/ai-gateway v1.0.0, internal/extensionserver/post_translate_modify.go).
  func clusterReservations(_ answer: Answer, _ split: TrafficSplit) -> [String] {
    guard split.isLive, answer.endpoint != nil,
      answer.backends.contains(where: { $0.weight > 0 && $0.settings == nil })
    else { return [] }
    return [
      "AI Gateway \(index.release.rawValue) does not support one Envoy cluster per backend: "
        + "they get the client's request as it is, without credentials"
    ]
  }

  /// Why a backend possibly gets no client certificate, and the effect; nil also where a Backend's or
  /// an EnvoyProxy's is refused, which is answered with 500 already.
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

  /// Backends in other namespaces that no ReferenceGrant lets the HTTPRoute refer to.
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

  /// What keeps requests from the backends of a rule on their way there.
  func sendingReservations(
    _ answer: Answer, _ winner: Candidate, _ traffic: EffectiveTraffic?
  ) -> [String] {
    guard winner.route.isAI, let number = winner.rule.index,
      let route = index.route(winner.route.name)?.route, route.rules.indices.contains(number)
    else { return [] }
    let refs = route.rules[number].refs
    var reservations: [String] = []
    func add(_ text: String) {
      if !reservations.contains(text) { reservations.append(text) }
    }
    for part in answer.backends where part.weight > 0 && part.failure == nil && !part.isPool {
      let changes = [
        refs.indices.contains(part.refIndex) ? refs[part.refIndex].node : nil,
        index.service(part.name)?.node["spec"],
      ]
      if changes.contains(where: { $0?.given("headerMutation")?.setsBrokenHeader == true }) {
        add(
          "headerMutation of \(part.name.name) writes a value with a line end, which Envoy refuses: "
            + "requests to it get 500")
      }
      guard let backend = index.backend(ofService: part.name) else { continue }
      if backend.isDynamic {
        add(
          "Backend \(backend.key.name) of type DynamicResolver: requests go to the host that the "
            + "client names, back to the Gateway where it names that")
      }
      if let host = backend.hosts.first(where: ProviderHost.isPublic),
        let policy = traffic?.origin("proxyProtocol")
      {
        add(
          "BackendTrafficPolicy \(policy.name) speaks the PROXY protocol to \(host): unless it "
            + "expects that, requests get 503")
      }
    }
    return reservations
  }
}

extension Node {
  /// Whether a `headerMutation` writes a value that no header can have.
  fileprivate var setsBrokenHeader: Bool {
    list("set").contains { $0["value"]?.text?.contains(where: \.isNewline) == true }
  }
}
