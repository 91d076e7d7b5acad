import Kinds
import Manifest

/// A document with what is known of it.
final class Document: Sendable {
  enum Content: Sendable {
    case route(Route)
    case clientPolicy(Policy)
    case backendPolicy(BackendPolicy)
    case grant(Grant)
    /// A kind that no rule looks into.
    case other
  }

  let index: Int
  let node: Node
  let apiVersion: String?
  let kind: String?
  let resource: Resource?
  let content: Content

  init(_ node: Node, index: Int, reusing previous: Document?) {
    self.index = index
    self.node = node
    apiVersion = node["apiVersion"]?.text
    kind = node["kind"]?.text
    name = node["metadata"]?["name"]?.text ?? ""
    resource = kind.flatMap { Resource.find(kind: $0, in: node["apiVersion"]?.text) }
    switch kind {
    case "AIGatewayRoute":
      var old: Route?
      if case .route(let route)? = previous?.content { old = route }
      content = .route(Route(node, reusing: old))
    case "ClientTrafficPolicy": content = .clientPolicy(Policy(node, side: .client))
    case "BackendTrafficPolicy":
      content = .backendPolicy(BackendPolicy(Policy(node, side: .backend)))
    case "ReferenceGrant": content = .grant(Grant(node))
    default: content = .other
    }
  }

  let name: String
  var home: String { node["metadata"]?["namespace"]?.text ?? Namespace.fallback }
}
