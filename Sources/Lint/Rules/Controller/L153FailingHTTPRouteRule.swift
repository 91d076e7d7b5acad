import Resources
import Schemas
import YAML

extension Rule {
  static let failingHTTPRouteRule = Rule(
    "L153", "failing-httproute-rule", .error, .controller,
    "a rule of an HTTPRoute that Envoy Gateway drops, or answers with 500 or 503",
    why: "The API server accepts a filter that leads nowhere, a backendRef of any kind and any "
      + "regular expression. Envoy Gateway answers 500 to what such a rule takes, 503 where there are no "
      + "endpoints, or leaves the rule out, so that others take its requests. The status of the "
      + "HTTPRoute says so. Beside an InferencePool other backends of a rule get nothing.",
    bad: "HTTPRoute {backendRefs: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, ...}]}",
    good: "HTTPRoute {backendRefs: [{group: gateway.envoyproxy.io, kind: Backend, ...}]}",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    .bundle { index, report in
      for (document, route) in index.plainHTTPRoutes {
        // Ports are told by L59, with those that there are, and grants by L150.
        let toldElsewhere: [Path.Step?] = [.key("port"), .key("namespace")]
        for failure in index.failures(of: route)
        where !toldElsewhere.contains(failure.path.last)
          || failure.path.steps.contains(.key("requestMirror")) && failure.isCertain
        {
          let effect =
            switch failure.effect {
            case .answered: "requests that the rule takes get 500"
            case .dropped: "the rule is left out"
            case .shared: "its share of the requests gets 500"
            case .unavailable: "its share of the requests gets 503"
            case .closed: "requests that the rule takes get 503"
            case .passedOver: "it gets no requests"
            }
          let isCertain = failure.isCertain && failure.effect != .passedOver
          report.add(
            "\(effect): \(failure.reason)", at: failure.path, in: document,
            severity: isCertain ? .error : .warning)
        }
      }
      let named = Set(index.plainHTTPRoutes.flatMap { $0.route.filters })
      for filter in index.others(.httpRouteFilter) where !named.contains(filter.key) {
        guard let failure = index.failure(of: filter) else { continue }
        report.add(
          "requests of rules with this filter get 500: \(failure.reason)", at: failure.path,
          in: filter.index, severity: failure.isCertain ? .error : .warning)
      }
    })
}
