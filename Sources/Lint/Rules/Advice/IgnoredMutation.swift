import Schemas
import Resources

extension Rule {
  static let ignoredMutation = Rule(
    "headers.ignored", "ignored-mutation", .warning, "a header mutation that is ignored or refused",
    why: "AI Gateway itself manages headers that begin with x-ai-eg-, pseudo-headers such as "
      + ":path, and x-envoy-original-path, and Envoy lets nobody change host and x-envoy-…: entries "
      + "of headerMutation for them are ignored silently. A line end in a value is refused, and "
      + "requests get 500.",
    bad: "headerMutation: {set: [{name: x-ai-eg-model, value: other}]}",
    good: "modelNameOverride: other",
    reference: Citation.aiGateway("internal/headermutator/header_mutator.go"),
    repair: .automatic,
    .routeRule { rule, report in
      guard rule.traits.contains(.mutation) else { return }
      for (place, ref) in rule.refs.enumerated() {
        report.addIgnoredChanges(ref.node.given("headerMutation"), at: .to("backendRefs", place))
      }
    })
}
