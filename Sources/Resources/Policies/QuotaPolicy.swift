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

    /// Whether it may refuse requests: rules in shadow mode only count.
    package var mayRefuse: Bool {
      let rules = quota.list("bucketRules")
      return quota.given("defaultBucket", "limit").flatMap(\.integer) ?? 0 > 0
        || rules.contains { $0.given("shadowMode")?.bool != true }
    }
  }

  /// The place among the documents.
  package let index: Int
  package let key: ObjectKey
  package let spec: Node
  package let targets: [ObjectKey]
  package let quotas: [ModelQuota]

  fileprivate init(_ document: Document) {
    index = document.index
    let key = document.key
    self.key = key
    let spec = document.node.given("spec") ?? .map([:])
    self.spec = spec
    targets = spec.list("targetRefs").map { ObjectKey(key.namespace, $0["name"]?.text ?? "") }
    quotas = spec.list("perModelQuotas").enumerated().map { place, item in
      ModelQuota(
        path: .to("spec", "perModelQuotas", place), model: item["modelName"]?.text ?? "",
        quota: item.given("quota") ?? .map([:]))
    }
  }
}

extension ResourceIndex {
  /// The QuotaPolicies among the documents.
  package var quotaPolicies: [QuotaPolicy] { others(.quotaPolicy).map(QuotaPolicy.init) }
}
