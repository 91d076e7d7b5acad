import Schemas
package import YAML

extension ResourceIndex {
  /// Why Envoy Gateway refuses what a policy for routes asks for, as far as the documents say.
  package func refusals(of policy: Policy) -> [PolicyRefusal] {
    refusals(of: policy.spec, from: policy)
  }

  /// The same of what holds for a rule, which may be merged of a policy and its parent.
  package func refusals(of effective: EffectiveTraffic) -> [PolicyRefusal] {
    effective.policies.first.map { refusals(of: effective.traffic.spec, from: $0.policy) } ?? []
  }

  /// The same of a spec that a policy and its parent were merged to.
  package func refusals(of spec: Node, from policy: Policy) -> [PolicyRefusal] {
    switch policy.side {
    case .client: []
    case .backend: trafficRefusals(of: spec, home: policy.home)
    case .security: securityRefusals(of: spec, home: policy.home)
    case .extensions: extensionRefusals(of: spec, home: policy.home)
    }
  }

  private func trafficRefusals(of spec: Node, home: String) -> [PolicyRefusal] {
    var refusals = BackendTraffic(spec: spec).refusals + overrides(in: spec, home)
    if spec.given("rateLimit", "global") != nil,
      spec.given("rateLimit", "type")?.text != "Local", configuration(lacks: \.hasRateLimit)
    {
      refusals.append(
        PolicyRefusal(
          .to("spec", "rateLimit"),
          "RateLimit: enable Ratelimit in the EnvoyGateway config to configure global rateLimit",
          "write rateLimit.backend in its configuration"))
    }
    return refusals
  }

  /// What is wrong with bodies that stand in a ConfigMap.
  private func overrides(in spec: Node, _ home: String) -> [PolicyRefusal] {
    spec.list("responseOverride").enumerated().compactMap { index, item in
      guard let body = item.given("response", "body"), body.given("type")?.text == "ValueRef",
        let name = body.given("valueRef", "name")?.text,
        let map = stored("ConfigMap", ObjectKey(home, name)), map.entries.isEmpty
      else { return nil }
      return PolicyRefusal(
        .to("spec", "responseOverride", index, "response", "body", "valueRef", "name"),
        "ResponseOverride: can't find the key response.body in the referenced configmap "
          + "\(home)/\(name)", "write the body under response.body there")
    }
  }
}
