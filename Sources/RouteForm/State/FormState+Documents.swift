package import YAML
internal import Schemas

extension FormState {
  /// One manifest, whole: what follows from the route, and over it what the user set.
  package func document(_ object: ObjectName) -> Node {
    if held(object) != nil { return own(object) ?? .mapping(Mapping()) }
    return switch object {
    case .route: route
    case .policy: overlaid(base(object), with: policy, resource: .clientTrafficPolicy)
    case .retry: overlaid(base(object), with: retry, resource: .backendTrafficPolicy)
    case .grant, .part, .gateway, .gatewayClass, .proxy:
      own(object).map { overlaid(base(object), with: $0, resource: object.resource) }
        ?? .mapping(Mapping())
    case .provider, .opened: own(object) ?? .mapping(Mapping())
    }
  }

  /// The manifests, in the order of `objects`; those that nothing changed are the ones of an
  /// earlier form, so that comparing them is cheap.
  package func documents(after earlier: FormState, _ documents: [Node]) -> [Node] {
    guard release == earlier.release else { return self.documents }
    let objects = earlier.objects
    let (pools, earlierPools) = (poolProviders, earlier.poolProviders)
    return self.objects.map { object in
      guard let place = objects.firstIndex(of: object),
        Basis(object, of: self, pools: pools)
          == Basis(object, of: earlier, pools: earlierPools)
      else { return document(object) }
      return documents[place]
    }
  }

  /// The described backends that are pools, by their places.
  private var poolProviders: Set<Int> { Set(usedProviders.filter(\.isPool).map(\.index)) }

  /// What of a form one document is made of.
  private struct Basis: Equatable {
    /// The document where it was opened, else what the user set of it.
    let own: Node?
    let isHeld: Bool
    let grant: Grant?
    var provider: Provider?
    var isPool = false
    /// What the rest follows from.
    let parts: [Node?]

    init(_ object: ObjectName, of form: borrowing FormState, pools: Set<Int>) {
      own = form.own(object)
      isHeld = form.held(object) != nil
      let namespace = form.route["metadata"]?["namespace"]
      switch object {
      case .route, .provider, .opened:
        grant = nil
        parts = []
      case .part(_, let index):
        grant = nil
        provider = form.providers.indices.contains(index) ? form.providers[index] : nil
        isPool = pools.contains(index)
        parts = [namespace]
      case .policy, .gateway, .gatewayClass, .proxy:
        grant = nil
        parts = [
          namespace, form.route["spec"]?["parentRefs"], form.gateway, .bool(form.writesProxy),
        ]
      case .retry:
        grant = nil
        parts = [namespace, form.route["metadata"]?["name"]]
      case .grant(let index):
        grant = form.grants.indices.contains(index) ? form.grants[index] : nil
        parts = [namespace, form.route["spec"]?["rules"]]
      }
    }
  }

  /// What of an object follows from the route, without anything the user set of it.
  package func base(_ object: ObjectName) -> Node {
    if held(object) != nil { return .mapping(Mapping()) }
    return switch object {
    case .route, .provider, .opened: .mapping(Mapping())
    case .gatewayClass: classBase
    case .proxy: proxyBase
    case .gateway: gatewayBase
    case .part(let part, let index): partBase(part, index)
    case .policy: policyBase
    case .retry: retryBase
    case .grant(let index): grants.indices.contains(index) ? grantBase(grants[index]) : .null
    }
  }

  private var policyBase: Node {
    .map([
      "apiVersion": .string("gateway.envoyproxy.io/v1alpha1"),
      "kind": .string("ClientTrafficPolicy"),
      "metadata": metadata(name: nil, namespace: gatewayNamespace),
      "spec": .map(["targetRefs": .sequence(policyTargets)]),
    ])
  }

  /// One target for each Gateway of the route that lives in the policy's namespace: targetRefs
  /// have no namespace (envoyproxy/gateway v1.8.1, CRD clienttrafficpolicies).
  private var policyTargets: [Node] {
    var targets: [Node] = []
    for parent in parentRefs
    where (parent["namespace"]?.text ?? routeNamespace) == gatewayNamespace {
      var target = Mapping([
        .init("group", .string("gateway.networking.k8s.io")), .init("kind", .string("Gateway")),
      ])
      target["name"] = parent["name"]
      if !targets.contains(.mapping(target)) { targets.append(.mapping(target)) }
    }
    return targets
  }

