import Schemas
package import YAML

extension QuotaPolicy {
  /// A counter of a quota: its `defaultBucket` or one of its `bucketRules` (envoyproxy/ai-gateway
  /// v1.1.0, internal/ratelimit/translator/translator.go).
  package struct Bucket: Sendable {
    /// The place below the quota.
    package let path: Path
    /// `10 in 1h`, nil where either is missing.
    package let title: String?
    /// Whether it never refuses, which counts as room.
    package let isShadow: Bool
    private let limit: Int
    private let seconds: Int
    private let headers: [Header]

    /// What a request must have to be counted.
    private struct Header: Hashable {
      let name: String
      let type: String
      let value: String
      let isInverted: Bool
    }

    fileprivate init(_ node: Node, at path: Path, quota: Node?) {
      self.path = path
      isShadow = node.given("shadowMode")?.bool == true
      limit = quota?.given("limit")?.integer ?? 0
      let duration = quota?.given("duration")?.text
      title = duration.map { [limit] in "\(limit) in \($0)" }
      seconds = ["1s": 1, "1m": 60, "1h": 3600, "1d": 86400][duration ?? ""] ?? 0
      headers = node.list("clientSelectors").flatMap { $0.list("headers") }.map { header in
        Header(
          name: (header.given("name")?.text ?? "").lowercased(),
          type: header.given("type")?.text ?? "Exact", value: header.given("value")?.text ?? "",
          isInverted: header.given("invert")?.bool == true)
      }
    }

    /// Whether it counts all requests.
    package var isForAll: Bool { headers.isEmpty }

    /// Whether it counts each request that another one counts.
    package func includes(_ other: Bucket) -> Bool {
      headers.allSatisfy { own in
        other.headers.contains { header in
          header == own
            || own.type == "Distinct" && own.name == header.name && !header.isInverted
        }
      }
    }

    /// Whether it has room for as much as another one, for as long.
    package func isAtLeast(_ other: Bucket) -> Bool {
      limit >= other.limit && seconds >= other.seconds
    }
  }
}

extension QuotaPolicy.ModelQuota {
  /// Its counters; a default of 0 or less is none.
  package var buckets: [QuotaPolicy.Bucket] {
    let standard = quota.given("defaultBucket")
    let hasStandard = standard?.given("limit")?.integer ?? 0 > 0
    return
      (hasStandard
      ? [QuotaPolicy.Bucket(.map([:]), at: .to("defaultBucket"), quota: standard)] : [])
      + quota.list("bucketRules").enumerated().map { place, rule in
        QuotaPolicy.Bucket(rule, at: .to("bucketRules", place), quota: rule.given("quota"))
      }
  }
}

/// The quotas that AI Gateway's rate limit service is asked about for each request of a rule, before
/// a backend is drawn: it refuses a request where all of them are exhausted (envoyproxy/ai-gateway
/// v1.1.0, internal/extensionserver/quota_ratelimit.go; envoyproxy/ratelimit,
/// src/service/ratelimit.go).
package struct RuleQuotas: Sendable {
  /// A quota of one model of one AIServiceBackend.
  package struct Part: Sendable {
    package let policy: QuotaPolicy
    package let quota: QuotaPolicy.ModelQuota
    package let target: ObjectKey

    /// The title in messages.
    fileprivate var title: String { "model \(quota.model.quoted) of \(target.name)" }
  }

  package let parts: [Part]

  /// What each is for, in words.
  package var titles: [String] {
    var seen: Set<String> = []
    return parts.map(\.title).filter { seen.insert($0).inserted }
  }

  /// Whether a request may be refused: what is in shadow mode has room at all times.
  package var mayRefuse: Bool {
    let buckets = parts.flatMap(\.quota.buckets)
    return buckets.contains { !$0.isShadow } && !buckets.contains { $0.isShadow && $0.isForAll }
  }

  /// Whether none of them is for a model of an AIServiceBackend; without a model, for the backend.
  package func lacks(_ target: ObjectKey, model: String?) -> Bool {
    !parts.contains { $0.target == target && (model == nil || $0.quota.model == model) }
  }
}

extension ResourceIndex {
  /// The quotas of some policies that hold for the requests of a rule.
  package func quotas(
    of policies: [QuotaPolicy], for rule: RouteRule, of route: AIGatewayRoute
  ) -> RuleQuotas {
    let holders = quotaHolders
    var parts: [RuleQuotas.Part] = []
    for policy in policies where rule.refs.contains(where: { policy.isFor($0, of: route) }) {
      for quota in policy.quotas
      where policy.isMeant(quota, by: rule) && !quota.buckets.isEmpty {
        parts += policy.targets.filter { holders.hold(quota, of: policy, for: $0) }
          .map { RuleQuotas.Part(policy: policy, quota: quota, target: $0) }
      }
    }
    return RuleQuotas(parts: parts)
  }
}
