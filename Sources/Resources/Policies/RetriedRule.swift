/// A rule of a route with the retries that hold for it at one of its places.
package struct RetriedRule: Sendable {
  package let route: AIGatewayRoute
  package let rule: RouteRule
  package let retry: RetryPolicy
}

extension ResourceIndex {
  /// The rules that each BackendTrafficPolicy gives their retries, by the policy's document; of a
  /// merged policy the nearer one that has retries.
  var rulesByRetries: [Int: [RetriedRule]] {
    var rules: [Int: [RetriedRule]] = [:]
    for (_, route) in routes {
      let places = places(of: route.attachment)
      for rule in route.rules {
        var seen: Set<Int> = []
        for place in places {
          guard
            let effective = traffic(
              ofRule: rule.name, of: route.key, gateway: place.gateway, listener: place.listener),
            let retry = effective.traffic.retry,
            let source = effective.policies.first(where: { $0.policy.traffic.hasRetry }),
            seen.insert(source.index).inserted
          else { continue }
          rules[source.index, default: []]
            .append(RetriedRule(route: route, rule: rule, retry: retry))
        }
      }
    }
    return rules
  }
}
