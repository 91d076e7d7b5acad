import Resources
import Schemas
import YAML

extension Simulator {
  /// The SecurityPolicies in force for a match, from the most specific target; one that Envoy Gateway
  /// ignores is skipped.
  func securityPolicies(for candidate: Candidate, on listener: CompiledListener)
    -> [PolicyAttachments.Holder]
  {
    let policies = writtenSecurityPolicies(for: candidate, on: listener)
    guard mcpRoute(of: candidate) != nil, candidate.rule.index != 0 else { return policies }
    return policies.map {
      PolicyAttachments.Holder(
        index: $0.index, policy: $0.policy.without(MCPRoute.droppedAuthentication))
    }
  }

  /// The same with what AI Gateway takes off the metadata rules of an MCPRoute, and Envoy Gateway may
  /// refuse before.
  func writtenSecurityPolicies(for candidate: Candidate, on listener: CompiledListener)
    -> [PolicyAttachments.Holder]
  {
    securityPolicies(by: candidate, on: listener).first { !$0.isIgnored }?.policies ?? []
  }

  /// The SecurityPolicies that may be in force for a match, those of the most specific target first,
  /// and whether Envoy Gateway ignores them, which it does on routes only.
  func securityPolicies(by candidate: Candidate, on listener: CompiledListener)
    -> [(policies: [PolicyAttachments.Holder], isIgnored: Bool)]
  {
    guard let gateway else { return [] }
    func found(onRule rule: String?, of route: ObjectKey) -> [PolicyAttachments.Holder] {
      index.policies(
        .security, onRule: rule, of: route, gateway: gateway, listener: listener.name)
    }
    let wide = found(onRule: nil, of: ObjectKey("", ""))
    if let mcpRoute = mcpRoute(of: candidate) {
      // The controller writes it last.
      let own = index.failure(of: mcpRoute) == nil ? mcpRoute.clientPolicy : nil
      return own.map {
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

  /// The MCPRoute whose servers a match leads to. Nil for the OAuth metadata rules.
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

  /// The BackendTrafficPolicy that holds for a rule on a listener.
  func traffic(for candidate: Candidate, on listener: CompiledListener) -> EffectiveTraffic? {
    // AI Gateway makes a policy of its own for the route of an MCPRoute with OAuth.
    if let route = mcpRoute(of: candidate), route.spec.given("securityPolicy", "oauth") != nil,
      index.failure(of: route) == nil
    {
      return nil
    }
    return gateway.flatMap {
      index.traffic(
        ofRule: candidate.rule.name, of: candidate.route.name, gateway: $0, listener: listener.name)
    }
  }
}
