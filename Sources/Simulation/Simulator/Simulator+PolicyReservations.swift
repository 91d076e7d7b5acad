import Resources
import Schemas
import YAML

extension Simulator {
  /// What a BackendTrafficPolicy may make of a request that a match takes.
  func trafficReservations(
    _ traffic: EffectiveTraffic?, _ answer: Answer, _ winner: Candidate,
    on listener: CompiledListener
  ) -> [String] {
    var reservations: [String] = []
    if let traffic {
      let limiter = limiter(traffic, answer, winner, on: listener)
      for (key, effect) in Simulator.effects where traffic.traffic.spec.given(key) != nil {
        // That is no matter of other requests.
        if key == "circuitBreaker", traffic.traffic.zeroCircuitBreaker != nil { continue }
        if key == "rateLimit", limiter == nil { continue }
        let policy = (key == "rateLimit" ? limiter : traffic.origin(key))?.name ?? ""
        let isByRequest = key == "rateLimit" && traffic.ignoresCost(in: index.release)
        let effect =
          isByRequest
          ? effect + ", for which Envoy Gateway 1.8.0 and 1.8.1 count requests and ignore cost"
          : effect
        reservations.append("\(key) of BackendTrafficPolicy \(policy) \(effect)")
      }
    }
    return reservations
  }

  /// The policy with a rule of a rate limit that may count a request. Headers that policies or Envoy
  /// itself may write are left open.
  private func limiter(
    _ traffic: EffectiveTraffic, _ answer: Answer, _ winner: Candidate,
    on listener: CompiledListener
  ) -> Policy? {
    guard let request = answer.indexedRequest?.request else { return traffic.origin("rateLimit") }
    let isRead = winner.route.isAI && !request.lacksBody
    let isOpen = !extensions(for: winner, on: listener).isEmpty
    let written = Set(
      securityPolicies(for: winner, on: listener).flatMap {
        $0.policy.writtenHeaders(without: answer.settled)
      })
    return traffic.rateLimits.first { _, rule in
      rule.idleCost == nil && rule.counts(method: request.method)
        && rule.headers.allSatisfy { header in
          if isRead, header.name == WellKnown.modelHeader {
            return header.fits(request.model ?? "")
          }
          let isKnown = !isOpen && !written.contains(header.name) && header.isClients
          return !isKnown || header.fits(request.joinedHeader(header.name))
        }
    }?.policy
  }

  /// What depends on other requests, on chance or on the answer of the backend.
  private static let effects = [
    ("rateLimit", "answers 429 above its limit"),
    ("circuitBreaker", "answers 503 while too much is under way"),
    ("admissionControl", "rejects requests while many fail"),
  ]

