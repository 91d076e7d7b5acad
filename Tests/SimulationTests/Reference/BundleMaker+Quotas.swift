import Corpus

extension BundleMaker {
  /// A cost that cannot be worked out.
  static let brokenCost = "total_tokens * 1.5"

  /// QuotaPolicies at the edge of what counts.
  mutating func quotaPolicies() -> [String] {
    var seen: Set<String> = []
    return (0..<quotas.pick([0, 2, 4, 6, 8])).compactMap { _ in
      let namespace = quotas.pick(BundleMaker.namespaces)
      let name = quotas.pick(["q1", "q2", "q3"])
      guard seen.insert("\(namespace)/\(name)").inserted else { return nil }
      let targets = (0..<quotas.pick([1, 2, 3])).map { _ in
        "{group: aigateway.envoyproxy.io, kind: AIServiceBackend, "
          + "name: \(quotas.pick(["a", "b", "c"]))}"
      }
      var parts = ["targetRefs: [\(targets.joined(separator: ", "))]"]
      if quotas.chance(1, of: 6) {
        parts.append("serviceQuota: {quota: {limit: 9, duration: 1h}}")
      }
      let models = (0..<quotas.pick([0, 1, 2, 3])).map { _ in
        "{modelName: \(quotas.pick(["o", "o", "m1", "m2", "a"])), quota: {\(quota())}}"
      }
      if !models.isEmpty { parts.append("perModelQuotas: [\(models.joined(separator: ", "))]") }
      return """
        apiVersion: aigateway.envoyproxy.io/v1alpha1
        kind: QuotaPolicy
        metadata: {name: \(name), namespace: \(namespace)}
        spec: {\(parts.joined(separator: ", "))}
        """
    }
  }

  private mutating func quota() -> String {
    var parts: [String] = []
    if quotas.chance(4, of: 5) {
      parts.append("defaultBucket: {limit: \(quotas.pick([9, 9, 9, -1, 0])), duration: 1h}")
    }
    if quotas.chance(1, of: 3) {
      let rules = (0..<quotas.pick([1, 2])).map { _ in
        "{clientSelectors: [{headers: [{name: x-t, value: a}]}], quota: {limit: 5, duration: 1m}, "
          + "shadowMode: \(quotas.chance(1, of: 2))}"
      }
      parts.append("bucketRules: [\(rules.joined(separator: ", "))]")
    }
    parts.append(
      quotas.pick([
        "mode: Shared", "mode: Shared", "costExpression: output_tokens * 2u",
        "costExpression: \(BundleMaker.brokenCost)",
      ]))
    return parts.joined(separator: ", ")
  }
}
