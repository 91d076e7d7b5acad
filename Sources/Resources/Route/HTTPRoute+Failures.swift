import Schemas
package import YAML

/// Why Envoy Gateway does not do with a rule of a plain HTTPRoute what it says (envoyproxy/gateway
/// v1.8.1, internal/gatewayapi/route.go, filters.go, validate.go).
package struct RuleFailure: Sendable {
  package enum Effect: Sendable {
    /// Requests that the rule takes are answered with 500.
    case answered
    /// The rule is not there, so that other rules take its requests.
    case dropped
    /// The share of one backendRef is answered with 500.
    case shared
    /// The share of one backendRef is answered with 503.
    case unavailable
    /// Requests that the rule takes are answered with 503.
    case closed
    /// One backendRef gets none of the requests.
    case passedOver
  }

  /// The index of the rule in its route.
  package let rule: Int
  package let path: Path
  package let effect: Effect
  package let reason: String
  /// Whether nothing in a cluster changes it.
  package let isCertain: Bool
}

/// A rule of a plain HTTPRoute.
struct PlainRule {
  let number: Int
  let node: Node
  let route: HTTPRoute

  var path: Path { .to("spec", "rules", number) }

  /// What fails at a place below it.
  func failure(
    at place: Path, _ effect: RuleFailure.Effect, _ reason: String, isCertain: Bool = true
  ) -> RuleFailure {
    RuleFailure(
      rule: number, path: path.appending(place), effect: effect, reason: reason,
      isCertain: isCertain)
  }
}

extension ResourceIndex {
  /// What fails in the rules of a plain HTTPRoute, as far as the documents say.
  package func failures(of route: HTTPRoute) -> [RuleFailure] {
    (route.node["spec"]?.list("rules") ?? []).enumerated().flatMap { number, node in
      let rule = PlainRule(number: number, node: node, route: route)
      return matchFailures(of: rule) + filterFailures(of: rule) + backendFailures(of: rule)
    }
  }

  /// What makes Envoy Gateway drop a rule.
  private func matchFailures(of rule: PlainRule) -> [RuleFailure] {
    var failures = rule.node.list("matches").enumerated().flatMap { place, match in
      unreadable(match, at: .to("matches", place)).map { rule.failure(at: $0, .dropped, $1) }
    }
    let cookies = cookieMatches(of: rule.node, in: rule.route).flatMap { $0.list("cookies") }
    if let problem = cookies.lazy.compactMap(\.unreadableExpression).first {
      failures.append(
        rule.failure(
          at: .to("filters"), .dropped, "of a cookie in its HTTPRouteFilter \(problem)"))
    }
    if rule.node.given("sessionPersistence", "idleTimeout") != nil {
      failures.append(
        rule.failure(
          at: .to("sessionPersistence", "idleTimeout"), .dropped,
          "Envoy Gateway has no idleTimeout of sessions; leave it out"))
    }
    return failures
  }

  /// Regular expressions of a match that cannot be read.
  private func unreadable(_ match: Node, at path: Path) -> [(Path, String)] {
    let lists = ["headers", "queryParams"].flatMap { key in
      match.list(key).indices.map { Path.to(key, $0) }
    }
    return ([.to("path")] + lists).compactMap { place in
      match[place]?.unreadableExpression.map { (path.appending(place).appending("value"), $0) }
    }
  }
}
