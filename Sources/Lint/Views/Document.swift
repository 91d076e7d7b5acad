import Kinds
import Manifest

/// A document with what is known of it.
final class Document: Sendable {
  enum Content: Sendable {
    case route(Route)
    case clientPolicy(Policy)
    case backendPolicy(BackendPolicy)
    case grant(Grant)
    case service(ServiceBackend)
    case backend(Backend)
    case gateway(Gateway)
    case credentials(Credentials)
    case tlsPolicy(TLSPolicy)
    case plainRoute(PlainRoute)
    case securityPolicy(Policy)
    case installation(Installation)
    /// A kind that no rule looks into.
    case other
  }

  /// What makes two documents one object in a cluster.
  struct Identity: Hashable, Sendable {
    let group: Substring
    let kind: String
    let title: ObjectKey

    init?(_ node: Node, kind: String) {
      let metadata = node["metadata"]
      guard let name = metadata?["name"]?.text, !name.isEmpty else { return nil }
      group = (node["apiVersion"]?.text ?? "").prefix { $0 != "/" }
      self.kind = kind
      title = ObjectKey(metadata?["namespace"]?.text ?? Namespace.fallback, name)
    }
  }

  let index: Int
  let node: Node
  let apiVersion: String?
  let kind: String?
  let resource: Resource?
  let content: Content
  /// Nil without a kind or a name.
  let identity: Identity?
  /// Whether some texts of an object that is judged hold variables.
  let hasVariables: Bool

  init(_ node: Node, index: Int, reusing previous: Document?) {
    self.index = index
    self.node = node
    apiVersion = node["apiVersion"]?.text
    kind = node["kind"]?.text
    name = node["metadata"]?["name"]?.text ?? ""
    resource = kind.flatMap { Resource.find(kind: $0, in: node["apiVersion"]?.text) }
    content = Document.content(of: node, kind, reusing: previous)
    identity = kind.flatMap { Identity(node, kind: $0) }
    let isJudged = if case .other = content { resource != nil } else { true }
    hasVariables = isJudged && node.countVariables() != nil
  }

  private static func content(of node: Node, _ kind: String?, reusing previous: Document?)
    -> Content
  {
    switch kind {
    case "AIGatewayRoute":
      var old: Route?
      if case .route(let route)? = previous?.content { old = route }
      return .route(Route(node, reusing: old))
    case "ClientTrafficPolicy": return .clientPolicy(Policy(node, side: .client))
    case "BackendTrafficPolicy":
      return .backendPolicy(BackendPolicy(Policy(node, side: .backend)))
    case "ReferenceGrant": return .grant(Grant(node))
    case let kind?: return content(of: node, neighbour: kind)
    case nil: return .other
    }
  }

  /// Objects that stand around routes; kinds of their names exist in other groups too.
  private static func content(of node: Node, neighbour kind: String) -> Content {
    let group = (node["apiVersion"]?.text ?? groups[kind] ?? "").prefix { $0 != "/" }
    let metadata = node["metadata"]
    let name = ObjectKey(
      metadata?["namespace"]?.text ?? Namespace.fallback, metadata?["name"]?.text ?? "")
    if let installation = Installation(node, kind: kind) { return .installation(installation) }
    guard let known = groups[kind], known == group else { return .other }
    switch kind {
    case "AIServiceBackend": return .service(ServiceBackend(node, name: name))
    case "BackendSecurityPolicy": return .credentials(Credentials(node, name: name))
    case "Backend": return .backend(Backend(node, name: name))
    case "BackendTLSPolicy": return .tlsPolicy(TLSPolicy(node, name: name))
    case "Gateway": return .gateway(Gateway(node, name: name))
    case "HTTPRoute": return .plainRoute(PlainRoute(node, name: name))
    case "SecurityPolicy": return .securityPolicy(Policy(node, side: .security))
    case _: return .other
    }
  }

  private static let groups = [
    "AIServiceBackend": "aigateway.envoyproxy.io",
    "BackendSecurityPolicy": "aigateway.envoyproxy.io",
    "Backend": "gateway.envoyproxy.io",
    "SecurityPolicy": "gateway.envoyproxy.io",
    "BackendTLSPolicy": "gateway.networking.k8s.io",
    "Gateway": "gateway.networking.k8s.io",
    "HTTPRoute": "gateway.networking.k8s.io",
  ]

  let name: String
  /// As written; nil is kubectl's current namespace, which is taken for `default`.
  var namespace: String? { node["metadata"]?["namespace"]?.text }
  var home: String { namespace ?? Namespace.fallback }
  var title: ObjectKey { ObjectKey(home, name) }
}
