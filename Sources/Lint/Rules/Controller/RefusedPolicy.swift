import Schemas
import YAML
import Resources

extension Rule {
  static let refusedPolicy = Rule(
    "policy.refused", "refused-policy", .error, .controller, "a policy that Envoy Gateway refuses",
    why: "The API server accepts the policy, but Envoy Gateway refuses it, and every request that "
      + "it covers gets 500. The Accepted condition of the policy says why.",
    bad: "backOff: {baseInterval: 2s, maxInterval: 1s}",
    good: "backOff: {baseInterval: 1s, maxInterval: 2s}",
    reference: Citation.envoyGateway("internal/gatewayapi/backendtrafficpolicy.go"),
    repair: .confirmed,
    .bundle { index, report in
      for holder in [Policy.Kind.backend, .extensions].flatMap({ index.policies($0).all }) {
        addFindings(refusals(of: holder, in: index), in: holder.index, &report)
        addFindings(skips: index.skips(of: holder.policy), in: holder.index, &report)
      }
      for asked in index.clientSecurity {
        addFindings(
          skips: index.skips(of: asked.policy), in: asked.index, source: asked.source, &report)
        addFindings(
          refusals(
            of: PolicyAttachments.Holder(index: asked.index, policy: asked.policy), in: index),
          in: asked.index, of: asked.title,
          source: asked.source, &report)
      }
      let listeners = index.clientListeners
      for holder in index.clientPolicies.all {
        var refusals: [PolicyRefusal] = []
        for place in listeners[holder.index] ?? [] {
          refusals += index.refusals(of: holder.policy, at: place).filter {
            !refusals.contains($0)
          }
        }
        // Without a listener among the documents, what no listener changes.
        if listeners[holder.index] == nil {
          refusals = index.refusals(of: holder.policy, at: nil)
        }
        addFindings(refusals, in: holder.index, &report)
      }
      addMerged(in: index, &report)
      addPlaced(in: index, &report)
    })

  private static func addFindings(
    _ refusals: [PolicyRefusal], in document: Int, of title: String = "the policy",
    source: (Path) -> Path = { $0 }, _ report: inout Report
  ) {
    for refusal in refusals {
      // Other rules report these.
      if refusal.path == .bufferLimit { continue }
      let effect = refusal.isIgnored ? "does nothing that it asks for" : "answers 500"
      report.add(
        "Envoy Gateway refuses \(title) and \(effect) (\(refusal.condition)); "
          + refusal.advice, at: source(refusal.path), in: document,
        severity: refusal.isCertain ? nil : .warning)
      guard let value = refusal.replacement, let shown = value.scalar?.text else { continue }
      report.attach(
        // Which of two settings is wrong, or what was meant, only its author knows.
        Fix(
          "write \(shown)", [.set(document: document, source(refusal.path), value)],
          caution: .guess))
    }
  }

  /// Reports what fails open.
  private static func addFindings(
    skips: [PolicyRefusal], in document: Int, source: (Path) -> Path = { $0 },
    _ report: inout Report
  ) {
    for refusal in skips {
      report.add(
        "Envoy Gateway leaves this out, and by failOpen every request passes without it "
          + "(\(refusal.condition)); \(refusal.advice)", at: source(refusal.path), in: document)
    }
  }

  /// A policy may be sound by itself and not together with the one that it is merged with.
  private static func addMerged(in index: ResourceIndex, _ report: inout Report) {
    for kind in [Policy.Kind.backend, .security] {
      for (own, parent) in index.mergedPairs(kind) {
        let known = index.refusals(of: own.policy) + index.refusals(of: parent.policy)
        guard
          let refusal = index.refusals(of: [own, parent]).first(where: { !known.contains($0) })
        else { continue }
        let effect = refusal.isIgnored ? "does nothing that it asks for" : "answers 500"
        report.add(
          "merged with policy \(parent.policy.name), Envoy Gateway refuses it and \(effect) "
            + "(\(refusal.condition)); \(refusal.advice)", at: refusal.path, in: own.index)
      }
    }
  }

  /// What Envoy Gateway refuses a policy for by itself, as far as the policies that it is merged with
  /// wherever it holds do not mend it.
  private static func refusals(of holder: PolicyAttachments.Holder, in index: ResourceIndex)
    -> [PolicyRefusal]
  {
    let own = index.refusals(of: holder.policy)
    guard !own.isEmpty, !index.holdsAlone(holder) else { return own }
    let merged = index.combinations(of: holder).flatMap { index.refusals(of: $0) }
    return own.filter(merged.contains)
  }

  /// A policy may be sound by itself and ask for what the listener or its proxies do not have.
  private static func addPlaced(in index: ResourceIndex, _ report: inout Report) {
    let kinds = [Policy.Kind.security, .extensions].filter { kind in
      index.policies(kind).all.contains { $0.policy.dependsOnPlace }
    }
    guard !kinds.isEmpty else { return }
    var reported: Set<Int> = []
    for own in index.ruleNames {
      for place in index.knownPlaces(of: own.attachment) {
        for (kind, name) in kinds.flatMap({ kind in own.names.map { (kind, $0) } }) {
          let found = index.policies(
            kind, onRule: name, of: own.route, gateway: place.gateway.name,
            listener: place.listener.name)
          for holder in found.prefix(1) where !reported.contains(holder.index) {
            let refusals = index.placedRefusals(
              of: holder.policy.spec, from: holder.policy, at: place)
            guard !refusals.isEmpty else { continue }
            reported.insert(holder.index)
            addFindings(refusals, in: holder.index, &report)
          }
        }
      }
    }
  }
}

extension Policy {
  /// Whether what it asks for is to be found in a listener or its proxies.
  fileprivate var dependsOnPlace: Bool {
    !spec.list("dynamicModule").isEmpty
      || (spec.given("authorization")?.list("rules") ?? []).contains {
        $0.given("principal", "clientIPGeoLocations") != nil
      }
  }
}

extension ResourceIndex {
  /// The listeners among the documents that a route is served by.
  fileprivate func knownPlaces(of route: GatewayAttachment) -> [KnownListener] {
    places(of: route).compactMap { place in
      guard let gateway = gateways[place.gateway]?.gateway,
        let listener = place.listener.flatMap(gateway.listener)
      else { return nil }
      return KnownListener(gateway: gateway, listener: listener)
    }
  }
}
