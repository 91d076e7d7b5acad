import Resources
import Schemas
import YAML

extension Rule {
  static let bodyValue = Rule(
    "body.json", "body-value", .warning, "a body mutation that fails or breaks the body",
    why: "A value that begins and ends like JSON, or looks like a number, is inserted into the "
      + "request body unchanged, so invalid JSON breaks the body; any other value is inserted as a "
      + "string. A path can address items of a list in the body by number only; otherwise none of "
      + "the backend's changes is made. Whether an answer is a stream AI Gateway takes from the "
      + "client's request.",
    bad: "bodyMutation: {set: [{path: since, value: 2026-01-31}]}",
    good: "bodyMutation: {set: [{path: since, value: '\"2026-01-31\"'}]}",
    reference: Citation.aiGateway("internal/bodymutator/body_mutator.go"),
    repair: .automatic,
    .routeRule { rule, report in
      for (index, ref) in rule.refs.enumerated() where ref.hasMutation {
        report.addInvalidChanges(ref.node.given("bodyMutation"), at: .to("backendRefs", index))
      }
    })
}
