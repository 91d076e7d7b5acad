import Kinds
import Manifest

/// An AIGatewayRoute on its way into an HTTPRoute and two HTTPRouteFilters (domain.md 2.2 to 2.4).
struct Translation: Sendable {
  let route: Node
  let name: ObjectKey
  let rules: [Node]
  let known: Known
  let rootPrefix: String

  init(_ route: Node, known: Known, rootPrefix: String = "/") {
    self.route = route
    name = ObjectKey(of: route)
    rules = route["spec"]?.list("rules") ?? []
    self.known = known
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
    var body = Mapping([Mapping.Entry("inline", .string(Translation.notFoundText))])
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
      metadata["ownerReferences"] = .sequence([
        .map([
          "apiVersion": .string("aigateway.envoyproxy.io/v1beta1"),
          "blockOwnerDeletion": .bool(true), "controller": .bool(true),
          "kind": .string("AIGatewayRoute"), "name": .string(name.name),
          "uid": .string("<uid of the AIGatewayRoute>"),
        ])
      ])
    }
    return metadata
  }

  // MARK: HTTPRoute

  func httpRoute(_ form: Generated.Form) -> Node {
    var metadata = metadata(name.name, form)
    var annotations = Mapping(route["metadata"]?["annotations"]?.entries ?? [])
    annotations[Generated.marker] = .string("true")
    annotations[Generated.priorities] = .string(priorities)
    metadata["annotations"] = .mapping(annotations)
    if let labels = route["metadata"]?["labels"], !labels.entries.isEmpty {
      metadata["labels"] = labels
    }
    var spec = Mapping()
    let parents = route["spec"]?.list("parentRefs") ?? []
    if !parents.isEmpty {
      spec["parentRefs"] = .sequence(
        parents.map {
          $0.completed(
            ["group": "gateway.networking.k8s.io", "kind": "Gateway"], form)
        })
    }
    if let hosts = route["spec"]?.given("hostnames"), !hosts.items.isEmpty {
      spec["hostnames"] = hosts
    }
    spec["rules"] = .sequence(rules.map { rule($0, form) } + [notFoundRule(form)])
    return Node.map([
      "apiVersion": .string("gateway.networking.k8s.io/v1"), "kind": .string("HTTPRoute"),
      "metadata": .mapping(metadata), "spec": .mapping(spec),
    ]).sorted()
  }

  /// `<rule>:<name>:<priority>` of every backendRef (domain.md 2.3).
  private var priorities: String {
    rules.enumerated().flatMap { index, rule in
      rule.list("backendRefs").map { ref in
        "\(index):\(ref["name"]?.text ?? ""):\(ref["priority"]?.integer ?? 0)"
      }
    }.joined(separator: ",")
  }

  private func rule(_ rule: Node, _ form: Generated.Form) -> Node {
    var result = Mapping()
    if let name = rule.given("name") { result["name"] = name }
    let matches = rule.list("matches")
    if !matches.isEmpty {
      result["matches"] = .sequence(matches.map { match($0, form) })
    } else if form == .stored {
      // The API server's own default, which is not the controller's prefix (domain.md 2.4).
      result["matches"] = .sequence([.map(["path": path("/", form)])])
    }
    result["filters"] = .sequence([extensionFilter(hostRewriteName)])
    let refs = rule.list("backendRefs")
    if !refs.isEmpty { result["backendRefs"] = .sequence(refs.map { reference($0, form) }) }
    let timeouts = rule.given("timeouts")
    var times = Mapping([
      Mapping.Entry("request", timeouts?.given("request") ?? .string(Translation.defaultRequest))
    ])
    if let backend = timeouts?.given("backendRequest") { times["backendRequest"] = backend }
    result["timeouts"] = .mapping(times)
    return .mapping(result)
  }

  /// What the controller writes where a rule names no request timeout (domain.md 2.4).
  static let defaultRequest = "60s"

  private func notFoundRule(_ form: Generated.Form) -> Node {
    .map([
      "name": .string(Generated.notFoundRule),
      "matches": .sequence([.map(["path": path(rootPrefix, form)])]),
      "filters": .sequence([extensionFilter(notFoundName)]),
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

  private func extensionFilter(_ filterName: String) -> Node {
    .map([
      "extensionRef": .map([
        "group": .string("gateway.envoyproxy.io"), "kind": .string("HTTPRouteFilter"),
        "name": .string(filterName),
      ]),
      "type": .string("ExtensionRef"),
    ])
  }

  private func reference(_ ref: Node, _ form: Generated.Form) -> Node {
    let target = Reference(ref, of: name.namespace)
    var result = Mapping()
    if target.isPool {
      result["group"] = ref.given("group")
      result["kind"] = ref.given("kind")
      result["name"] = ref.given("name")
      result["namespace"] = .string(target.name.namespace)
    } else {
      let service = known.services[target.name]?["spec"]?.given("backendRef")
      let backend = service ?? Translation.placeholder(for: target.name.name)
      for key in ["group", "kind", "name", "namespace", "port"] {
        result[key] = backend.given(key)
      }
      if backend.given("namespace") == nil, target.name.namespace != name.namespace {
        result["namespace"] = .string(target.name.namespace)
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

/// Where a backendRef of an AIGatewayRoute leads.
struct Reference: Sendable {
  let name: ObjectKey
  let isPool: Bool

  init(_ ref: Node, of namespace: String) {
    name = ObjectKey(
      namespace: ref["namespace"]?.text ?? namespace, name: ref["name"]?.text ?? "")
    isPool = ref.given("group") != nil && ref.given("kind") != nil
  }
}

extension Node {
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
  fileprivate func sorted() -> Node {
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
