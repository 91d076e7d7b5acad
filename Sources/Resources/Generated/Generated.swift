import Schemas
package import YAML

/// What the controller makes of one AIGatewayRoute (envoyproxy/ai-gateway v1.1.0,
/// internal/controller/ai_gateway_route.go).
package struct Generated: Sendable {
  /// The same objects at two moments.
  package enum Form: Sendable {
    /// As the controller writes them.
    case written
    /// As they read back after the API server's defaults.
    case stored
  }

  /// One of the objects, and the way from it back to the route.
  package struct Object: Sendable {
    package let node: Node
    fileprivate let isHTTPRoute: Bool
    /// How many rules the route has; the HTTPRoute has one more.
    fileprivate let ruleCount: Int

    /// The place in the route that a place in this object comes from.
    ///
    /// It may not be there: a default has a place, too.
    package func source(of path: Path) -> Path {
      let steps = path.steps
      guard case .key(let first)? = steps.first else { return .root }
      if first == "metadata" {
        guard steps.count > 1, case .key(let key) = steps[1] else { return .root }
        if key == "annotations", steps.count > 2, steps[2] == .key(Generated.priorities) {
          return Path([.key("spec"), .key("rules")])
        }
        let isCopied = isHTTPRoute && ["labels", "annotations"].contains(key)
        return isCopied ? path : Path(Array(steps.prefix(2)))
      }
      guard isHTTPRoute, first == "spec", steps.count > 2, steps[1] == .key("rules"),
        case .index(let rule) = steps[2]
      else { return isHTTPRoute && first == "spec" ? path : .root }
      guard rule < ruleCount else { return Path(Array(steps.prefix(2))) }
      guard steps.count > 3, case .key(let part) = steps[3] else { return path }
      switch part {
      case "filters": return Path(Array(steps.prefix(3)))
      case "matches": return match(steps)
      case "backendRefs": return reference(steps)
      default: return path
      }
    }

    private func match(_ steps: [Path.Step]) -> Path {
      guard steps.count > 5, steps[5] == .key("path") else { return Path(steps) }
      return Path(Array(steps.prefix(5)))
    }

    /// Name and weight are the reference's own; the rest says where its name leads.
    private func reference(_ steps: [Path.Step]) -> Path {
      guard steps.count > 5, case .key(let key) = steps[5] else { return Path(steps) }
      return ["name", "namespace", "weight"].contains(key)
        ? Path(steps) : Path(Array(steps.prefix(5)))
    }
  }

  /// Something that the documents leave open.
  package struct Warning: Hashable, Sendable {
    /// Where in the route.
    package let path: Path
    package let message: String
  }

  /// The route's place among the documents, from 0.
  package let document: Int
  package let route: ObjectKey
  /// What stops the controller, in its own words; the objects are then not written.
  package let failure: String?
  /// The failure in a sentence, nil where there is none.
  package var stop: String? { failure.map { "the controller stops at \(route): \($0)" } }
  package let warnings: [Warning]
  private let translation: HTTPRouteBuilder

  /// What becomes of each AIGatewayRoute of an index, in the order of the documents.
  ///
  /// `rootPrefix` is the controller's flag of that name.
  package static func all(in index: ResourceIndex, rootPrefix: String = "/") -> [Generated] {
    index.routes.map { Generated($0.route, $0.index, index, rootPrefix) }
  }

  /// What becomes of one document, by its place; nil where it is no AIGatewayRoute.
  package static func one(
    _ place: Int, in index: ResourceIndex, rootPrefix: String = "/"
  ) -> Generated? {
    guard index.documents.indices.contains(place),
      case .route(let route) = index.documents[place].content
    else { return nil }
    return Generated(route, place, index, rootPrefix)
  }

  private init(_ route: AIGatewayRoute, _ place: Int, _ index: ResourceIndex, _ rootPrefix: String)
  {
    document = place
    self.route = route.key
    translation = HTTPRouteBuilder(route, in: index, rootPrefix: rootPrefix)
    failure = translation.failure
    warnings = translation.warnings
  }

  /// The HTTPRoute and its two filters, with sorted keys, also where `failure` says that they are
  /// not written.
  package func objects(_ form: Form) -> [Object] {
    let rules = translation.route.rules.count
    return [
      Object(node: translation.httpRoute(form), isHTTPRoute: true, ruleCount: rules),
      Object(node: translation.hostRewrite(form), isHTTPRoute: false, ruleCount: rules),
      Object(node: translation.notFound(form), isHTTPRoute: false, ruleCount: rules),
    ]
  }

  /// The annotation with the priorities of the backendRefs.
  package static let priorities = "gateway.envoyproxy.io/backend-ref-priority"
}
