import Schemas
import Resources

extension Rule {
  static let missingPool = Rule(
    "L59.pool", "missing-pool", .warning, .controller, "a backendRef to a missing InferencePool",
    why: "The HTTPRoute is written all the same, and requests to the pool get 500.",
    bad: "backendRefs: [{kind: InferencePool, name: lama}], InferencePool llama alone",
    good: "backendRefs: [{kind: InferencePool, name: llama}]",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    .bundle { index, report in
      let presence = ObjectPresence(of: index.pools)
      for (document, route) in index.routes {
        for rule in route.rules {
          for (place, ref) in rule.refs.enumerated() where ref.isPool && !ref.name.isEmpty {
            let wanted = index.target(of: ref, from: route.namespace)
            guard presence.tells(of: wanted), let missing = presence.missingObject(wanted) else {
              continue
            }
            report.addMissing(
              "InferencePool", wanted, missing, effect: "requests get 500",
              at: .to("spec", "rules", rule.index, "backendRefs", place, "name"), in: document)
          }
        }
      }
    })
}
