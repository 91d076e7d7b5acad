import Schemas
import YAML

/// The BackendTrafficPolicy that holds for a rule of an HTTPRoute behind a listener: one policy, or
/// one merged with that of the listener or Gateway.
package struct EffectiveTraffic: Sendable {
  /// The policies that it comes from, the nearest first.
  package let policies: [PolicyAttachments.Holder]
  package let traffic: BackendTraffic

  /// The nearest of its policies that has a part of the spec.
  package func origin(_ first: String, _ more: String...) -> Policy? {
    policies.map(\.policy).first { policy in
      var node = policy.spec.given(first)
      for key in more { node = node?.given(key) }
      return node != nil
    }
  }
}

extension ResourceIndex {
  /// What holds for a rule behind a listener, nil where no policy does.
  ///
  /// The nearest policy replaces all others: the rule's, the route's, the listener's, the
  /// Gateway's. One of the rule or route with mergeType is merged with the listener's, or else the
  /// Gateway's, never with the route's (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/backendtrafficpolicy.go).
  package func traffic(
    ofRule rule: String?, of route: ObjectKey, gateway: ObjectKey, listener: String?
  ) -> EffectiveTraffic? {
    let policies = policies(
      .backend, onRule: rule, of: route, gateway: gateway, listener: listener)
    guard let own = policies.first else { return nil }
    guard policies.count > 1 else {
      return EffectiveTraffic(policies: policies, traffic: own.policy.traffic)
    }
    let spec = own.policy.overlaying(policies[1].policy, in: release.schemaSet)
    return EffectiveTraffic(
      policies: policies, traffic: BackendTraffic(spec: spec))
  }

  /// The Gateways among the documents that serve a route.
  package func gateways(of route: AIGatewayRoute) -> [Gateway] {
    Set(places(of: route.attachment).map(\.gateway)).compactMap { gateways[$0]?.gateway }
  }

  /// The places at which a route is served: its Gateways, each with the listeners that take it, or
  /// that it names where the Gateway is not among the documents.
  package func places(of route: GatewayAttachment) -> [(gateway: ObjectKey, listener: String?)] {
    var places: [(gateway: ObjectKey, listener: String?)] = []
    var seen: Set<PolicyTarget> = []
    func add(_ gateway: ObjectKey, _ listener: String?) {
      guard seen.insert(.gateway(gateway, listener: listener)).inserted else { return }
      places.append((gateway, listener))
    }
    for parent in route.parents where parent.isGateway {
      let key = parent.gateway(from: route.namespace)
      guard let gateway = gateways[key]?.gateway else {
        add(key, parent.sectionName)
        continue
      }
      for listener in gateway.listeners(for: parent)
      where listener.isReady && admits(route.namespace, to: listener, of: gateway) {
        add(key, listener.name)
      }
    }
    return places
  }

  /// What holds for a rule of a route at each place where it is served, nil where no policy does.
  package func traffic(of rule: RouteRule, of route: AIGatewayRoute) -> [EffectiveTraffic?] {
    places(of: route.attachment).map {
      traffic(ofRule: rule.name, of: route.key, gateway: $0.gateway, listener: $0.listener)
    }
  }
}

extension ResourceIndex {
  /// Why Envoy Gateway refuses a ClientTrafficPolicy at a listener that it holds for; without one,
  /// as far as no listener changes it.
  package func refusals(of policy: Policy, at place: KnownListener?) -> [PolicyRefusal] {
    let traffic = ClientTraffic(spec: policy.spec)
    let needsHosts = policy.spec.given("http1", "http10") != nil
    let refusals = traffic.refusals(
      on: place?.listener,
      servedHosts: needsHosts
        ? place.map { servedHosts(on: $0.listener, of: $0.gateway) } : nil)
    return place?.listener.protocolName ?? "HTTPS" == "HTTPS"
      ? refusals + clientValidationRefusals(of: policy) : refusals
  }

  /// The hosts under which matches are found on a listener, once for each match.
  package func servedHosts(on listener: Listener, of gateway: Gateway) -> [String] {
    var hosts: [String] = []
    func add(_ attachment: GatewayAttachment, matches: Int) {
      let isAttached = attachment.parents.contains { parent in
        parent.isGateway && parent.gateway(from: attachment.namespace) == gateway.name
          && parent.fits(listener: listener.name, port: listener.port)
      }
      guard isAttached, admits(attachment.namespace, to: listener, of: gateway) else { return }
      for host in self.hosts(of: attachment.hostnames, on: listener, of: gateway) {
        hosts += Array(repeating: host, count: min(matches, 2))
      }
    }
    for (_, route) in routes {
      // AI Gateway adds a rule to each route.
      add(route.attachment, matches: route.rules.count + 1)
    }
    for (_, route) in httpRoutes where self.route(route.key) == nil {
      let rules = route.node["spec"]?.list("rules") ?? []
      add(route.attachment, matches: rules.reduce(0) { $0 + max(1, $1.list("matches").count) })
    }
    return hosts
  }

  /// Whether a selector of a policy finds no object among the documents.
  package func selects(nothingBy selector: Policy.Selector, of policy: Policy) -> Bool {
    !(policyObjects?.finds(selector, of: policy) ?? false)
  }
}

extension ResourceIndex {
  /// The policies of a kind that hold for a rule behind a listener: the nearest, and where that is
  /// merged, the listener's or Gateway's behind it.
  package func policies(
    _ kind: Policy.Kind, onRule rule: String?, of route: ObjectKey, gateway: ObjectKey,
    listener: String?
  ) -> [PolicyAttachments.Holder] {
    let policies = policies(kind)
    guard !policies.isEmpty else { return [] }
    let wide =
      listener.flatMap { policies[.gateway(gateway, listener: $0)] } ?? policies[.gateway(gateway)]
    let own = rule.flatMap { policies[.route(route, rule: $0)] } ?? policies[.route(route)]
    guard let own else { return wide.map { [$0] } ?? [] }
    guard own.policy.isMerged(in: release.schemaSet), let wide, wide.index != own.index else {
      return [own]
    }
    // Of a type that Envoy Gateway does not know the nearer one is refused.
    let type = own.policy.spec.given("mergeType")?.text ?? ""
    return Policy.mergeTypes.contains(type) || Variable.isIn(type) ? [own, wide] : [wide]
  }
}
