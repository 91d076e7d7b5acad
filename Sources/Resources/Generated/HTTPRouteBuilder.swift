import Schemas
import YAML

/// An AIGatewayRoute on its way into an HTTPRoute and two HTTPRouteFilters (envoyproxy/ai-gateway
/// v1.1.0, internal/controller/ai_gateway_route.go).
struct HTTPRouteBuilder: Sendable {
  let route: AIGatewayRoute
  let name: ObjectKey
  let index: ResourceIndex
  let rootPrefix: String

  init(_ route: AIGatewayRoute, in index: ResourceIndex, rootPrefix: String = "/") {
    self.route = route
    name = route.key
    self.index = index
    self.rootPrefix = rootPrefix
  }

  var hostRewriteName: String { "ai-eg-host-rewrite-\(name.name)" }
  var notFoundName: String { "ai-eg-route-not-found-response-\(name.name)" }

  // MARK: Filters

  func hostRewrite(_ form: Generated.Form) -> Node {
    filter(
      hostRewriteName, form,
      spec: .map(["urlRewrite": .map(["hostname": .map(["type": .string("Backend")])])]))
  }

  func notFound(_ form: Generated.Form) -> Node {
    var body = Mapping([Mapping.Entry("inline", .string(HTTPRouteBuilder.notFoundText))])
    if form == .stored { body["type"] = .string("Inline") }
    return filter(
      notFoundName, form,
      spec: .map(["directResponse": .map(["body": .mapping(body), "statusCode": .integer(404)])]))
  }

  static let notFoundText =
    "No matching route found. It is likely because the model specified in your request is not "
    + "configured in the Gateway."

  private func filter(_ filterName: String, _ form: Generated.Form, spec: Node) -> Node {
    .map([
      "apiVersion": .string("gateway.envoyproxy.io/v1alpha1"), "kind": .string("HTTPRouteFilter"),
      "metadata": .mapping(metadata(filterName, form)), "spec": spec,
    ])
  }

  private func metadata(_ objectName: String, _ form: Generated.Form) -> Mapping {
    var metadata = Mapping([
      Mapping.Entry("name", .string(objectName)),
      Mapping.Entry("namespace", .string(name.namespace)),
    ])
    if form == .stored {
      metadata["ownerReferences"] = .owner(.aiGatewayRoute, name.name)
    }
    return metadata
  }

  // MARK: HTTPRoute

  func httpRoute(_ form: Generated.Form) -> Node {
    var metadata = metadata(name.name, form)
    var annotations = Mapping(route.node["metadata"]?["annotations"]?.entries ?? [])
    annotations[HTTPRoute.generatedMark] = .string("true")
    annotations[Generated.priorities] = .string(priorities)
    metadata["annotations"] = .mapping(annotations)
    if let labels = route.node["metadata"]?["labels"], !labels.entries.isEmpty {
      metadata["labels"] = labels
    }
    var spec = Mapping()
    let parents = route.node["spec"]?.list("parentRefs") ?? []
    if !parents.isEmpty {
      spec["parentRefs"] = .sequence(
        parents.map {
          $0.completed(
            ["group": "gateway.networking.k8s.io", "kind": "Gateway"], form)
        })
    }
    if let hosts = route.node["spec"]?.given("hostnames"), !hosts.items.isEmpty {
      spec["hostnames"] = hosts
    }
    spec["rules"] = .sequence(route.rules.map { rule($0, form) } + [notFoundRule(form)])
    return Node.map([
      "apiVersion": .string("gateway.networking.k8s.io/v1"), "kind": .string("HTTPRoute"),
      "metadata": .mapping(metadata), "spec": .mapping(spec),
    ]).sorted()
  }

  /// `<rule>:<name>:<priority>` of every backendRef (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/ai_gateway_route.go).
  private var priorities: String {
    route.rules.flatMap { rule in
      rule.refs.map { "\(rule.index):\($0.name):\($0.effectivePriority)" }
    }.joined(separator: ",")
  }

