import Resources
import Schemas
import YAML

extension Rule {
  static let uncountedQuota = Rule(
    "L132", "uncounted-quota", .warning, "a quota for a model that no backendRef requests",
    why: "A quota is counted if modelName is the modelNameOverride of a backendRef to a targeted "
      + "AIServiceBackend or, in a rule whose backendRefs override no model, the model that clients "
      + "name. Otherwise nothing is counted and nothing is refused.",
    bad: "perModelQuotas: [{modelName: gpt-4o}], "
      + "backendRefs: [{name: openai, modelNameOverride: gpt-4o-2024-11-20}]",
    good: "perModelQuotas: [{modelName: gpt-4o}], "
      + "backendRefs: [{name: openai, modelNameOverride: gpt-4o}]",
    reference: Citation.aiGateway("internal/extensionserver/quota_ratelimit.go"),
    .bundle { index, report in
      let policies = index.quotaPolicies
      guard index.release >= .v0_7, !policies.isEmpty else { return }
      let rules = index.rulesByBackend
      for policy in policies {
        let places = policy.targets.flatMap { rules[$0] ?? [] }
        // Where no route here leads to its backends, another may.
        guard !places.isEmpty else { continue }
        for quota in policy.quotas where !quota.model.isEmpty && quota.hasCost {
          let isCounted = places.contains { route, rule in
            policy.counts(quota, in: rule, of: route)
              && rule.mayAsk(for: quota.model) { policy.isFor($0, of: route) }
          }
          guard !isCounted else { continue }
          report.add(
            "no backendRef here asks its AIServiceBackend for model \(quota.model.quoted), so that "
              + "no tokens are counted; write it as modelNameOverride",
            at: quota.path.appending("modelName"), in: policy.index)
        }
      }
    })
}

extension ResourceIndex {
  /// The rules that lead to each AIServiceBackend of their route's namespace.
  fileprivate var rulesByBackend: [ObjectKey: [(route: AIGatewayRoute, rule: RouteRule)]] {
    var found: [ObjectKey: [(AIGatewayRoute, RouteRule)]] = [:]
    for (_, route) in routes {
      for rule in route.rules {
        let targets = rule.refs.filter { !$0.isPool }.map { $0.target(from: route.namespace) }
        for target in Set(targets) where target.namespace == route.namespace {
          found[target, default: []].append((route, rule))
        }
      }
    }
    return found
  }
}

extension RouteRule {
  /// Whether some of its backendRefs may be asked for a model.
  fileprivate func mayAsk(for model: String, where isMeant: (BackendRef) -> Bool) -> Bool {
    refs.contains { ref in
      guard isMeant(ref) else { return false }
      let override = ref.override ?? ""
      return override.isEmpty
        ? candidates.contains { $0.mayTake(model: model) } : override == model
    }
  }
}
