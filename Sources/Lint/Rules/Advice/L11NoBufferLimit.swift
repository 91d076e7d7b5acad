import Schemas
import YAML
import Resources

extension Rule {
  static let noBufferLimit = Rule(
    "L11", "no-buffer-limit", .warning, "a Gateway without a buffer limit for AI requests",
    why: "Envoy Gateway buffers at most \(RuntimeDefault.bufferLimit) bytes of a request. Long "
      + "prompts, chat histories and images exceed that and get 413. If the Gateway is not among "
      + "the documents, its policy may not be either.",
    bad: "AIGatewayRoute on gw, no ClientTrafficPolicy",
    good: "ClientTrafficPolicy {targetRefs: [gw], connection: {bufferLimit: 50Mi}}",
    reference: Citation.aiGateway("site/docs/getting-started/basic-usage.md"),
    repair: .automatic,
    .bundle { index, report in
      var seen: Set<ObjectKey> = []
      let replaced = index.gatewaysWithReplacedLimit
      for (document, route) in index.routes {
        for (place, parent) in route.parents.enumerated()
        where parent.isGateway && !parent.name.isEmpty {
          let gateway = route.gateway(of: parent)
          guard seen.insert(gateway).inserted, !replaced.contains(gateway) else { continue }
          evaluate(gateway, at: place, of: document, in: index, &report)
        }
      }
    })

  private static func evaluate(
    _ gateway: ObjectKey, at place: Int, of document: Int, in index: ResourceIndex,
    _ report: inout Report
  ) {
    let known = index.gateways[gateway]?.gateway
    let firsts = known.map(index.firstListeners) ?? []
    let holders =
      firsts.isEmpty
      ? [index.clientTraffic(gateway: gateway, listener: nil)] : firsts.map(\.policy)
    let bare = holders.indices.lazy
      .filter { firsts.isEmpty || !index.isLimited(beside: firsts[$0].place) }
      .compactMap { holders[$0] }.first { $0.policy.bufferLimit == nil }
    if let holder = bare {
      report.add(
        "the policy sets no bufferLimit: requests above \(RuntimeDefault.bufferLimit) bytes get 413; use 50Mi",
        at: .bufferLimit, in: holder.index, fix: "write bufferLimit 50Mi",
        .set(.bufferLimit, .string("50Mi")))
      return
    }
    guard holders.contains(where: { $0 == nil }), !index.isMisplaced(for: gateway) else { return }
    addFindings(
      firsts.filter { $0.policy == nil }.map(\.place), of: gateway, at: place, of: document,
      in: index, &report)
  }

  /// Reports a Gateway where the first listeners of some ports are without a policy.
  private static func addFindings(
    _ open: [KnownListener], of gateway: ObjectKey, at place: Int, of document: Int,
    in index: ResourceIndex, _ report: inout Report
  ) {
    let known = index.gateways[gateway]?.gateway
    let path = Path.to("spec", "parentRefs", place)
    if let (shared, other) = open.lazy.compactMap({ place in
      index.foreignListener(of: place).map { (place, $0) }
    }).first {
      // A policy that is refused for it is reported itself.
      if index.clientPolicies[.gateway(gateway)] != nil { return }
      report.add(
        "requests above \(RuntimeDefault.bufferLimit) bytes get 413, and no ClientTrafficPolicy can be applied: listener "
          + "\(other.listener.name) of Gateway \(other.gateway.name.name) has the port of "
          + "\(shared.listener.name) on the same proxies; \(otherPort)", at: path, in: document)
    } else if known.map({ !index.hasClientTraffic($0) }) ?? true {
      // A policy on some listener of a Gateway that is not here, or by labels, may be all it needs.
      if known == nil, index.mayCover(gateway) { return }
      report.add(
        "Gateway \(gateway.name) has no ClientTrafficPolicy here: requests above \(RuntimeDefault.bufferLimit) bytes "
          + "get 413; write one with bufferLimit 50Mi",
        at: path, in: document, severity: known == nil ? .info : .warning,
        fix: "write a ClientTrafficPolicy",
        .add(
          SuggestedObjects.bufferPolicy(
            gateway: gateway.name,
            namespace: index.writtenNamespace(of: gateway, from: document, at: path))))
    } else {
      report.add(
        "listener \(open.map(\.listener.name).alternatives) of Gateway \(gateway.name) has no "
          + "ClientTrafficPolicy: requests above \(RuntimeDefault.bufferLimit) bytes get 413 there; write bufferLimit "
          + "50Mi for the whole Gateway", at: path, in: document)
    }
  }
}

