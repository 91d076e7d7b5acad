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
        let isByRequest = key == "rateLimit" && traffic.ignoresCost(in: index.release)
        let effect =
          isClosed
          ? "answers every request with 503"
          : isByRequest
            ? effect + ", for which Envoy Gateway 1.8.0 and 1.8.1 count requests and ignore cost"
            : effect
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
    let authentication = ["apiKeyAuth", "basicAuth", "jwt", "oidc", "extAuth"]
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
        reservations.append(
          "SecurityPolicy \(holder.policy.name) (\(asked.joined(separator: ", "))) decides first "
            + "whether the request is admitted; otherwise the answer is 401 or 403")
      }
    }
    let isPatched = !index.configuration(lacks: \.takesPatches)
    for document in index.others(.envoyPatchPolicy) where isPatched && patches(document) {
      reservations.append("EnvoyPatchPolicy \(document.name) changes Envoy's configuration")
    }
    return reservations
  }

  /// The parts of the SecurityPolicies that hold for a match.
  func parts(of candidate: Candidate, on listener: CompiledListener) -> Set<String> {
    Set(index.spec(of: securityPolicies(for: candidate, on: listener)).entries.map(\.key))
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
