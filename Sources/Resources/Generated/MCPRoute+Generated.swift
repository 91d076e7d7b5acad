package import Schemas
package import YAML

/// What the controller makes of an MCPRoute (envoyproxy/ai-gateway v1.1.0,
/// internal/controller/mcp_route.go, mcp_route_security_policy.go).
extension MCPRoute {
  /// The HTTPRoute that clients are served by.
  package var mainRoute: ObjectKey { ObjectKey(key.namespace, MCPRoute.mainRoute(of: key.name)) }

  /// The name of the HTTPRoute by which clients of an MCPRoute are served.
  package static func mainRoute(of name: String) -> String { mainPrefix + name }

  /// What stands before the names of MCPRoutes in those of their HTTPRoutes for clients.
  package static let mainPrefix = "ai-eg-mcp-main-"
  /// What stands before the names of an MCPRoute and a server in that of the server's filter.
  package static let filterPrefix = "ai-eg-mcp-brf-"
  /// The same of the Secret with the server's key.
  package static let credentialPrefix = "ai-eg-mcp-cred-"

  /// The HTTPRoute that leads to one server.
  package func route(to server: Server) -> ObjectKey {
    ObjectKey(key.namespace, "ai-eg-mcp-br-\(key.name)-\(server.name)")
  }

  /// All of its HTTPRoutes.
  package var generatedRoutes: [ObjectKey] { [mainRoute] + servers.map(route) }

  /// The Backend that stands for the MCP proxy, which the MCPRoutes of a namespace share since 1.1.
  static let sharedProxy = "ai-eg-mcp-proxy"

  /// The HTTPRoute that clients are served by.
  package var mainHTTPRoute: Node { mainHTTPRoute(proxy: MCPRoute.sharedProxy) }

  /// The same with the Backend that stands for the MCP proxy.
  func mainHTTPRoute(proxy name: String) -> Node {
    var match = [Mapping.Entry("path", .exact(servedPath))]
    if let headers = spec.given("headers") { match.append(Mapping.Entry("headers", headers)) }
    let proxy = Node.map([
      "group": .string(APIGroup.envoyGateway), "kind": .string("Backend"),
      "name": .string(name), "namespace": .string(key.namespace),
      "port": .integer(9856),
    ])
    let rule = Node.map([
      "matches": .sequence([.mapping(Mapping(match))]),
      "filters": .sequence([.settingHeader(MCPRoute.header, key.description)]),
      "backendRefs": .sequence([proxy]), "timeouts": MCPRoute.timeouts,
    ])
    return httpRoute(mainRoute, rules: [rule] + metadataRules)
  }

  private static let header = "x-ai-eg-mcp-route"
  private static let timeouts = Node.map([
    "request": .string("30m"), "backendRequest": .string("30m"),
  ])

