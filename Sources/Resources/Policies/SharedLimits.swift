package import Schemas
package import YAML

extension EffectiveTraffic {
  /// Whether Envoy Gateway 1.8.0 and 1.8.1 count requests in place of what its global limits say
  /// that they cost: beside a shared rule they write all rules where Envoy reads no cost
  /// (envoyproxy/gateway v1.8.1, internal/xds/translator/ratelimit.go; release-notes/v1.8.2.yaml).
  package func ignoresCost(in release: Release) -> Bool {
    let rules = globalRules
    return release > .v0_6 && rules.contains { $0.given("shared")?.bool == true }
      && rules.contains(where: \.hasLimitCost)
  }

  private var globalRules: [Node] {
    rateLimits.filter { !$0.rule.isLocal }.map(\.rule.node)
  }
}

extension Node {
  /// Whether a rule of a rate limit says what requests cost.
  package var hasLimitCost: Bool {
    given("cost", "request") != nil || given("cost", "response") != nil
  }
}

extension ResourceIndex {
  /// The documents of the BackendTrafficPolicies whose costs Envoy Gateway 1.8.0 and 1.8.1 ignore
  /// somewhere.
  package var policiesWithoutCost: Set<Int> {
    let own = backendPolicies.all.filter { holder in
      holder.policy.spec.given("rateLimit", "global") != nil
    }
    guard release > .v0_6, !own.isEmpty else { return [] }
    var found = Set(
      own.filter {
        EffectiveTraffic(policies: [$0], traffic: $0.policy.traffic).ignoresCost(in: release)
      }.map(\.index))
    guard own.contains(where: { $0.policy.isMerged(in: release.schemaSet) }) else { return found }
    for route in ruleNames {
      for (place, rule) in places(of: route.attachment).flatMap({ place in
        route.names.map { (place, $0) }
      }) {
        let traffic = traffic(
          ofRule: rule, of: route.route, gateway: place.gateway, listener: place.listener)
        guard let traffic, traffic.ignoresCost(in: release) else { continue }
        found.formUnion(traffic.policies.map(\.index))
      }
    }
    return found
  }
}
