import Resources
import Schemas
import YAML

extension Rule {
  static let quotaElsewhere = Rule(
    "L136", "quota-elsewhere", .warning,
    "a QuotaPolicy whose backend or routes are in another namespace",
    why: "A QuotaPolicy applies only to AIServiceBackends in its own namespace, and the cost of "
      + "requests is computed only for routes in its namespace: requests of other routes cost "
      + "nothing.",
    bad: "QuotaPolicy in quota, AIServiceBackend in ai",
    good: "QuotaPolicy, AIServiceBackend and route in ai",
    reference: Citation.aiGateway("internal/controller/quota_policy.go"),
    repair: .automatic,
    .bundle { index, report in
      let policies = index.quotaPolicies
      guard !policies.isEmpty else { return }
      let presence = ObjectPresence(of: index.services.keys)
      var routeNamespaces: [ObjectKey: Set<String>] = [:]
      for (_, route) in index.routes {
        for ref in route.rules.flatMap(\.refs) where !ref.isPool {
          routeNamespaces[ref.target(from: route.namespace), default: []].insert(route.namespace)
        }
      }
      for policy in policies {
        for (place, target) in policy.targets.enumerated() where !target.name.isEmpty {
          let path = Path.to("spec", "targetRefs", place)
          if let missing = presence.missingObject(target) {
            report.addMissingTarget(
              GroupKind.aiServiceBackend.kind, target, missing, at: path, in: policy.index)
            continue
          }
          guard let users = routeNamespaces[target], !users.contains(policy.key.namespace),
            let user = users.min()
          else { continue }
          report.add(
            "the routes here that lead to it are in \(user), where no QuotaPolicy is looked for: "
              + "their requests count as nothing; put route, AIServiceBackend and policy into one "
              + "namespace", at: path.appending("name"), in: policy.index)
        }
      }
    })
}