  /// The HTTPRoute that leads to one server, with the filters of its rule.
  func httpRoute(to server: Server, filters: [Node]) -> Node {
    let match = Node.map([
      "path": .map(["type": .string("PathPrefix"), "value": .string("/")]),
      "headers": .sequence([
        .map(["name": .string("x-ai-eg-mcp-backend"), "value": .string(server.name)]),
        .map(["name": .string(MCPRoute.header), "value": .string(key.description)]),
      ]),
    ])
    let fields = ["group", "kind", "name", "namespace", "port"].compactMap { field in
      server.node.given(field).map { Mapping.Entry(field, $0) }
    }
    let rule = Node.map([
      "matches": .sequence([match]), "filters": .sequence(filters),
      "backendRefs": .sequence([.mapping(Mapping(fields))]), "timeouts": MCPRoute.timeouts,
    ])
    return httpRoute(route(to: server), rules: [rule])
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

  /// The path of the URL that clients without a token are sent to.
  package var announcedMetadataPath: String? { announcedMetadata?.path }

  /// The URL that clients without a token are sent to, which is made of the URL of the resource.
  var announcedMetadata: (base: String, path: String)? {
    guard
      let resource = spec.given("securityPolicy", "oauth", "protectedResourceMetadata")?
        .given("resource")?.text
    else { return nil }
    let bare = resource.hasSuffix("/") ? resource.dropLast() : resource[...]
    let scheme = ["https://", "http://"].first(where: bare.hasPrefix) ?? ""
    let path = bare.dropFirst(scheme.count).drop { $0 != "/" }
    return (String(bare.dropLast(path.count)), MCPRoute.resourceMetadata + path)
  }

  private var metadataRules: [Node] {
    metadataPaths.map { name, path in
      // Both rules for the authorization server have one filter.
      let filter = name.hasSuffix("-oidc") ? String(name.dropLast(5)) : name
      return .map([
        "name": .string(name),
        "matches": .sequence([.map(["path": .exact(path)])]),
        "filters": .sequence([.extensionFilter("ai-eg-mcp-\(key.name)-\(filter)")]),
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
    guard let key = server.apiKey, let value = key.given("inline")?.text,
      key.given("queryParam") == nil
    else { return [server.rewrite()] }
    return [server.rewrite(), server.keyFilter(value)]
  }

  private func validate(
    _ object: Node, _ release: Release, source: (Path) -> Path?
  ) -> [(path: Path, message: String)] {
    ResourceKind.httpRoute.root.violations(in: object, release: release).compactMap { violation in
      source(violation.path).map { ($0, violation.message) }
    }
  }

  /// The SecurityPolicy on its HTTPRoute, nil where it asks nothing of clients.
  package var clientPolicy: Policy? { clientPolicy(discovered: nil) }

  /// The same with where the issuer says that its keys are, if the MCPRoute does not.
  func clientPolicy(discovered: Node?) -> Policy? {
    guard let asked = spec.given("securityPolicy") else { return nil }
    var parts = ["apiKeyAuth", "extAuth"].compactMap { part in
      asked.given(part).map { Mapping.Entry(part, $0) }
    }
    if let oauth = asked.given("oauth") {
      var provider = [Mapping.Entry("name", .string("mcp-jwt-provider"))]
      for field in MCPRoute.tokenFields {
        if let value = oauth.given(field) { provider.append(Mapping.Entry(field, value)) }
      }
      provider += ["remoteJWKS", "localJWKS"].compactMap { source in
        oauth.given("jwks", source).map { Mapping.Entry(source, $0) }
      }
      if let discovered, oauth.given("jwks") == nil {
        provider.append(Mapping.Entry("remoteJWKS", discovered))
      }
      let providers = Node.sequence([.mapping(Mapping(provider))])
      parts.append(Mapping.Entry("jwt", .map(["providers": providers])))
    }
    guard !parts.isEmpty else { return nil }
    parts.append(Mapping.Entry("targetRefs", .sequence([mainTarget])))
    return Policy(
      .map([
        "metadata": .map([
          "name": .string("ai-eg-mcp-\(key.name)"), "namespace": .string(key.namespace),
        ]),
        "spec": .mapping(Mapping(parts)),
      ]), kind: .security)
  }

  /// What of the SecurityPolicy's token provider stands beside the keys.
  private static let tokenFields = ["audiences", "claimToHeaders"]

  /// The HTTPRoute that clients are served by, as the target of a policy.
  var mainTarget: Node {
    .map([
      "group": .string(APIGroup.gatewayAPI), "kind": .string(GroupKind.httpRoute.kind),
      "name": .string(mainRoute.name),
    ])
  }

  /// Where in the MCPRoute stands what stands at a place in that policy.
  package func source(of path: Path) -> Path {
    let place = Path.to("spec", "securityPolicy")
    if let rest = path.relative(to: .to("spec", "jwt", "providers", 0)) {
      let isBeside = MCPRoute.tokenFields.contains { rest.isWithin(.to($0)) }
      return place.appending(isBeside ? .to("oauth") : .to("oauth", "jwks")).appending(rest)
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

  /// The oldest MCPRoute that has each HTTPRoute to a server.
  private var ownersOfServers: [ObjectKey: Age] {
    var owners: [ObjectKey: Age] = [:]
    for route in mcpRoutes {
      let age = Age(of: route.node)
      for name in route.servers.map(route.route) {
        owners[name] = owners[name].map { min($0, age) } ?? age
      }
    }
    return owners
  }

  /// Where the controller stops at a server of an MCPRoute, and why: what comes behind it, the
  /// SecurityPolicy last, is then not written.
  package func failure(of route: MCPRoute) -> (server: String, reason: String)? {
    let refused = route.refusals(in: release)
    let owners = derived.serverOwners.value { ownersOfServers }
    for server in route.servers {
      let name = route.route(to: server)
      if let owner = owners[name], owner.key != route.key {
        return (server.name, "HTTPRoute \(name.name) is MCPRoute \(owner.key.name)'s")
      }
      if let namespace = server.namespace, namespace != route.key.namespace {
        return (server.name, "it is of namespace \(namespace)")
      }
      if isEmptyKeyRead(of: server) { return (server.name, "its key is empty") }
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

  /// Whether AI Gateway takes the empty key of a server for one of a Secret, which is not named: it does
  /// where it reads the key, as it does before 1.0 for all.
  package func isEmptyKeyRead(of server: MCPRoute.Server) -> Bool {
    guard let key = server.apiKey, key.given("inline")?.text == "" else { return false }
    return key.given("queryParam") != nil || release < .v1_0
  }
}

extension MCPRoute.Server {
  /// The filter that writes the path at which it is asked.
  func rewrite(query: String = "") -> Node {
    let path = Node.map([
      "type": .string("ReplaceFullPath"), "replaceFullPath": .string(askedPath + query),
    ])
    return .map(["type": .string("URLRewrite"), "urlRewrite": .map(["path": path])])
  }

  private var keyHeader: String { apiKey?.given("header")?.text ?? "Authorization" }

  /// What a key becomes in its header.
  func credential(_ key: String) -> String {
    (keyHeader == "Authorization" ? "Bearer " : "") + key
  }

  /// The filter that shows it a key.
  func keyFilter(_ key: String) -> Node { .settingHeader(keyHeader, credential(key)) }
}

extension Node {
  /// The filter that sets a header of requests.
  fileprivate static func settingHeader(_ name: String, _ value: String) -> Node {
    .map([
      "type": .string("RequestHeaderModifier"),
      "requestHeaderModifier": .map([
        "set": .sequence([.map(["name": .string(name), "value": .string(value)])])
      ]),
    ])
  }

  /// The match of one path.
  fileprivate static func exact(_ path: String) -> Node {
    .map(["type": .string("Exact"), "value": .string(path)])
  }
}
