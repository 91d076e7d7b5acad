import Schemas
import YAML
import Resources

extension Rule {
  static let poolElsewhere = Rule(
    "pool.namespace", "pool-elsewhere", .warning, .controller,
    "an InferencePool in another namespace, before AI Gateway 1.1",
    why: "Up to 1.0 AI Gateway writes an InferencePool into the HTTPRoute as if it were in the "
      + "route's own namespace, whatever the backendRef says; since 1.1 it uses the namespace.",
    bad: "backendRefs: [{kind: InferencePool, name: pool, namespace: models}], release 1.0",
    good: "the pool in the route's namespace, or release 1.1",
    reference: Citation.aiGateway("internal/controller/ai_gateway_route.go", release: "v1.0.0"),
    .bundle { index, report in
      guard index.release < .v1_1 else { return }
      for (document, route) in index.routes {
        for rule in route.rules {
          for (place, ref) in rule.refs.enumerated() where ref.isPool {
            guard let namespace = ref.namespace, namespace != route.namespace else { continue }
            report.add(
              "AI Gateway \(index.release.rawValue) looks for the pool in namespace "
                + "\(route.namespace), not in \(namespace), which only 1.1 honours; put the pool there",
              at: .to("spec", "rules", rule.index, "backendRefs", place, "namespace"),
              in: document)
          }
        }
      }
    })
}
