import Schemas
import Resources

extension Rule {
  static let missingAIServiceBackend = Rule(
    "L59", "missing-aiservicebackend", .warning, .controller,
    "a backendRef to a missing AIServiceBackend",
    why: "If one AIServiceBackend is missing, the controller does not write any rule of the route; "
      + "the previous rules keep serving. If the rule had fewer backends then, the extension server "
      + "looks for endpoints that are not there, and the controller crashes again and again. Apply "
      + "Backends and AIServiceBackends before the route.",
    bad: "backendRefs: [{name: azure}], AIServiceBackend openai alone",
    good: "backendRefs: [{name: azure}], AIServiceBackends openai and azure",
    reference: Citation.aiGateway("internal/extensionserver/post_translate_modify.go"),
    .bundle { index, report in
      lazy var presence = ObjectPresence(of: index.services.keys)
      for (document, route) in index.routes {
        for rule in route.rules {
          for (place, ref) in rule.refs.enumerated() where !ref.isPool && !ref.name.isEmpty {
            let wanted = ref.target(from: route.namespace)
            guard index.services[wanted] == nil, presence.tells(of: wanted),
              let missing = presence.missingObject(wanted)
            else {
              continue
            }
            report.addMissing(
              "AIServiceBackend", wanted, missing,
              effect:
                "no rule of the route is written, and where Envoy has fewer backends of this rule "
                + "from before, AI Gateway's controller crashes",
              at: .to("spec", "rules", rule.index, "backendRefs", place, "name"), in: document)
          }
        }
      }
    })
}
