import Schemas
package import YAML

/// A QuotaPolicy: how much of single models of an AIServiceBackend may be used
/// (envoyproxy/ai-gateway v1.1.0, internal/controller/quota_policy.go).
package struct QuotaPolicy: Sendable {
  /// A quota of one model.
  package struct ModelQuota: Sendable {
    package let path: Path
    package let model: String
    package let quota: Node

    /// Whether what requests cost can be worked out; else nothing is counted.
    package var hasCost: Bool {
      quota.given("costExpression")?.text.flatMap(CostExpression.problem) == nil
    }
  }

  /// The place among the documents.
  package let index: Int
  package let key: ObjectKey
  package let spec: Node
  /// In the order of targetRefs; one of a kind that the API server does not take has no name.
  package let targets: [ObjectKey]
  package let quotas: [ModelQuota]

  fileprivate init(_ document: Document) {
    index = document.index
    let key = document.key
    self.key = key
    let spec = document.node.given("spec") ?? .map([:])
    self.spec = spec
    targets = spec.list("targetRefs").map { ref in
      let kind = GroupKind(ref["group"]?.text ?? "", ref["kind"]?.text ?? "")
      return ObjectKey(key.namespace, kind == .aiServiceBackend ? ref["name"]?.text ?? "" : "")
    }
    quotas = spec.list("perModelQuotas").enumerated().map { place, item in
      ModelQuota(
        path: .to("spec", "perModelQuotas", place), model: item["modelName"]?.text ?? "",
        quota: item.given("quota") ?? .map([:]))
    }
  }
}

extension QuotaPolicy {
  /// Whether a backendRef of a route leads to a backend that it is for: of its own namespace, as are
  /// the routes that it is looked for.
  package func isFor(_ ref: BackendRef, of route: AIGatewayRoute) -> Bool {
    !ref.isPool && route.namespace == key.namespace
      && targets.contains(ref.target(from: route.namespace))
  }

  /// Whether a quota counts requests for its model that a rule leads to a backend of the policy
  /// (envoyproxy/ai-gateway v1.1.0, internal/extensionserver/quota_ratelimit.go,
  /// internal/controller/gateway.go).
  ///
  /// A rule that overrides models counts those that it asks a targeted backend for; a rule that
  /// overrides none counts what clients ask for, where the other rules do not override either, or
  /// by this model.
  package func counts(_ quota: ModelQuota, in rule: RouteRule, of route: AIGatewayRoute) -> Bool {
    guard route.namespace == key.namespace, quota.hasCost, isMeant(quota, by: rule) else {
      return false
    }
    let all = route.rules.flatMap(\.refs).filter(\.overrides)
    return all.isEmpty || all.contains { $0.override == quota.model }
  }

  /// Whether a rule overrides no model, or asks a targeted backend for that of a quota.
  func isMeant(_ quota: ModelQuota, by rule: RouteRule) -> Bool {
    let own = rule.refs.filter(\.overrides)
    return own.isEmpty
      || own.contains { ref in
        ref.override == quota.model && targets.contains { $0.name == ref.name }
      }
  }
}

extension BackendRef {
  /// Whether the backend gets another model name than the client's.
  fileprivate var overrides: Bool { override.map { !$0.isEmpty } ?? false }
}

extension ResourceIndex {
  /// The QuotaPolicies among the documents.
  package var quotaPolicies: [QuotaPolicy] { others(.quotaPolicy).map(QuotaPolicy.init) }

  /// The policies whose plain quotas hold: of two for one model of one backend that of the policy
  /// which is first by name (internal/controller/quota_policy.go,
  /// internal/ratelimit/translator/merge.go).
  package var quotaHolders: QuotaHolders { QuotaHolders(of: quotaPolicies) }
}

/// Which QuotaPolicy holds for each model of each AIServiceBackend, where it is for all clients.
package struct QuotaHolders: Sendable {
  private struct BackendModel: Hashable {
    let backend: ObjectKey
    let model: String
  }

  private var holders: [BackendModel: ObjectKey] = [:]

  fileprivate init(of policies: [QuotaPolicy]) {
    for policy in policies.sorted(by: { $0.key < $1.key }) {
      for quota in policy.quotas where quota.isPlain {
        for target in policy.targets {
          let place = BackendModel(backend: target, model: quota.model)
          if holders[place] == nil { holders[place] = policy.key }
        }
      }
    }
  }

  /// The policy that holds in the place of another's quota at all of its backends.
  package func holder(over quota: QuotaPolicy.ModelQuota, of policy: QuotaPolicy) -> ObjectKey? {
    guard quota.isPlain else { return nil }
    let found = policy.targets.compactMap {
      holders[BackendModel(backend: $0, model: quota.model)]
    }
    return found.contains(policy.key) ? nil : found.first
  }

  /// Whether a quota of a policy holds for a backend.
  func hold(_ quota: QuotaPolicy.ModelQuota, of policy: QuotaPolicy, for backend: ObjectKey) -> Bool
  {
    let place = BackendModel(backend: backend, model: quota.model)
    return !quota.isPlain || holders[place] == policy.key
  }
}

extension QuotaPolicy.ModelQuota {
  /// Whether it is one for all clients.
  var isPlain: Bool { quota.list("bucketRules").isEmpty }
}
