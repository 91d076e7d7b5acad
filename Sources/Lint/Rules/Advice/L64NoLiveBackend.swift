import Schemas
import Resources
import YAML

extension Rule {
  static let noLiveBackend = Rule(
    "L64", "no-live-backend", .error, "a rule in which no backend receives traffic",
    why: "Every request of the rule gets 500 with an empty body.",
    bad: "backendRefs: [{name: a, weight: 0}]", good: "backendRefs: [{name: a}]",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    repair: .confirmed,
    .routeRule { rule, report in
      if rule.refs.isEmpty {
        report.add(
          "the rule has no backend and answers 500; name one", at: .to("backendRefs"))
      } else if !rule.refs.contains(where: \.isLive) {
        report.add(
          "every weight is 0 and the rule answers 500; use at least 1",
          at: .to("backendRefs", 0, "weight"), caution: .opening, fix: "write weight 1",
          .set(.to("backendRefs", 0, "weight"), .integer(1)))
      }
    })
}
