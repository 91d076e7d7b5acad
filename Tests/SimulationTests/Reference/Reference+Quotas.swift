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

  /// Whether the rate limit service is asked about a quota for each request of a rule, whatever
  /// backend and model it is for.
  private func isSent(_ quota: Quota, route: Thing, rule: Int) -> Bool {
    let refs = route.spec["rules"]?.items[rule]["backendRefs"]?.items ?? []
    let names = targets(quota.policy)
    // clusterHasQuotaBackend: by the route's namespace.
    guard quota.policy.namespace == route.namespace, quota.isAsked,
      refs.contains(where: { names.contains($0["name"]?.text ?? "") })
    else { return false }
    // enableQuotaRateLimitOnRoute: a rule without any override leaves no quota out.
    let overriding = refs.filter { !($0["modelNameOverride"]?.text ?? "").isEmpty }
    return overriding.isEmpty
      || overriding.contains { ref in
        names.contains(ref["name"]?.text ?? "") && ref["modelNameOverride"]?.text == quota.model
      }
  }

  /// MergeDescriptors: of equal ones the first by namespace/name.
  private func isLate(_ quota: Quota, for backend: String) -> Bool {
    quotas.contains { other in
      other.isSimple && quota.isSimple && other.model == quota.model
        && targets(other.policy).contains(backend)
        && other.policy.namespace == quota.policy.namespace
        && other.policy.key < quota.policy.key
    }
  }

  /// Whether requests of a rule may be refused for a policy: nobody is refused where a quota of the
  /// rule only counts, and AI Gateway finds no rule where there is a cluster of each backend.
  func refuses(_ policy: Thing, route: Thing, rule: Int, hasClusterForEach: Bool) -> Bool {
    let sent = quotas.filter { quota in
      isSent(quota, route: route, rule: rule)
        && targets(quota.policy).contains { !isLate(quota, for: $0) }
    }
    return !hasClusterForEach && sent.contains { $0.policy.key == policy.key }
      && sent.contains(where: \.refuses)
  }

  /// Whether a quota counts the tokens of requests of a rule for which a backend is asked for a model.
  func counts(_ quota: Quota, route: Thing, rule: Int, backend: String, model: String) -> Bool {
    guard isSent(quota, route: route, rule: rule), targets(quota.policy).contains(backend) else {
      return false
    }
    // injectQuotaPolicyCostExpressions: by the models of the whole route.
    let models = (route.spec["rules"]?.items ?? []).flatMap { $0["backendRefs"]?.items ?? [] }
      .compactMap { $0["modelNameOverride"]?.text }.filter { !$0.isEmpty }
    guard models.isEmpty || models.contains(quota.model), quota.hasCost else { return false }
    return model == quota.model && !isLate(quota, for: backend)
  }
}
