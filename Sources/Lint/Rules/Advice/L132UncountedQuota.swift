import Resources
import Schemas
import YAML

extension Rule {
  static let uncountedQuota = Rule(
    "L132", "uncounted-quota", .warning, "a quota for a model that no modelNameOverride names",
    why: "A quota is counted only if modelName is the modelNameOverride of a backendRef to a "
      + "targeted AIServiceBackend; the model that clients name is ignored. Otherwise nothing is "
      + "counted and nothing is refused.",
    bad: "perModelQuotas: [{modelName: gpt-4o}], backendRefs: [{name: openai}]",
    good: "perModelQuotas: [{modelName: gpt-4o}], "
      + "backendRefs: [{name: openai, modelNameOverride: gpt-4o}]",
    reference: Upstream.aiGateway("internal/extensionserver/quota_ratelimit.go"),
    .bundle { index, report in
      let policies = index.quotaPolicies
      guard !policies.isEmpty else { return }
      var models: [ObjectKey: Set<String>] = [:]
      for (_, route) in index.routes {
        for ref in route.rules.flatMap(\.refs) where !ref.isPool {
          let override = ref.node.given("modelNameOverride")?.text ?? ""
          models[ref.target(from: route.home), default: []].insert(override)
        }
      }
      for policy in policies {
        // Where no route here leads to them, another may.
        let known = policy.targets.compactMap { models[$0] }
        guard !known.isEmpty else { continue }
        let names = known.reduce(into: Set<String>()) { $0.formUnion($1) }
        for quota in policy.quotas where !quota.model.isEmpty && !names.contains(quota.model) {
          report.add(
            "no backendRef here to its AIServiceBackend has modelNameOverride "
              + "\(quota.model.quoted), so that nothing is counted; write it there",
            at: quota.path.appending("modelName"), in: policy.index)
        }
      }
    })
}
