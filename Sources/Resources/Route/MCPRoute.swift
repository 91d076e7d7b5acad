import Schemas
package import YAML

/// An MCPRoute: MCP servers that clients see as one (envoyproxy/ai-gateway v1.1.0,
/// internal/controller/mcp_route.go).
package struct MCPRoute: Sendable {
  /// A reference to one of its MCP servers.
  package struct Server: Sendable {
    package let node: Node
    package let path: Path
    package let name: String
    /// The group and kind, with the defaults that the API server writes.
    package let target: GroupKind
    /// As written; nil is the route's own.
    package let namespace: String?

    fileprivate init(_ node: Node, at path: Path) {
      self.node = node
      self.path = path
      name = node["name"]?.text ?? ""
      target = GroupKind(
        node.given("group")?.text ?? "", node.given("kind")?.text ?? GroupKind.service.kind)
      namespace = node.given("namespace")?.text
    }

    /// The key that the gateway shows to it.
    package var apiKey: Node? { node.given("securityPolicy", "apiKey") }
    /// The path at which it is asked.
    package var askedPath: String { node.given("path")?.text ?? "/mcp" }
    /// Where that stands.
    package var apiKeyPath: Path { path.appending(.to("securityPolicy", "apiKey")) }
  }

  /// The place among the documents.
  package let index: Int
  package let node: Node
  package let key: ObjectKey
  package let attachment: GatewayAttachment
  package let servers: [Server]

  /// Reads what a release knows of an MCPRoute.
  init(_ document: Document, for release: Release = .current) {
    index = document.index
    node = Document.known(document.node, of: document.resource, in: release)
    key = document.key
    let spec = node["spec"]
    attachment = GatewayAttachment(
      namespace: document.key.namespace,
      parents: (spec?.list("parentRefs") ?? []).map(ParentRef.init),
      hostnames: (spec?.list("hostnames") ?? []).compactMap(\.text))
    servers = (spec?.list("backendRefs") ?? []).enumerated().map { place, item in
      Server(item, at: .to("spec", "backendRefs", place))
    }
  }

  package var spec: Node { node["spec"] ?? .map([:]) }
  /// The one path that it answers at.
  package var servedPath: String { spec["path"]?.text ?? "/mcp" }

  /// What AI Gateway takes off the routes of an MCPRoute that serve metadata for clients; extAuth, by
  /// whose plain name it looks too, is named after its policy (envoyproxy/ai-gateway v1.1.0,
  /// internal/extensionserver/mcproute.go; envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/extauth.go).
  package static let droppedAuthentication = ["jwt", "apiKeyAuth"]

  /// How many bytes the proxy reads of a message (internal/mcpproxy/mcpproxy.go).
  package static let largestBody: Int64 = 4 << 20

  /// What stands before the names of a server's tools where clients see them (internal/mcpproxy/
  /// handlers.go, downstreamResourceName).
  package static func toolPrefix(of server: String) -> String { server + "__" }

  /// The Secrets that keys are read from, for which no namespace but the route's own counts.
  package var secrets: [BackendSecurityPolicy.SecretUse] {
    servers.compactMap { server in
      guard let ref = server.apiKey?.given("secretRef"), let name = ref["name"]?.text else {
        return nil
      }
      return BackendSecurityPolicy.SecretUse(
        secret: ObjectKey(key.namespace, name), key: "apiKey",
        path: server.apiKeyPath.appending("secretRef"), namespace: ref.given("namespace")?.text,
        usesNamespace: false)
    }
  }
}
