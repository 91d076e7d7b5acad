package import Schemas
package import YAML

/// What the controller makes of an MCPRoute (envoyproxy/ai-gateway v1.1.0,
/// internal/controller/mcp_route.go, mcp_route_security_policy.go).
extension MCPRoute {
  /// The HTTPRoute that clients are served by.
  package var mainRoute: ObjectKey { ObjectKey(key.namespace, MCPRoute.mainRoute(of: key.name)) }

  /// The name of the HTTPRoute by which clients of an MCPRoute are served.
  package static func mainRoute(of name: String) -> String { mainPrefix + name }

  fileprivate static let mainPrefix = "ai-eg-mcp-main-"

  /// The HTTPRoute that leads to one server.
  package func route(to server: Server) -> ObjectKey {
    ObjectKey(key.namespace, "ai-eg-mcp-br-\(key.name)-\(server.name)")
  }

  /// All of its HTTPRoutes.
  package var generatedRoutes: [ObjectKey] { [mainRoute] + servers.map(route) }

  /// The HTTPRoute that clients are served by, as far as requests go.
  package var mainHTTPRoute: Node {
    var match = [Mapping.Entry("path", .exact(servedPath))]
    if let headers = spec.given("headers") { match.append(Mapping.Entry("headers", headers)) }
    let proxy = Node.map([
      "group": .string(APIGroup.envoyGateway), "kind": .string("Backend"),
      "name": .string("ai-eg-mcp-proxy"), "namespace": .string(key.namespace),
      "port": .integer(9856),
    ])
    let rule = Node.map([
      "matches": .sequence([.mapping(Mapping(match))]),
      "backendRefs": .sequence([proxy]),
      "timeouts": .map(["request": .string("30m"), "backendRequest": .string("30m")]),
    ])
    return httpRoute(mainRoute, rules: [rule] + metadataRules)
  }

  /// The paths at which it shows clients where to get a token, each with the name of its rule.
  package var metadataPaths: [(rule: String, path: String)] {
    guard spec.given("securityPolicy", "oauth") != nil else { return [] }
    let bare = servedPath.hasSuffix("/") ? String(servedPath.dropLast()) : servedPath
    return [
      ("oauth-protected-resource-metadata", MCPRoute.resourceMetadata + bare),
      ("oauth-authorization-server-metadata", "/.well-known/oauth-authorization-server" + bare),
      (
        "oauth-authorization-server-metadata-oidc",
        "/.well-known/openid-configuration" + servedPath
      ),
    ]
  }

  /// What the path begins with at which clients are told of the authorization server.
  private static let resourceMetadata = "/.well-known/oauth-protected-resource"

  /// The path of the URL that clients without a token are sent to, which is made of the URL of the
  /// resource.
  package var announcedMetadataPath: String? {
    guard
      let resource = spec.given("securityPolicy", "oauth", "protectedResourceMetadata")?
        .given("resource")?.text
    else { return nil }
    let bare = resource.hasSuffix("/") ? resource.dropLast() : resource[...]
    let scheme = ["https://", "http://"].first(where: bare.hasPrefix) ?? ""
    return MCPRoute.resourceMetadata + bare.dropFirst(scheme.count).drop { $0 != "/" }
  }

  private var metadataRules: [Node] {
    metadataPaths.map { name, path in
      // Both rules for the authorization server have one filter.
      let filter = name.hasSuffix("-oidc") ? String(name.dropLast(5)) : name
      let ref = Node.map([
        "group": .string(APIGroup.envoyGateway), "kind": .string(GroupKind.httpRouteFilter.kind),
        "name": .string("ai-eg-mcp-\(key.name)-\(filter)"),
      ])
      return .map([
        "name": .string(name),
        "matches": .sequence([.map(["path": .exact(path)])]),
        "filters": .sequence([.map(["type": .string("ExtensionRef"), "extensionRef": ref])]),
      ])
    }
  }

  private func httpRoute(_ name: ObjectKey, rules: [Node]) -> Node {
    var parts: [Mapping.Entry] = ["parentRefs", "hostnames"].compactMap { field in
      spec.given(field).map { Mapping.Entry(field, $0) }
    }
    parts.append(Mapping.Entry("rules", .sequence(rules)))
    var metadata = [
      Mapping.Entry("name", .string(name.name)),
      Mapping.Entry("namespace", .string(name.namespace)),
    ]
    for field in ["labels", "creationTimestamp"] {
      guard let value = node["metadata"]?.given(field) else { continue }
      metadata.append(Mapping.Entry(field, value))
    }
    return .map([
      "apiVersion": .string("gateway.networking.k8s.io/v1"), "kind": .string("HTTPRoute"),
      "metadata": .mapping(Mapping(metadata)), "spec": .mapping(Mapping(parts)),
    ])
  }

  /// What the API server refuses of its HTTPRoutes, at the places in the MCPRoute that it comes
  /// from.
  package func refusals(in release: Release) -> [(path: Path, message: String)] {
    let match = Path.to("spec", "rules", 0, "matches", 0)
    return validate(mainHTTPRoute, release) { path in
      path.isWithin(match.appending("path"))
        ? .to("spec", "path")
        : path.relative(to: match.appending("headers")).map(Path.to("spec", "headers").appending)
    }
      + servers.flatMap { server in
        let rule = Node.map(["filters": .sequence(filters(for: server))])
        return validate(httpRoute(route(to: server), rules: [rule]), release) { path in
          guard path.isWithin(.to("spec", "rules", 0, "filters")) else { return nil }
          if path.steps.contains(.key("urlRewrite")) { return server.path.appending("path") }
          let field = path.steps.last == .key("value") ? "inline" : "header"
          return server.apiKeyPath.appending(field)
        }
      }
  }

