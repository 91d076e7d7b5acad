import Schemas
import YAML
import Resources

extension Rule {
  static let onePool = Rule(
    "cel.R3", "one-pool", .error, .admission, "two InferencePools in a rule",
    why: "A rule can refer to one InferencePool only.",
    bad: "backendRefs: [(pool a), (pool b)]", good: "one rule each",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      guard rule.refs.count > 1, rule.refs.allSatisfy(\.namesBoth) else { return }
      report.add(
        "a rule takes one InferencePool; give the other its own rule", at: .to("backendRefs", 1),
        field: .root)
    })
}