extension AIGatewayRoute {
  /// The names of the rules that requests may meet before their model is known: those with a match
  /// that does not ask for it, up to one that asks for nothing, else route-not-found at last.
  var firstRules: [String?] {
    var names: [String?] = []
    for rule in rules {
      let open = rule.candidates.filter { match in
        !match.headers.contains { $0.name.lowercased() == WellKnown.modelHeader }
      }
      if !open.isEmpty { names.append(rule.name) }
      if open.contains(where: \.headers.isEmpty) { return names }
    }
    return names + [WellKnown.notFoundRule]
  }
}

extension ResourceIndex {
  /// The namespace of a Gateway as it is written: nil where kubectl's current one is meant.
  fileprivate func writtenNamespace(
    of gateway: ObjectKey, from route: Int, at parent: Path
  ) -> String? {
    if let known = gateways[gateway] { return documents[known.index].writtenNamespace }
    return documents[route].node[parent]?.given("namespace")?.text
      ?? documents[route].writtenNamespace
  }

  /// The Gateways for which policies hold the bodies of all AI routes in place of the listeners.
  fileprivate var gatewaysWithReplacedLimit: Set<ObjectKey> {
    let isPossible =
      backendPolicies.all.contains { $0.policy.traffic.requestBuffer != nil }
      || securityPolicies.all.contains { $0.policy.spec.authorizedBody != nil }
    guard isPossible else { return [] }
    let early = earlyReadings
    var replaced: Set<ObjectKey> = []
    var others: Set<ObjectKey> = []
    for (_, route) in routes {
      let places = places(of: route.attachment)
      for gateway in route.attachment.gateways {
        let own = places.filter { $0.gateway == gateway }
        let isHeld = own.allSatisfy { place in
          route.firstRules.allSatisfy {
            holdsBodies(of: route.key, by: $0, on: gateway, place.listener, early)
          }
        }
        if isHeld, !own.isEmpty { replaced.insert(gateway) } else { others.insert(gateway) }
      }
    }
    return replaced.subtracting(others)
  }

  /// Whether a policy holds the bodies of an AI route in place of a listener: by `requestBuffer`, or
  /// for an authorization service, unless AI Gateway comes before it (envoyproxy/ai-gateway v1.1.0,
  /// internal/extensionserver/post_translate_modify.go; envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/http/ext_authz/ext_authz.cc).
  private func holdsBodies(
    of route: ObjectKey, by rule: String?, on gateway: ObjectKey, _ listener: String?,
    _ early: [GatewayPort: EarlyReading]
  ) -> Bool {
    guard early[port(of: gateway, listener)] == nil else { return false }
    let traffic = traffic(ofRule: rule, of: route, gateway: gateway, listener: listener)
    if let traffic, traffic.traffic.requestBuffer?.bytes != nil, refusals(of: traffic).isEmpty {
      return true
    }
    let asked = policies(
      .security, onRule: rule, of: route, gateway: gateway, listener: listener)
    return authorizedBody(of: asked) != nil
  }

  /// The listeners whose policies set the buffer limits of a Gateway's ports, each with its policy.
  fileprivate func firstListeners(of gateway: Gateway)
    -> [(place: KnownListener, policy: PolicyAttachments.Holder?)]
  {
    var seen: Set<String> = []
    return gateway.openListeners.map(first)
      .filter { seen.insert($0.place.title).inserted }
  }

  /// Whether a policy holds for some listener of a Gateway, or for all of it.
  fileprivate func hasClientTraffic(_ gateway: Gateway) -> Bool {
    let names: [String?] = [nil] + gateway.listeners.filter(\.isReady).map(\.name)
    return names.contains { clientTraffic(gateway: gateway.name, listener: $0) != nil }
  }

  /// Whether the Gateway's own policy has a limit that a listener's policy takes away.
  fileprivate func isLimited(beside place: KnownListener) -> Bool {
    let gateway = place.gateway.name
    return clientPolicies[.gateway(gateway, listener: place.listener.name)] != nil
      && clientPolicies[.gateway(gateway)]?.policy.bufferLimit != nil
  }

  /// Whether a policy names the Gateway from another namespace, or finds it there by labels without
  /// a grant, which other rules report.
  fileprivate func isMisplaced(for gateway: ObjectKey) -> Bool {
    clientPolicies.ungranted.contains { $0.target.object == gateway }
      || clientPolicies.all.contains { holder in
        holder.policy.namespace != gateway.namespace
          && gateways[ObjectKey(holder.policy.namespace, gateway.name)] == nil
          && holder.policy.targets(kind: "Gateway").contains { $0.name == gateway.name }
      }
  }

  /// Whether a policy for some listener of the Gateway, or for labels, is among the documents.
  fileprivate func mayCover(_ gateway: ObjectKey) -> Bool {
    clientPolicies.all.contains { holder in
      holder.policy.namespace == gateway.namespace
        && (holder.policy.hasSelectors
          || holder.policy.targets(kind: "Gateway").contains { $0.name == gateway.name })
    }
  }
}
