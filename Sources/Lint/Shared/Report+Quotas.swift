import Resources
import Schemas
import YAML

extension Report {
  /// Reports buckets that do not act as they read: a request is refused only where every bucket that
  /// counts it is exhausted, and one in shadow mode never is.
  mutating func addBuckets(of quota: QuotaPolicy.ModelQuota, in document: Int) {
    let buckets = quota.buckets
    for bucket in buckets {
      let path = quota.path.appending("quota").appending(bucket.path)
      if bucket.isShadow {
        let isBeside = buckets.contains {
          !$0.isShadow && ($0.includes(bucket) || bucket.includes($0))
        }
        guard isBeside else { continue }
        add(
          "requests that it fits are never refused, whatever the other buckets: requests are refused "
            + "where none has room, and one in shadow mode always has; remove the rule, or shadowMode",
          at: path.appending("shadowMode"), in: document)
      } else if !bucket.isForAll, let title = bucket.title,
        let wider = buckets.first(where: {
          !$0.isShadow && $0.path != bucket.path && $0.includes(bucket) && $0.isAtLeast(bucket)
        })
      {
        add(
          "does not hold its clients to \(title): they are refused only where \(wider.path) is "
            + "exhausted, too; give them a bucket alone, without \(wider.path)",
          at: path.appending(.to("quota", "limit")), in: document)
      }
    }
  }

  /// Reports quotas that act otherwise than they read because of the other backendRefs of a rule, each
  /// policy once.
  mutating func addRules(with policies: [QuotaPolicy], in index: ResourceIndex) {
    var seen: Set<Int> = []
    for (_, route) in index.routes {
      for rule in route.rules {
        let quotas = index.quotas(of: policies, for: rule, of: route)
        guard quotas.mayRefuse,
          let problem = index.problem(of: quotas, rule, of: route)
        else { continue }
        for part in quotas.parts where seen.insert(part.policy.index).inserted {
          add(problem, at: part.quota.path, in: part.policy.index)
        }
      }
    }
  }
}

extension ResourceIndex {
  /// What is unexpected about the quotas of a rule, nil where nothing is.
  fileprivate func problem(
    of quotas: RuleQuotas, _ rule: RouteRule, of route: AIGatewayRoute
  ) -> String? {
    let title = "\(rule.title) of AIGatewayRoute \(route.name)"
    if case .each(let reason) = envoyClusters(of: rule, in: route) {
      return "\(reason): for \(title) nothing is counted and nothing is refused; remove the cause"
    }
    if quotas.titles.count > 1 {
      let isOfBackends = Set(quotas.parts.map(\.quota.model)).count == 1
      return "requests of \(title) are refused only where all of these quotas are exhausted: "
        + "\(quotas.titles.joined(separator: ", ")); "
        + (isOfBackends
          ? "write a policy for each AIServiceBackend, and lead to each by a rule of its own"
          : "lead to each model by a rule of its own, with modelNameOverride")
    }
    let open = rule.refs.first { ref in
      let override = ref.override ?? ""
      return ref.isLive
        && (ref.isPool
          || quotas.lacks(
            ref.target(from: route.namespace), model: override.isEmpty ? nil : override))
    }
    let other = quotas.parts.first.flatMap { part in
      rule.refs.contains { !($0.override ?? "").isEmpty }
        ? nil : rule.namedModels.first { $0 != part.quota.model }
    }
    if let other {
      return "once it is exhausted, every request of \(title) is refused, also for model "
        + "\(other.quoted); give that a rule of its own"
    }
    return open.map {
      "once it is exhausted, every request of \(title) is refused, also where \($0.name) would answer"
        + ($0.override.map { " with \($0)" } ?? "")
        + ": there is no failover to it; put it into a rule of its own"
    }
  }
}