  private func rule(_ rule: RouteRule, _ form: Generated.Form) -> Node {
    let (node, refs) = (rule.node, rule.refs)
    var result = Mapping()
    // Earlier releases know no names of rules.
    if index.release >= .v1_1, let name = node.given("name") { result["name"] = name }
    let matches = node.list("matches")
    if !matches.isEmpty {
      result["matches"] = .sequence(matches.map { match($0, form) })
    } else if form == .stored {
      // The API server's own default, which is not the controller's prefix (envoyproxy/ai-gateway
      // v1.1.0, internal/controller/ai_gateway_route.go).
      result["matches"] = .sequence([.map(["path": path("/", form)])])
    }
    result["filters"] = .sequence([.extensionFilter(hostRewriteName)])
    if !refs.isEmpty { result["backendRefs"] = .sequence(refs.map { reference($0, form) }) }
    let timeouts = node.given("timeouts")
    var times = Mapping([
      Mapping.Entry("request", timeouts?.given("request") ?? .string(RuntimeDefault.requestTimeout))
    ])
    if let backend = timeouts?.given("backendRequest") { times["backendRequest"] = backend }
    result["timeouts"] = .mapping(times)
    return .mapping(result)
  }

  private func notFoundRule(_ form: Generated.Form) -> Node {
    .map([
      "name": .string(WellKnown.notFoundRule),
      "matches": .sequence([.map(["path": path(rootPrefix, form)])]),
      "filters": .sequence([.extensionFilter(notFoundName)]),
    ])
  }

  private func match(_ match: Node, _ form: Generated.Form) -> Node {
    var result = Mapping()
    let headers = match.list("headers")
    if !headers.isEmpty {
      result["headers"] = .sequence(headers.map { $0.completed(["type": "Exact"], form) })
    }
    result["path"] = path(rootPrefix, form)
    return .mapping(result)
  }

  private func path(_ value: String, _ form: Generated.Form) -> Node {
    Node.map(["value": .string(value)]).completed(["type": "PathPrefix"], form)
  }

  private func reference(_ reference: BackendRef, _ form: Generated.Form) -> Node {
    let (ref, target) = (reference.node, index.target(of: reference, from: name.namespace))
    var result = Mapping()
    if reference.isPool {
      result["group"] = ref.given("group")
      result["kind"] = ref.given("kind")
      result["name"] = ref.given("name")
      result["namespace"] = .string(target.namespace)
    } else {
      let service = index.service(target)?.node["spec"]?.given("backendRef")
      let backend = service ?? HTTPRouteBuilder.placeholder(for: target.name)
      for key in ["group", "kind", "name", "namespace", "port"] {
        result[key] = backend.given(key)
      }
      if backend.given("namespace") == nil, target.namespace != name.namespace {
        result["namespace"] = .string(target.namespace)
      }
    }
    result["weight"] = ref.given("weight")
    var completed = Node.mapping(result).completed(["group": "", "kind": "Service"], form)
    if form == .stored, result["weight"] == nil, case .mapping(var mapping) = completed {
      mapping["weight"] = .integer(1)
      completed = .mapping(mapping)
    }
    return completed
  }

  /// What stands for the Backend of an AIServiceBackend that is not among the documents.
  private static func placeholder(for service: String) -> Node {
    .map([
      "group": .string("gateway.envoyproxy.io"), "kind": .string("Backend"),
      "name": .string("<Backend of \(service)>"),
    ])
  }
}

extension Node {
  /// The filter of a rule that names an HTTPRouteFilter.
  static func extensionFilter(_ name: String) -> Node {
    .map([
      "extensionRef": .map([
        "group": .string(APIGroup.envoyGateway), "kind": .string(GroupKind.httpRouteFilter.kind),
        "name": .string(name),
      ]),
      "type": .string("ExtensionRef"),
    ])
  }

  /// The owner of what the controller makes, as the server stores it.
  static func owner(_ kind: GroupKind, _ name: String) -> Node {
    .sequence([
      .map([
        "apiVersion": .string("aigateway.envoyproxy.io/v1beta1"),
        "blockOwnerDeletion": .bool(true), "controller": .bool(true), "kind": .string(kind.kind),
        "name": .string(name), "uid": .string("<uid of the \(kind.kind)>"),
      ])
    ])
  }

  /// The mapping with texts for the keys that it lacks, where that is what the server does.
  fileprivate func completed(_ defaults: KeyValuePairs<String, String>, _ form: Generated.Form)
    -> Node
  {
    guard form == .stored, case .mapping(var mapping) = self else { return self }
    for (key, value) in defaults where given(key) == nil { mapping[key] = .string(value) }
    return .mapping(mapping)
  }

  /// The same with the keys of every mapping in the order of their bytes, as kubectl prints them.
  ///
  /// Documents are at most as deep as the reader allows.
  func sorted() -> Node {
    switch self {
    case .scalar: self
    case .sequence(let items): .sequence(items.map { $0.sorted() })
    case .mapping(let mapping):
      .mapping(
        Mapping(
          mapping.entries.map { Mapping.Entry($0.key, $0.value.sorted()) }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }))
    }
  }
}
