import Manifest

/// A ReferenceGrant as the rules see it.
final class Grant: Sendable {
  struct From: Hashable, Sendable {
    let group: String
    let kind: String
    let namespace: String
  }

  struct To: Hashable, Sendable {
    let group: String
    let kind: String
    let name: String?
  }

  let node: Node
  let namespace: String?
  let from: [From]
  let to: [To]

  init(_ node: Node) {
    self.node = node
    namespace = node["metadata"]?["namespace"]?.text
    from = (node["spec"]?["from"]?.items ?? []).map {
      From(
        group: $0["group"]?.text ?? "", kind: $0["kind"]?.text ?? "",
        namespace: $0["namespace"]?.text ?? "")
    }
    to = (node["spec"]?["to"]?.items ?? []).map {
      To(group: $0["group"]?.text ?? "", kind: $0["kind"]?.text ?? "", name: $0["name"]?.text)
    }
  }

  var home: String { namespace ?? Namespace.fallback }
}

/// A kind of reference that needs a grant when it leaves its namespace (domain.md 2.7).
struct Reference: Hashable, Sendable {
  struct Side: Hashable, Sendable {
    let group: String
    let kind: String

    static let route = Side(group: "aigateway.envoyproxy.io", kind: "AIGatewayRoute")
    static let httpRoute = Side(group: "gateway.networking.k8s.io", kind: "HTTPRoute")
    static let service = Side(group: "aigateway.envoyproxy.io", kind: "AIServiceBackend")
    static let backend = Side(group: "gateway.envoyproxy.io", kind: "Backend")
    static let pool = Side(group: "inference.networking.k8s.io", kind: "InferencePool")

    /// The side of a group and kind, nil for those that routes have nothing to do with.
    static func find(_ group: String, _ kind: String) -> Side? {
      [route, httpRoute, service, backend, pool].first { $0.group == group && $0.kind == kind }
    }
  }

  let source: Side
  let target: Side

  /// What a route needs for its references into a namespace, the route's own grants first.
  static func needs(of destination: Destination) -> [Reference] {
    let services = destination.hasServices
    let pools = destination.hasPools
    var needs: [Reference] = []
    if services { needs.append(Reference(source: .route, target: .service)) }
    if pools { needs.append(Reference(source: .route, target: .pool)) }
    if services { needs.append(Reference(source: .httpRoute, target: .backend)) }
    if pools { needs.append(Reference(source: .httpRoute, target: .pool)) }
    return needs
  }
}
