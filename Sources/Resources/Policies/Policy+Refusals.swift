import Schemas
package import YAML

/// The namespaces in which the parts of a SecurityPolicy look for what they name: of two merged ones
/// the parent's for what only the parent has (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/securitypolicy.go, buildSecurityPolicyOwners).
struct PartNamespaces {
  private let own: Policy
  private let parent: Policy?

  init(_ own: Policy, over parent: Policy? = nil) {
    self.own = own
    self.parent = parent
  }

  /// The namespace for a field of `spec`.
  subscript(part: String) -> String {
    parent.flatMap { own.spec.given(part) == nil ? $0.namespace : nil } ?? own.namespace
  }
}

extension ResourceIndex {
  /// Why Envoy Gateway refuses a SecurityPolicy, BackendTrafficPolicy or EnvoyExtensionPolicy, as far
  /// as the documents say.
  package func refusals(of policy: Policy) -> [PolicyRefusal] {
    let refusals = refusals(of: policy.spec, from: policy, over: nil)
    // A policy is left aside on routes only; on a Gateway what leads to that is not looked at.
    return mayHoldForRoutes(policy) ? refusals : refusals.filter { !$0.isIgnored }
  }

  /// The same of what holds for a rule, which may be merged of a policy and its parent.
  package func refusals(of effective: EffectiveTraffic) -> [PolicyRefusal] {
    effective.policies.first.map {
      refusals(of: effective.traffic.spec, from: $0.policy, over: nil)
    } ?? []
  }

  /// The same of the policies that hold for a rule, the nearest first.
  package func refusals(of policies: [PolicyAttachments.Holder]) -> [PolicyRefusal] {
    guard let own = policies.first?.policy else { return [] }
    guard policies.count > 1 else { return refusals(of: own) }
    return refusals(of: spec(of: policies), from: own, over: policies[1].policy)
  }

  /// What the policies that hold for a rule ask for together, the nearest first.
  package func spec(of policies: [PolicyAttachments.Holder]) -> Node {
    guard let own = policies.first?.policy else { return .map([:]) }
    return policies.count > 1
      ? own.overlaying(policies[1].policy, in: release.schemaSet) : own.spec
  }

  private func refusals(of spec: Node, from policy: Policy, over parent: Policy?)
    -> [PolicyRefusal]
  {
    switch policy.kind {
    case .client: []
    case .backend: trafficRefusals(of: spec, namespace: policy.namespace)
    case .security: securityRefusals(of: spec, namespaces: PartNamespaces(policy, over: parent))
    case .extensions: extensionRefusals(of: spec, namespace: policy.namespace)
    }
  }

  private func mayHoldForRoutes(_ policy: Policy) -> Bool {
    policy.targets.contains { $0.kind == GroupKind.httpRoute.kind }
      || policy.selectors.contains { $0.kind == GroupKind.httpRoute.kind }
  }

  private func trafficRefusals(of spec: Node, namespace: String) -> [PolicyRefusal] {
    var refusals = BackendTraffic(spec: spec).refusals + overrides(in: spec, namespace)
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
  private func overrides(in spec: Node, _ namespace: String) -> [PolicyRefusal] {
    spec.list("responseOverride").enumerated().compactMap { index, item in
      guard let body = item.given("response", "body"), body.given("type")?.text == "ValueRef",
        let name = body.given("valueRef", "name")?.text,
        let map = stored("ConfigMap", ObjectKey(namespace, name)), map.entries.isEmpty
      else { return nil }
      return PolicyRefusal(
        .to("spec", "responseOverride", index, "response", "body", "valueRef", "name"),
        "ResponseOverride: can't find the key response.body in the referenced configmap "
          + "\(namespace)/\(name)", "write the body under response.body there")
    }
  }
}