  /// The retry policy targets the generated HTTPRoute, which has the route's name
  /// (envoyproxy/gateway v1.8.1, CRD backendtrafficpolicies).
  private var retryBase: Node {
    var target = Mapping([
      .init("group", .string("gateway.networking.k8s.io")), .init("kind", .string("HTTPRoute")),
    ])
    target["name"] = route["metadata"]?["name"]
    return .map([
      "apiVersion": .string("gateway.envoyproxy.io/v1alpha1"),
      "kind": .string("BackendTrafficPolicy"),
      "metadata": metadata(name: routeName.map { "\($0)-retry" }, namespace: routeNamespace),
      "spec": .map(["targetRefs": .sequence([.mapping(target)])]),
    ])
  }

  func metadata(name: String?, namespace: String?) -> Node {
    var metadata = Mapping()
    metadata["name"] = name.map(Node.string)
    metadata["namespace"] = namespace.map(Node.string)
    return .mapping(metadata)
  }

  /// The grant that one controller needs for the backends of one namespace (envoyproxy/ai-gateway
  /// v1.1.0, internal/controller/referencegrant.go; envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/helpers.go).
  private func grantBase(_ grant: Grant) -> Node {
    let from: (group: String, kind: String)
    switch grant.role {
    case .route: from = ("aigateway.envoyproxy.io", "AIGatewayRoute")
    case .httpRoute: from = ("gateway.networking.k8s.io", "HTTPRoute")
    }
    let source = routeNamespace ?? ""
    let suffix = source.isEmpty ? "" : "-\(source)"
    return .map([
      "apiVersion": .string("gateway.networking.k8s.io/v1beta1"),
      "kind": .string("ReferenceGrant"),
      "metadata": metadata(
        name: "allow-\(grant.role == .route ? "airoute" : "httproute")\(suffix)",
        namespace: grant.namespace),
      "spec": .map([
        "from": .sequence([
          .map([
            "group": .string(from.group), "kind": .string(from.kind), "namespace": .string(source),
          ])
        ]),
        "to": .sequence(grantTargets(grant)),
      ]),
    ])
  }

  /// The kinds that the route's backendRefs name in the grant's namespace. Envoy Gateway sees the
  /// Backend behind an AIServiceBackend, which is taken to live beside it.
  private func grantTargets(_ grant: Grant) -> [Node] {
    var backends = false
    var pools = false
    for rule in rules {
      for ref in rule["backendRefs"]?.items ?? []
      where ref["namespace"]?.text == grant.namespace {
        if ref["kind"]?.text == "InferencePool" { pools = true } else { backends = true }
      }
    }
    var targets: [Node] = []
    if backends || !pools {
      targets.append(
        grant.role == .route
          ? .map([
            "group": .string("aigateway.envoyproxy.io"), "kind": .string("AIServiceBackend"),
          ])
          : .map(["group": .string("gateway.envoyproxy.io"), "kind": .string("Backend")]))
    }
    if pools {
      targets.append(
        .map([
          "group": .string("inference.networking.k8s.io"), "kind": .string("InferencePool"),
        ]))
    }
    return targets
  }

  /// `overlay` laid over `base`: mappings key by key in canonical order, anything else replaced.
  private func overlaid(_ base: Node, with overlay: Node, resource: ResourceKind) -> Node {
    var document = base
    document.lay(overlay, at: .root, in: resource.schema)
    return document
  }
}

extension Node {
  /// Lays a value over what is at a path: mappings key by key, anything else replaced.
  mutating func lay(_ overlay: Node, at path: Path, in schema: Schema) {
    guard case .mapping(let upper) = overlay, case .mapping? = self[path] else {
      set(overlay, at: path, in: schema)
      return
    }
    for entry in upper.entries { lay(entry.value, at: path.appending(entry.key), in: schema) }
  }
}
