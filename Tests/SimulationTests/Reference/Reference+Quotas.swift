import YAML

extension Reference {
  /// A quota of one model of a QuotaPolicy.
  struct Quota {
    let policy: Thing
    let index: Int
    let model: String
    let node: Node

    private var rules: [Node] { node["bucketRules"]?.items ?? [] }
    private var limit: Int { node["defaultBucket"]?["limit"]?.integer ?? 0 }
    var isSimple: Bool { rules.isEmpty }

    /// Whether Envoy is told to ask about it at all.
    var isAsked: Bool { !rules.isEmpty || limit > 0 }

    /// Whether the rate limit service ever says no.
    var refuses: Bool { limit > 0 || rules.contains { $0["shadowMode"]?.bool != true } }

    /// Whether AI Gateway tells what a request costs.
    var hasCost: Bool { node["costExpression"]?.text != BundleMaker.brokenCost }
  }

  var quotas: [Quota] {
    things("QuotaPolicy").flatMap { policy in
      (policy.spec["perModelQuotas"]?.items ?? []).enumerated().map { index, item in
        Quota(
          policy: policy, index: index, model: item["modelName"]?.text ?? "",
          node: item["quota"] ?? .map([:]))
      }
    }
  }

  private func targets(_ policy: Thing) -> [String] {
    (policy.spec["targetRefs"]?.items ?? []).map { $0["name"]?.text ?? "" }
  }

  /// Whether a quota may refuse requests of a rule for which a backend is asked for a model: it is
  /// asked before, and what the request costs is counted after it.
  func limits(_ quota: Quota, route: Thing, rule: Int, backend: String, model: String) -> Bool {
    let rules = route.spec["rules"]?.items ?? []
    let refs = rules[rule]["backendRefs"]?.items ?? []
    let names = targets(quota.policy)
    // clusterHasQuotaBackend: by the route's namespace.
    guard quota.policy.namespace == route.namespace, names.contains(backend),
      refs.contains(where: { names.contains($0["name"]?.text ?? "") })
    else { return false }
    // enableQuotaRateLimitOnRoute: a rule without any override leaves no quota out.
    let overriding = refs.filter { !($0["modelNameOverride"]?.text ?? "").isEmpty }
    if !overriding.isEmpty {
      let isMeant = overriding.contains { ref in
        names.contains(ref["name"]?.text ?? "") && ref["modelNameOverride"]?.text == quota.model
      }
      guard isMeant else { return false }
    }
    // injectQuotaPolicyCostExpressions: the same for the route.
    let models = rules.flatMap { $0["backendRefs"]?.items ?? [] }
      .compactMap { $0["modelNameOverride"]?.text }.filter { !$0.isEmpty }
    guard models.isEmpty || models.contains(quota.model), quota.hasCost else { return false }
    // MergeDescriptors: of equal ones the first by namespace/name.
    let isLate = quotas.contains { other in
      other.isSimple && quota.isSimple && other.model == quota.model
        && targets(other.policy).contains(backend)
        && other.policy.namespace == quota.policy.namespace
        && other.policy.key < quota.policy.key
    }
    return model == quota.model && quota.isAsked && quota.refuses && !isLate
  }
}
