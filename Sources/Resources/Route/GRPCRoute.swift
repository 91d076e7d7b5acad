import Schemas
import YAML

extension ResourceIndex {
  /// The GRPCRoutes, each as the HTTPRoute that Envoy Gateway reads it as: their hosts and paths take
  /// requests from other routes (envoyproxy/gateway v1.8.1, internal/gatewayapi/route.go,
  /// processGRPCRouteRule).
  package var grpcRoutes: [(index: Int, route: HTTPRoute)] {
    others(.grpcRoute).map { ($0.index, HTTPRoute(grpcRoute: $0.node)) }
  }
}

extension HTTPRoute {
  fileprivate convenience init(grpcRoute node: Node) {
    let rules = node.given("spec", "rules")?.items.map { rule in
      guard let matches = rule.given("matches")?.items else { return rule }
      return rule.setting("matches", to: .sequence(matches.map(\.matchOfHTTP)))
    }
    let spec = node.given("spec") ?? .map([:])
    self.init(
      node.setting("spec", to: spec.setting("rules", to: .sequence(rules ?? []))),
      kind: .grpcRoute)
  }
}

extension Node {
  fileprivate func setting(_ key: String, to value: Node) -> Node {
    guard case .mapping(var fields) = self else { return self }
    fields[key] = value
    return .mapping(fields)
  }

  /// The match of a GRPCRoute with the path of its method in its place.
  fileprivate var matchOfHTTP: Node {
    guard let method = given("method") else { return self }
    let path = method.pathOfMethod.map { type, value in
      Node.map(["type": .string(type), "value": .string(value)])
    }
    return path.map { setting("path", to: $0) } ?? self
  }

  /// The type and value of the path of a method. Envoy Gateway looks for a method alone at the end of
  /// the path, which an expression says as well.
  private var pathOfMethod: (String, String)? {
    let isExpression = given("type")?.text == "RegularExpression"
    switch (given("service")?.text, given("method")?.text) {
    case (let service?, let method?):
      return (isExpression ? "RegularExpression" : "Exact", "/\(service)/\(method)")
    case (let service?, nil):
      return isExpression
        ? ("RegularExpression", "/\(service)/[A-Za-z_][A-Za-z_0-9]*")
        : ("PathPrefix", "/\(service)")
    case (nil, let method?):
      let service = isExpression ? #"(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*"# : ".*"
      return ("RegularExpression", "/\(service)/\(method)")
    case (nil, nil): return nil
    }
  }
}