  /// Faults are injected by the policy of the route that takes the request first.
  func faultReservations(_ first: Candidate, on listener: CompiledListener) -> [String] {
    guard let traffic = traffic(for: first, on: listener),
      let policy = traffic.origin("faultInjection")
    else { return [] }
    let percentage = traffic.traffic.abortedPercentage
    if percentage == 0, traffic.traffic.spec.given("faultInjection", "delay") == nil { return [] }
    if let percentage, percentage >= 100 {
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

  /// Authentication is that of the first match's policy, authorization that of the final match's
  /// (envoyproxy/gateway v1.8.1, internal/xds/translator/httpfilters.go).
  ///
  /// Without a final match AI Gateway answers itself, after the first match's authentication. Of parts
  /// that are settled nothing is left to say. `initial` is the first match where AI Gateway comes
  /// before authentication, and `first` the one by which that is then done.
  func securityReservations(
    first: Candidate, initial: Candidate? = nil, final: Candidate?, on listener: CompiledListener,
    _ settled: Set<String>
  ) -> [String] {
    var reservations: [String] = []
    var seen: Set<Int> = []
    let authentication = Policy.authenticationFields
    var sources = [(first, authentication)]
    if let initial, initial !== first {
      let own = parts(of: first, on: listener)
      let on = parts(of: initial, on: listener).intersection(Policy.switchedAuthentication)
      sources = [
        (
          first,
          authentication.filter { on.contains($0) || !Policy.switchedAuthentication.contains($0) }
        ),
        (initial, authentication.filter { on.contains($0) && !own.contains($0) }),
      ]
    }
    for (candidate, parts) in sources + (final.map { [($0, ["authorization"])] } ?? []) {
      for holder in securityPolicies(for: candidate, on: listener) {
        let isSkipped = !index.skips(of: holder.policy).isEmpty
        let asked = parts.filter {
          holder.policy.spec.given($0) != nil && !settled.contains($0)
            && !(isSkipped && $0 == "extAuth")
        }
        guard !asked.isEmpty, seen.insert(holder.index).inserted else { continue }
        reservations.append(reservation(holder.policy, deciding: asked))
      }
    }
    let isPatched = !index.configuration(lacks: \.takesPatches)
    for document in index.others(.envoyPatchPolicy) where isPatched && patches(document) {
      reservations.append("EnvoyPatchPolicy \(document.name) changes Envoy's configuration")
    }
    return reservations
  }

  /// What parts of a SecurityPolicy decide of which nothing more is known.
  func reservation(_ policy: Policy, deciding parts: [String]) -> String {
    "SecurityPolicy \(policy.name) (\(parts.joined(separator: ", "))) decides first whether the "
      + "request is admitted; otherwise the answer is 401 or 403"
  }

  /// The parts of the SecurityPolicies that hold for a match.
  func parts(of candidate: Candidate, on listener: CompiledListener) -> Set<String> {
    Set(index.spec(of: securityPolicies(for: candidate, on: listener)).entries.map(\.key))
  }

  /// Whether the filters that authenticate for one match run: those of keys, users and services do only
  /// where the first match has some of their kind (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/api_key_auth.go, basicauth.go, extauth.go).
  func runsFilters(
    of candidate: Candidate, by first: Candidate, on listener: CompiledListener
  ) -> Bool {
    parts(of: candidate, on: listener).intersection(Policy.switchedAuthentication)
      .isSubset(of: parts(of: first, on: listener))
  }

  /// The programs of an EnvoyExtensionPolicy run where the route that takes the request first has one:
  /// elsewhere their filters are off (envoyproxy/gateway v1.8.1, internal/xds/translator/lua.go,
  /// extproc.go, wasm.go).
  func extensionReservations(_ first: Candidate, on listener: CompiledListener) -> [String] {
    extensions(for: first, on: listener).map {
      "EnvoyExtensionPolicy \($0.policy.name) may change or answer requests"
    }
  }

  /// Whether an EnvoyPatchPolicy is for the Gateway; where Gateways share proxies, it names their
  /// class (envoyproxy/gateway v1.8.1, internal/gatewayapi/envoypatchpolicy.go).
  private func patches(_ document: Document) -> Bool {
    let target = document.node["spec"]?.given("targetRef")
    guard let gateway, target?.given("kind")?.text == GroupKind.gateway.kind else { return true }
    return ObjectKey(document.key.namespace, target?["name"]?.text ?? "") == gateway
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

  /// What the policies for a rule read or call that is missing or lacks a ReferenceGrant.
  func referenceReservations(
    on candidate: Candidate, _ traffic: EffectiveTraffic?, on listener: CompiledListener
  ) -> [String] {
    placeReservations(on: candidate, on: listener)
      + referenceReservations(of: securityPolicies(for: candidate, on: listener))
      + referenceReservations(of: extensions(for: candidate, on: listener))
      + storeReservations(of: traffic?.policies ?? [])
  }

  /// What a SecurityPolicy for a rule asks of the listener or its proxies that is not among the documents.
  private func placeReservations(on candidate: Candidate, on listener: CompiledListener)
    -> [String]
  {
    let policies = securityPolicies(for: candidate, on: listener)
    guard let own = policies.first?.policy, let place = knownListener(of: listener) else {
      return []
    }
    return index.placedRefusals(of: index.spec(of: policies), from: own, at: place)
      .filter { !$0.isCertain }.map {
        "SecurityPolicy \(own.name) is refused as far as the documents say (\($0.condition)): unless "
          + "there is more, every request that it covers is answered with 500"
      }
  }

  /// Backends that policies of a kind call and that are missing or lack a ReferenceGrant, and what else
  /// they read.
  func referenceReservations(of policies: [PolicyAttachments.Holder]) -> [String] {
    storeReservations(of: policies)
      + policies.map(\.policy).flatMap { policy in
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

  /// Secrets and ConfigMaps that the policies of a kind for a rule read and that are likely missing or
  /// lack a ReferenceGrant, and a login of which the documents do not say all. What the nearest policy
  /// names itself of a part, its parent is not asked for; what fails open is left out.
  private func storeReservations(of policies: [PolicyAttachments.Holder]) -> [String] {
    guard let own = policies.first?.policy else { return [] }
    let spec = index.spec(of: policies)
    let effect =
      "every request that \(own.kind.rawValue) \(own.name) covers is answered with 500"
    var reservations = policies.map(\.policy).flatMap { policy in
      policy.stores.compactMap { use -> String? in
        guard case .key(let part)? = use.path.steps.dropFirst().first,
          policy.key == own.key || own.spec.given(part) == nil,
          !spec.failsOpen(at: use.path)
        else { return nil }
        let store = "\(use.kind) \(use.object)"
        if index.lacksGrant(for: use, of: policy) {
          return "no ReferenceGrant here lets \(policy.kind.rawValue) \(policy.name) of "
            + "\(policy.namespace) refer to \(store): without one \(effect)"
        }
        return index.isStoreLikelyMissing(use.kind, use.object)
          ? "\(store) is not here: without it \(effect)" : nil
      }
    }
    if let login = spec.given("oidc").map(Login.init), login.isDiscovered {
      reservations.append(
        "Envoy Gateway asks \(login.issuer) where to send clients for a login: while it gets no "
          + "answer, \(effect)")
    }
    return reservations
  }

  /// Headers that authentication may write before the route is chosen a second time, and that some
  /// match asks for.
  func headerReservations(
    _ first: Candidate, _ host: CompiledListener.VirtualHost, on listener: CompiledListener,
    _ settled: Set<String>
  ) -> [String] {
    let tested = Set(
      host.candidates.flatMap { $0.condition.headers.map { $0.name.lowercased() } })
    return securityPolicies(for: first, on: listener).flatMap { holder in
      Set(holder.policy.writtenHeaders(without: settled)).intersection(tested).sorted().map {
        name in
        "SecurityPolicy \(holder.policy.name) may write header \(name) before the rule is chosen, "
          + "which then may be another"
      }
    }
  }

  /// What quotas of models do to the requests: nothing where Envoy has a cluster of each backend,
  /// as AI Gateway finds the rule by the name of its only cluster (envoyproxy/ai-gateway v1.1.0,
  /// internal/extensionserver/quota_ratelimit.go).
  func quotaReservations(_ answer: Answer, _ winner: Candidate, _ split: TrafficSplit) -> [String] {
    guard index.release >= .v0_7, winner.route.isAI, let number = winner.rule.index,
      let route = index.route(winner.route.name)?.route, route.rules.indices.contains(number)
    else { return [] }
    if case .each = split.clusters { return [] }
    let quotas = index.quotas(of: index.quotaPolicies, for: route.rules[number], of: route)
    guard quotas.mayRefuse, let first = quotas.parts.first else { return [] }
    let names = Set(quotas.parts.map(\.policy.key.name)).sorted()
    let isOpen = answer.backends.contains {
      $0.weight > 0 && quotas.lacks($0.name, model: $0.model)
    }
    let isDivided = quotas.parts.contains { $0.quota.buckets.count > 1 }
    return [
      (names.count > 1
        ? "QuotaPolicies \(names.joined(separator: ", ")) answer"
        : "QuotaPolicy \(names[0]) answers")
        + " 429 "
        + (quotas.titles.count > 1
          ? "where all of these quotas are exhausted: \(quotas.titles.joined(separator: ", "))"
          : "above its quota of model \(first.quota.model.quoted)")
        + (isDivided ? ", where no bucket for the client has room" : "")
        + (isOpen ? "; then to every request of the rule, whatever its model and backend" : "")
    ]
  }
}

extension RateLimitRule.Header {
  /// Whether only clients write a header by this name.
  fileprivate var isClients: Bool {
    let others = ["x-forwarded-", "x-envoy-", "x-ai-eg-", "x-request-id", "x-real-ip"]
    return name.hasPrefix("x-") && !others.contains(where: name.hasPrefix)
  }
}

extension Node {
  /// Whether the part of a policy's spec in which a path leads says that requests pass without it.
  fileprivate func failsOpen(at path: Path) -> Bool {
    let steps = path.steps.dropFirst()
    return [1, 2].contains { count in
      self[Path(Array(steps.prefix(count)))]?.given("failOpen")?.bool == true
    }
  }
}
