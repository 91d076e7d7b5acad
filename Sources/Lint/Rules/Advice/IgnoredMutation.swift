import Schemas
import Resources

extension Rule {
  static let ignoredMutation = Rule(
    "headers.ignored", "ignored-mutation", .warning, "a header mutation that AI Gateway ignores",
    why: "AI Gateway itself manages headers that begin with x-ai-eg-, pseudo-headers such as "
      + ":path, and x-envoy-original-path: entries of headerMutation for them are ignored "
      + "silently.",
    bad: "headerMutation: {set: [{name: x-ai-eg-model, value: other}]}",
    good: "modelNameOverride: other",
    reference: Citation.aiGateway("internal/headermutator/header_mutator.go"),
    .routeRule { rule, report in
      guard rule.traits.contains(.mutation) else { return }
      for (place, ref) in rule.refs.enumerated() {
        report.addIgnoredChanges(ref.node.given("headerMutation"), at: .to("backendRefs", place))
      }
    })
}
