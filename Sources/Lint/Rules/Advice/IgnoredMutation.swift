import Schemas
import Resources

extension Rule {
  static let ignoredMutation = Rule(
    "headers.ignored", "ignored-mutation", .warning, "a header that AI Gateway leaves alone",
    why: "AI Gateway manages headers that begin with x-ai-eg-, pseudo headers such as :path, and "
      + "x-envoy-original-path itself: entries of headerMutation for them are ignored, and nothing "
      + "says so.",
    bad: "headerMutation: {set: [{name: x-ai-eg-model, value: other}]}",
    good: "modelNameOverride: other",
    reference: Upstream.aiGateway("internal/headermutator/header_mutator.go"),
    .routeRule { rule, report in
      guard rule.traits.contains(.mutation) else { return }
      for (place, ref) in rule.refs.enumerated() {
        report.tellIgnored(ref.node.given("headerMutation"), at: .to("backendRefs", place))
      }
    })
}
