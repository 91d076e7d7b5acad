import Resources

extension ResourceIndex {
  /// The rules of AI routes whose backends are told of clients by the PROXY protocol, each with the policy
  /// that says so.
  var rulesWithProxyProtocol:
    [(route: AIGatewayRoute, rule: RouteRule, holder: PolicyAttachments.Holder)]
  {
    guard backendPolicies.all.contains(where: { $0.policy.traffic.hasProxyProtocol }) else {
      return []
    }
    return routes.flatMap { _, route in
      route.rules.flatMap { rule in
        traffic(of: rule, of: route).compactMap { traffic in
          traffic?.policies.first { $0.policy.traffic.hasProxyProtocol }.map { (route, rule, $0) }
        }
      }
    }
  }
}
