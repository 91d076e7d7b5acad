package import YAML

extension ResourceIndex {
  /// What an HTTPRouteFilter of a rule asks of requests beside the rule's own matches: any of these
  /// has to fit, with all of its cookies; empty where none asks for anything (envoyproxy/gateway
  /// v1.8.1, internal/gatewayapi/filters.go, route.go).
  package func cookieMatches(of rule: Node, in route: HTTPRoute) -> [Node] {
    for filter in rule.list("filters") {
      guard let spec = specOfFilter(filter, in: route) else { continue }
      let matches = spec.list("matches")
      if !matches.isEmpty { return matches }
      // What follows an answer is not looked at.
      if spec.given("directResponse") != nil { return [] }
    }
    return []
  }
}
