import Schemas
import Resources

extension Rule {
  static let missingService = Rule(
    "L59", "missing-service", .warning, .controller, "a backendRef to a missing AIServiceBackend",
    why: "If one AIServiceBackend is missing, the controller does not write any rule of the route; "
      + "the previous rules keep serving. Apply Backends and AIServiceBackends before the route.",
    bad: "backendRefs: [{name: azure}], AIServiceBackend openai alone",
    good: "backendRefs: [{name: azure}], AIServiceBackends openai and azure",
    reference: Citation.aiGateway("internal/extensionserver/post_translate_modify.go"),
    .bundle { index, report in
      guard !index.services.isEmpty else { return }
      lazy var presence = ObjectPresence(of: index.services.keys)
      for (document, route) in index.routes {
        for rule in route.rules {
          for (place, ref) in rule.refs.enumerated() where !ref.isPool && !ref.name.isEmpty {
            let wanted = ref.target(from: route.namespace)
            guard index.services[wanted] == nil, let missing = presence.missingObject(wanted) else {
              continue
            }
            report.addMissing(
              "AIServiceBackend", wanted, missing, effect: "no rule of the route is written",
              at: .to("spec", "rules", rule.index, "backendRefs", place, "name"), in: document)
          }
        }
      }
    })
}
