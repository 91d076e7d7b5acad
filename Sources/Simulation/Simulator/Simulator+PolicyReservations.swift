import Schemas
import YAML
import Resources

extension Simulator {
  /// What a BackendTrafficPolicy may make of a request that a match takes.
  func trafficReservations(
    _ traffic: EffectiveTraffic?, _ answer: Answer, _ winner: Candidate,
    on listener: CompiledListener
  ) -> [String] {
    var reservations: [String] = []
    if let traffic {
      let isLimited = mayLimit(traffic, answer, winner, on: listener)
      for (key, effect) in Simulator.effects where traffic.traffic.spec.given(key) != nil {
        if key == "rateLimit", !isLimited { continue }
        let policy = traffic.origin(key)?.name ?? ""
        let isClosed = key == "circuitBreaker" && traffic.traffic.zeroCircuitBreaker != nil
        let effect = isClosed ? "answers every request with 503" : effect
        reservations.append("\(key) of BackendTrafficPolicy \(policy) \(effect)")
      }
    }
    return reservations
  }

  /// Whether a rule of a rate limit may count a request. Headers that policies or Envoy itself may
  /// write are left open.
  private func mayLimit(
    _ traffic: EffectiveTraffic, _ answer: Answer, _ winner: Candidate,
    on listener: CompiledListener
  ) -> Bool {
    guard let request = answer.indexedRequest?.request else { return true }
    let isRead = winner.route.isAI && !request.lacksBody
    let isOpen = !extensions(for: winner, on: listener).isEmpty
    let written = Set(
      securityPolicies(for: winner, on: listener).flatMap {
        $0.policy.writtenHeaders(without: answer.settled)
      })
    return traffic.traffic.rateLimits.contains { rule in
      rule.idleCost == nil && rule.counts(method: request.method)
        && rule.headers.allSatisfy { header in
          if isRead, header.name == WellKnown.modelHeader {
            return header.fits(request.model ?? "")
          }
          let isKnown = !isOpen && !written.contains(header.name) && header.isClients
          return !isKnown || header.fits(request.joinedHeader(header.name))
        }
    }
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
  /// that are settled nothing is left to say.
  func securityReservations(
    first: Candidate, final: Candidate?, on listener: CompiledListener, _ settled: Set<String>
  ) -> [String] {
    var reservations: [String] = []
    var seen: Set<Int> = []
    let authentication = ["apiKeyAuth", "basicAuth", "jwt", "oidc", "extAuth"]
    for (candidate, parts) in [(first, authentication)]
      + (final.map { [($0, ["authorization"])] } ?? [])
    {
      for holder in securityPolicies(for: candidate, on: listener) {
        let isSkipped = !index.skips(of: holder.policy).isEmpty
        let asked = parts.filter {
          holder.policy.spec.given($0) != nil && !settled.contains($0)
            && !(isSkipped && $0 == "extAuth")
        }
        guard !asked.isEmpty, seen.insert(holder.index).inserted else { continue }
        reservations.append(
          "SecurityPolicy \(holder.policy.name) (\(asked.joined(separator: ", "))) decides first "
            + "whether the request is admitted; otherwise the answer is 401 or 403")
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

  /// Backends that policies call and that are missing or lack a ReferenceGrant.
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
}

extension RateLimitRule.Header {
  /// Whether only clients write a header by this name.
  fileprivate var isClients: Bool {
    let others = ["x-forwarded-", "x-envoy-", "x-ai-eg-", "x-request-id", "x-real-ip"]
    return name.hasPrefix("x-") && !others.contains(where: name.hasPrefix)
  }
}