  /// Whether the API server refuses the HTTPRoute that clients are served by.
  package func isRefused(in release: Release) -> Bool {
    !ResourceKind.httpRoute.root.violations(in: mainHTTPRoute, release: release).isEmpty
  }

  private func filters(for server: Server) -> [Node] {
    let path = Node.map([
      "type": .string("ReplaceFullPath"), "replaceFullPath": .string(server.askedPath),
    ])
    var filters: [Node] = [
      .map(["type": .string("URLRewrite"), "urlRewrite": .map(["path": path])])
    ]
    if let key = server.apiKey, let value = key.given("inline")?.text,
      key.given("queryParam") == nil
    {
      let header = key.given("header")?.text ?? "Authorization"
      let bearer = header == "Authorization" ? "Bearer " : ""
      filters.append(
        .map([
          "type": .string("RequestHeaderModifier"),
          "requestHeaderModifier": .map([
            "set": .sequence([
              .map(["name": .string(header), "value": .string(bearer + value)])
            ])
          ]),
        ]))
    }
    return filters
  }

  private func validate(
    _ object: Node, _ release: Release, source: (Path) -> Path?
  ) -> [(path: Path, message: String)] {
    ResourceKind.httpRoute.root.violations(in: object, release: release).compactMap { violation in
      source(violation.path).map { ($0, violation.message) }
    }
  }

  /// The SecurityPolicy on its HTTPRoute, nil where it asks nothing of clients.
  package var clientPolicy: Policy? {
    guard let asked = spec.given("securityPolicy") else { return nil }
    var parts = ["apiKeyAuth", "extAuth"].compactMap { part in
      asked.given(part).map { Mapping.Entry(part, $0) }
    }
    if let oauth = asked.given("oauth") {
      var provider = [Mapping.Entry("name", .string("mcp-jwt-provider"))]
      provider += ["remoteJWKS", "localJWKS"].compactMap { source in
        oauth.given("jwks", source).map { Mapping.Entry(source, $0) }
      }
      let providers = Node.sequence([.mapping(Mapping(provider))])
      parts.append(Mapping.Entry("jwt", .map(["providers": providers])))
    }
    guard !parts.isEmpty else { return nil }
    let target = Node.map([
      "group": .string(APIGroup.gatewayAPI), "kind": .string("HTTPRoute"),
      "name": .string(mainRoute.name),
    ])
    parts.append(Mapping.Entry("targetRefs", .sequence([target])))
    return Policy(
      .map([
        "metadata": .map([
          "name": .string("ai-eg-mcp-\(key.name)"), "namespace": .string(key.namespace),
        ]),
        "spec": .mapping(Mapping(parts)),
      ]), kind: .security)
  }

  /// Where in the MCPRoute stands what stands at a place in that policy.
  package func source(of path: Path) -> Path {
    let place = Path.to("spec", "securityPolicy")
    if let rest = path.relative(to: .to("spec", "jwt", "providers", 0)) {
      return place.appending(.to("oauth", "jwks")).appending(rest)
    }
    return path.relative(to: .to("spec")).map(place.appending) ?? place
  }
}

extension ResourceIndex {
  /// The MCPRoute whose own HTTPRoute takes the place of one that somebody wrote.
  package func overwriter(of route: HTTPRoute) -> MCPRoute? {
    guard !route.isGenerated(by: .mcpRoute), let own = mcpRoute(named: route.key),
      !own.isRefused(in: release)
    else { return nil }
    return own
  }

  /// The MCPRoute whose clients an HTTPRoute serves, nil where it is somebody's own.
  package func mcpRoute(servedBy route: ObjectKey) -> MCPRoute? {
    guard let written = httpRoute(route)?.route, !written.isGenerated(by: .mcpRoute) else {
      return mcpRoute(named: route)
    }
    return overwriter(of: written)
  }

  /// The MCPRoute of whose HTTPRoute for clients a name is.
  private func mcpRoute(named route: ObjectKey) -> MCPRoute? {
    guard route.name.hasPrefix(MCPRoute.mainPrefix) else { return nil }
    let name = String(route.name.dropFirst(MCPRoute.mainPrefix.count))
    return mcpRoute(ObjectKey(route.namespace, name))
  }

  /// Where the controller stops at a server of an MCPRoute, and why: what comes behind it, the
  /// SecurityPolicy last, is then not written.
  package func failure(of route: MCPRoute) -> (server: String, reason: String)? {
    let refused = route.refusals(in: release)
    let age = Age(of: route.node)
    let older = mcpRoutes.filter { $0.key != route.key && Age(of: $0.node) < age }
    for server in route.servers {
      let name = route.route(to: server)
      if let owner = older.first(where: { other in
        other.servers.contains { other.route(to: $0) == name }
      }) {
        return (server.name, "HTTPRoute \(name.name) is MCPRoute \(owner.key.name)'s")
      }
      if let namespace = server.namespace, namespace != route.key.namespace {
        return (server.name, "it is of namespace \(namespace)")
      }
      if let ref = server.apiKey?.given("secretRef"), let name = ref["name"]?.text,
        let data = stored("Secret", ObjectKey(route.key.namespace, name)), !data.entries.isEmpty,
        data.entry("apiKey") == nil
      {
        return (server.name, "Secret \(name) has no key apiKey")
      }
      if let written = httpRoute(name)?.route, !written.isGenerated(by: .mcpRoute) {
        return (server.name, "HTTPRoute \(name.name) is another's")
      }
      if refused.contains(where: { $0.path.isWithin(server.path) }) {
        return (server.name, "the server refuses its HTTPRoute")
      }
    }
    return nil
  }
}

extension Node {
  /// The match of one path.
  fileprivate static func exact(_ path: String) -> Node {
    .map(["type": .string("Exact"), "value": .string(path)])
  }
}
