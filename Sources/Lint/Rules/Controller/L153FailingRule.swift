import Resources
import Schemas

extension Rule {
  static let failingRule = Rule(
    "L153", "failing-httproute-rule", .error, .controller,
    "a rule of an HTTPRoute that Envoy Gateway drops or answers with 500",
    why: "The API server accepts a filter that leads nowhere, a backendRef of any kind and any "
      + "regular expression. Envoy Gateway answers 500 to what such a rule takes, or leaves the "
      + "rule out, so that others take its requests. The status of the HTTPRoute says so.",
    bad: "HTTPRoute {backendRefs: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, ...}]}",
    good: "HTTPRoute {backendRefs: [{group: gateway.envoyproxy.io, kind: Backend, ...}]}",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    .bundle { index, report in
      for (document, route) in index.plainHTTPRoutes {
        for failure in index.failures(of: route) {
          let effect =
            switch failure.effect {
            case .answered: "requests that the rule takes get 500"
            case .dropped: "the rule is left out"
            case .shared: "its share of the requests gets 500"
            }
          report.add(
            "\(effect): \(failure.reason)", at: failure.path, in: document,
            severity: failure.isCertain ? .error : .warning)
        }
      }
    })
}
