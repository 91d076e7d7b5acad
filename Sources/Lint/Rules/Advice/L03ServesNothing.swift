import Resources
import Schemas
import YAML

extension Rule {
  static let servesNothing = Rule(
    "L03", "serves-nothing", .error, "a route without spec, parentRefs or rules",
    why: "The API server stores it and the controller reports Accepted, but it serves nothing.",
    bad: "spec: {rules: [{backendRefs: [{name: openai}]}]}",
    good: "spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [{name: openai}]}]}",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    .route { route, report in
      guard let spec = route.node["spec"], case .mapping(let fields) = spec else {
        if route.node["spec"].map(\.isNull) ?? true {
          report.add(
            "the route has no spec and serves nothing; write parentRefs and rules",
            at: .to("spec"))
        }
        return
      }
      if (fields["parentRefs"]?.items ?? []).isEmpty, fields["targetRefs"] == nil {
        report.add(
          "the route attaches to no Gateway and serves nothing; write parentRefs",
          at: .to("spec", "parentRefs"))
      }
      if case .sequence(let rules)? = fields["rules"], rules.isEmpty {
        report.add(
          "the route has no rules and serves nothing; write one", at: .to("spec", "rules"))
      }
    })
}
