import Resources
import Schemas
import YAML

extension Rule {
  static let bodyValue = Rule(
    "body.json", "body-value", .warning, "a body value that is not JSON",
    why: "The text is put into the request's body as it is, so what is no JSON breaks the body. A "
      + "string in the body needs its own quotes.",
    bad: "bodyMutation: {set: [{path: service_tier, value: flex}]}",
    good: "bodyMutation: {set: [{path: service_tier, value: '\"flex\"'}]}",
    reference: Upstream.aiGateway("internal/bodymutator/body_mutator.go"),
    .routeRule { rule, report in
      for (index, ref) in rule.refs.enumerated() where ref.hasMutation {
        for (place, entry) in (ref.node["bodyMutation"]?["set"]?.items ?? []).enumerated() {
          guard let text = entry["value"]?.text, !JSONText.isValid(text) else { continue }
          let path = Path.to("backendRefs", index, "bodyMutation", "set", place, "value")
          report.add(
            "value \(text.quoted) is not JSON; a string needs its own quotes: \(text.json)",
            at: path, fix: "write \(text.json)", .set(path, .string(text.json)))
        }
      }
    })
}
