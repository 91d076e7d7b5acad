import Resources
import Schemas
import YAML

extension Rule {
  static let bodyValue = Rule(
    "body.json", "body-value", .warning, "a change of the body that cannot be made",
    why: "A value that begins and ends as JSON does, or looks like a number, is put into the "
      + "request's body as it is, so what is no JSON breaks the body; any other value is a text. "
      + "In a list of the body a path can name items by number only; otherwise none of the "
      + "backend's changes is made.",
    bad: "bodyMutation: {set: [{path: since, value: 2026-01-31}]}",
    good: "bodyMutation: {set: [{path: since, value: '\"2026-01-31\"'}]}",
    reference: Upstream.aiGateway("internal/bodymutator/body_mutator.go"),
    .routeRule { rule, report in
      for (index, ref) in rule.refs.enumerated() where ref.hasMutation {
        report.tellBroken(ref.node.given("bodyMutation"), at: .to("backendRefs", index))
      }
    })
}
