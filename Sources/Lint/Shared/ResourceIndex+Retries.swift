import Resources

extension ResourceIndex {
  /// What gives a route retries: in the policy that its HTTPRoute has, or in a new one.
  func retryChange(for route: AIGatewayRoute) -> RuleEdit {
    guard let own = backendPolicies[.route(route.key)] else {
      return .add(SuggestedObjects.retryPolicy(for: route))
    }
    return .set(.to("spec", "retry"), SuggestedObjects.retry(for: route), in: own.index)
  }

  /// Whether the documents hold BackendTrafficPolicies where one for a route would stand, so that
  /// it is unlikely in another file.
  func expectsPolicy(for route: AIGatewayRoute) -> Bool {
    isWhole || backendPolicies.all.contains { $0.policy.namespace == route.namespace }
  }

  /// The rule with the most priorities among those that a policy gives their retries.
  func failover(under policy: Int) -> RetriedRule? {
    var best: RetriedRule?
    for retried in retried[policy] ?? []
    where retried.rule.priorities.count > max(1, best?.rule.priorities.count ?? 0) {
      best = retried
    }
    return best
  }
}
