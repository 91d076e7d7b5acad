import Schemas
import YAML
import Resources

extension Rule {
  static let mixedPools = Rule(
    "cel.R2", "mixed-pools", .error, .admission,
    "an InferencePool together with other backends in a rule",
    why: "A rule refers to one InferencePool or to AIServiceBackends, not to both.",
    bad:
      "backendRefs: [{name: a}, {name: p, group: inference.networking.k8s.io, kind: InferencePool}]",
    good: "one rule each",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      let isMixed = !rule.refs.allSatisfy(\.namesBoth) && rule.refs.contains(where: \.isTyped)
      guard isMixed, let index = rule.refs.firstIndex(where: \.isTyped) else { return }
      let message =
        rule.refs.count > 1
        ? "an InferencePool cannot share a rule with AIServiceBackends; give it its own rule"
        : "the rule leads neither to an InferencePool nor to an AIServiceBackend; "
          + "name group and kind together, or neither"
      report.add(message, at: .to("backendRefs", index), field: .root)
    })
}
