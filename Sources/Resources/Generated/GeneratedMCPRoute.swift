import Schemas
package import YAML

/// What the controller makes of one MCPRoute (envoyproxy/ai-gateway v1.1.0,
/// internal/controller/mcp_route.go, mcp_route_security_policy.go).
package struct GeneratedMCPRoute: Sendable {
  package let route: MCPRoute
  /// What stops the controller; the objects are then not all written.
  package let failure: String?
  private let release: Release

  /// What becomes of each MCPRoute of an index, in the order of the documents.
  package static func all(in index: ResourceIndex) -> [GeneratedMCPRoute] {
    index.mcpRoutes.map { route in
      let refused =
        route.isRefused(in: index.release)
        ? "the server refuses its HTTPRoute \(route.mainRoute.name)" : nil
      let failure = index.failure(of: route).map { "server \($0.server): \($0.reason)" }
      return GeneratedMCPRoute(route: route, failure: refused ?? failure, release: index.release)
    }
  }

  /// What the controller asks of others, so that the documents do not say it.
  package var warnings: [Generated.Warning] {
    guard let oauth else { return [] }
    let path = Path.to("spec", "securityPolicy", "oauth")
    let issuer = oauth.given("issuer")?.text ?? ""
    var parts = ["its metadata"]
    if oauth.given("jwks") == nil { parts.append("the address of its keys") }
    return [
      Generated.Warning(
        path: path, message: "the controller asks \(issuer) for \(parts.joined(separator: " and "))"
      )
    ]
  }

  /// The objects in the order in which the controller writes them, with sorted keys, also where
  /// `failure` says that they are not all written.
  package func objects(_ form: Generated.Form) -> [Node] {
    ([proxy, main] + route.servers.flatMap(objects(for:)) + clientObjects).map {
      $0.node(form, release)
    }
  }

  private var oauth: Node? { route.spec.given("securityPolicy", "oauth") }

  // MARK: The proxy and its route

  /// Before 1.1 each MCPRoute has a Backend of its own.
  private var proxyName: String {
    release >= .v1_1
      ? MCPRoute.sharedProxy : "\(route.key.namespace)-\(route.key.name)-mcp-proxy"
  }

  private var proxy: GeneratedObject {
    // An address that is there for examples only; the extension server puts the proxy in its place.
    let endpoint = Node.map(["address": .string("192.0.2.42"), "port": .integer(9856)])
    let spec = Node.map(["endpoints": .sequence([.map(["ip": endpoint])])])
    var object = object("Backend", proxyName, spec: spec)
    if release >= .v1_1 {
      object.owner = nil
      object.labels = .map(["app.kubernetes.io/managed-by": .string("envoy-ai-gateway")])
    }
    return object
  }

  private var main: GeneratedObject {
    httpRoute(route.mainRoute.name, route.mainHTTPRoute(proxy: proxyName))
  }

  private func httpRoute(_ name: String, _ node: Node) -> GeneratedObject {
    var object = object(
      "HTTPRoute", name, spec: node["spec"] ?? .map([:]),
      apiVersion: "gateway.networking.k8s.io/v1")
    object.labels = route.node["metadata"]?.given("labels")
    object.annotations = route.node["metadata"]?.given("annotations")
    return object
  }

  private func object(
    _ kind: String, _ name: String, spec: Node,
    apiVersion: String = "gateway.envoyproxy.io/v1alpha1"
  ) -> GeneratedObject {
    GeneratedObject(
      apiVersion: apiVersion, kind: kind, name: ObjectKey(route.key.namespace, name),
      content: Mapping.Entry("spec", spec), owner: route.key.name)
  }

  // MARK: Servers

  private func objects(for server: MCPRoute.Server) -> [GeneratedObject] {
    let filterName = "\(MCPRoute.filterPrefix)\(route.key.name)-\(server.name)"
    let secretName = "\(MCPRoute.credentialPrefix)\(route.key.name)-\(server.name)"
    // What a Secret holds is not shown, also where it is among the documents.
    let key =
      server.apiKey?.given("inline")?.text
      ?? server.apiKey?.given("secretRef", "name")?.text.map { "<apiKey of Secret \($0)>" }
    let parameter = server.apiKey?.given("queryParam")?.text
    let isStored = key != nil && parameter == nil && server.apiKey?.given("inline") == nil
    // Before 1.0 keys of Secrets are written into the HTTPRoute.
    let isInjected = isStored && release >= .v1_0
    var filters = [Node.extensionFilter(filterName)]
    if let key, parameter == nil, !isInjected { filters.append(server.keyFilter(key)) }
    let query = parameter.flatMap { parameter in key.map { "?\(parameter)=\($0)" } } ?? ""
    filters.append(server.rewrite(query: query))
    let written = httpRoute(
      route.route(to: server).name, route.httpRoute(to: server, filters: filters))
    var spec: [Mapping.Entry] = [
      Mapping.Entry(
        "urlRewrite", .map(["hostname": .map(["type": .string("Backend")])]))
    ]
    guard isInjected, let key else {
      return [object("HTTPRouteFilter", filterName, spec: .mapping(Mapping(spec))), written]
    }
    let reference = Node.map(["valueRef": .map(["name": .string(secretName)])])
    var injection = [
      Mapping.Entry("credential", reference), Mapping.Entry("overwrite", .bool(true)),
    ]
    if let header = server.apiKey?.given("header") {
      injection.append(Mapping.Entry("header", header))
    }
    spec.append(Mapping.Entry("credentialInjection", .mapping(Mapping(injection))))
    let secret = GeneratedObject(
      apiVersion: "v1", kind: "Secret", name: ObjectKey(route.key.namespace, secretName),
      content: Mapping.Entry(
        "data", .map(["credential": .string("<base64 of \(server.credential(key))>")])),
      owner: route.key.name)
    return [secret, object("HTTPRouteFilter", filterName, spec: .mapping(Mapping(spec))), written]
  }

  // MARK: Clients

  private var clientObjects: [GeneratedObject] {
    let keys = Node.map(["uri": .string("<jwks_uri of the issuer's metadata>")])
    guard let policy = route.clientPolicy(discovered: keys) else { return [] }
    let own = [object("SecurityPolicy", policy.name, spec: policy.spec)]
    guard let oauth else { return own }
    let resource = "\(policy.name)-oauth-protected-resource-metadata"
    let server = "\(policy.name)-oauth-authorization-server-metadata"
    return own + [
      object("BackendTrafficPolicy", resource, spec: challenge(oauth)),
      object("HTTPRouteFilter", resource, spec: answer(resourceMetadata(oauth))),
      object("HTTPRouteFilter", server, spec: answer("<metadata of the issuer>")),
    ]
  }

  /// The headers that browsers ask for.
  private static let originHeaders: [(String, String)] = [
    ("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "GET"),
    ("Access-Control-Allow-Headers", "mcp-protocol-version"),
  ]

  private func headers(_ items: [(String, String)]) -> Node {
    .map([
      "set": .sequence(items.map { .map(["name": .string($0.0), "value": .string($0.1)]) })
    ])
  }

  /// What clients without a token are told.
  private func challenge(_ oauth: Node) -> Node {
    let url = route.announcedMetadata.map { $0.base + $0.path } ?? ""
    var value =
      "Bearer error=\"invalid_token\", error_description=\"The access token is missing or invalid\", "
      + "resource_metadata=\"\(url)\""
    let scopes = (oauth.given("protectedResourceMetadata")?.list("scopesSupported") ?? [])
      .compactMap(\.text)
    if !scopes.isEmpty { value += ", scope=\"\(scopes.joined(separator: " "))\"" }
    let match = Node.map(["type": .string("Value"), "value": .integer(401)])
    let response = Node.map([
      "statusCode": .integer(401),
      "header": headers([("WWW-Authenticate", value)] + Self.originHeaders),
    ])
    return .map([
      "responseOverride": .sequence([
        .map(["match": .map(["statusCodes": .sequence([match])]), "response": response])
      ]),
      "targetRefs": .sequence([route.mainTarget]),
    ])
  }

  private func answer(_ text: String) -> Node {
    .map([
      "directResponse": .map([
        "contentType": .string("application/json"), "statusCode": .integer(200),
        "body": .map(["type": .string("Inline"), "inline": .string(text)]),
        "header": headers(Self.originHeaders),
      ])
    ])
  }

  private func resourceMetadata(_ oauth: Node) -> String {
    let metadata = oauth.given("protectedResourceMetadata")
    var parts = [
      Mapping.Entry("authorization_servers", .sequence([oauth.given("issuer") ?? .null])),
      Mapping.Entry("bearer_methods_supported", .sequence([.string("header")])),
    ]
    for (field, name) in [
      ("resource", "resource"), ("resourceName", "resource_name"),
      ("scopesSupported", "scopes_supported"),
      ("resourceSigningAlgValuesSupported", "resource_signing_alg_values_supported"),
      ("resourceDocumentation", "resource_documentation"),
      ("resourcePolicyUri", "resource_policy_uri"),
    ] {
      guard let value = metadata?.given(field), value != .string(""), value != .sequence([]) else {
        continue
      }
      parts.append(Mapping.Entry(name, value))
    }
    let texts = Node.mapping(Mapping(parts)).sorted().entries.map { entry in
      let items = entry.value.items.compactMap { $0.text?.json }.joined(separator: ",")
      return "\(entry.key.json):\(entry.value.text?.json ?? "[\(items)]")"
    }
    return "{\(texts.joined(separator: ","))}"
  }
}

/// An object that the controller makes of an MCPRoute.
private struct GeneratedObject {
  let apiVersion: String
  let kind: String
  let name: ObjectKey
  /// `spec` or `data`.
  let content: Mapping.Entry
  /// The name of the MCPRoute that owns it, nil for none.
  var owner: String?
  var labels: Node?
  var annotations: Node?

  func node(_ form: Generated.Form, _ release: Release) -> Node {
    var metadata = Mapping([
      Mapping.Entry("name", .string(name.name)),
      Mapping.Entry("namespace", .string(name.namespace)),
    ])
    metadata["labels"] = labels
    metadata["annotations"] = annotations
    if form == .stored, let owner { metadata["ownerReferences"] = .owner(.mcpRoute, owner) }
    var object = Mapping([
      Mapping.Entry("apiVersion", .string(apiVersion)), Mapping.Entry("kind", .string(kind)),
      Mapping.Entry("metadata", .mapping(metadata)), content,
    ])
    guard form == .stored else { return Node.mapping(object).sorted() }
    if kind == "Secret" { object["type"] = .string("Opaque") }
    let root = ResourceKind.find(kind: kind)?.root
    return DefaultedNode(.mapping(object), as: root, in: release.schemaSet).stored.sorted()
  }
}
