package import Schemas
package import YAML

/// All that the user has said: the one state that every step, the preview and the files share.
///
/// It is a value: undo keeps former ones, a draft replays to an equal one, and two that are equal
/// write the same bytes. The route is a whole node; of the objects that follow from it (policies,
/// grants, Gateway, described backends) only what the user set is kept, and `documents` works out
/// the rest. `set` and the edits of `FormEdit` change it, by `Address`; text that is no value of
/// its field yet waits in `invalidTexts` beside the last good value.
package struct FormState: Hashable, Sendable {
  /// One ReferenceGrant: what the user changed of the grant that `namespace` needs.
  package struct Grant: Hashable, Sendable {
    /// The two controllers that each ask for a grant of their own (envoyproxy/ai-gateway v1.1.0,
    /// internal/controller/referencegrant.go; envoyproxy/gateway v1.8.1,
    /// internal/gatewayapi/helpers.go).
    package enum Role: Hashable, Sendable, CaseIterable { case route, httpRoute }

    package var namespace: String
    package var role: Role
    /// What the user set of it; a grant that was opened, whole.
    package var overlay = Node.mapping(Mapping())
    /// Which opened document it is; nil for one that the form makes.
    package var held: Int?
  }

  /// The AIGatewayRoute, whole.
  package var route: Node
  /// What the user set of the ClientTrafficPolicy, the rest follows the route; one that was opened,
  /// whole.
  package var policy: Node
  /// What the user set of the BackendTrafficPolicy, the rest follows the route; one that was
  /// opened, whole.
  package var retry: Node
  package var grants: [Grant] = []
  /// The backends that are described, in the order in which that was done.
  package var providers: [Provider] = []
  /// What the user set of the Gateway and its class, the rest follows the route.
  package var gateway = Node.mapping(Mapping())
  package var gatewayClass = Node.mapping(Mapping())
  /// What the user set of the EnvoyProxy.
  package var proxy = Node.mapping(Mapping())
  package var writesGateway = false
  package var writesClass = false
  package var writesPolicy = true
  package var writesRetry = false
  /// Text typed that is not a value (yet), beside the last good value.
  package var invalidTexts: [Address: String] = [:]
  /// The documents of the opened files, those of the form among them; none where nothing was
  /// opened.
  package var opened: [OpenedDocument] = []
  /// Which of them the form shows.
  package var held = OpenedIndices()
  /// The release of AI Gateway that it is written for.
  package var release = Release.current

  package init(route: Node, policy: Node, retry: Node) {
    self.route = route
    self.policy = policy
    self.retry = retry
  }
}

extension FormState {
  /// The rules of the route.
  package var rules: [Node] { route["spec"]?["rules"]?.items ?? [] }

  /// One rule, nil beyond the last.
  package func rule(_ index: Int) -> Node? { route["spec"]?["rules"]?[index] }

  package var routeName: String? { route["metadata"]?["name"]?.text }
  package var routeNamespace: String? { route["metadata"]?["namespace"]?.text }

  /// The parentRefs of the route.
  package var parentRefs: [Node] { route["spec"]?["parentRefs"]?.items ?? [] }

  /// The namespace of the first Gateway: its own, else the route's.
  package var gatewayNamespace: String? {
    parentRefs.first?["namespace"]?.text ?? routeNamespace
  }

  /// The namespaces, other than the route's, that its backendRefs name, in order of appearance.
  package var foreignNamespaces: [String] {
    var found: [String] = []
    for rule in rules {
      for ref in rule["backendRefs"]?.items ?? [] {
        guard let namespace = ref["namespace"]?.text, namespace != routeNamespace,
          !found.contains(namespace)
        else { continue }
        found.append(namespace)
      }
    }
    return found
  }

  /// Whether a field has a place in the form: the release may know it, or it is set, so that it can
  /// be seen and taken away.
  package func shows(_ address: Address) -> Bool {
    address.object.resource.mayKnow(address.path, in: release) || value(at: address) != nil
      || invalidTexts.keys.contains { $0.isWithin(address) }
  }

  /// Whether a rule sends its traffic to an InferencePool.
  package static func isPool(_ rule: Node) -> Bool {
    rule["backendRefs"]?[0]?["kind"]?.text == "InferencePool"
  }

  /// The objects that are written, in apply order.
  package var objects: [ObjectName] {
    (writesClass ? [.gatewayClass] : []) + (writesProxy ? [.proxy] : [])
      + (writesGateway ? [.gateway] : [])
      + (writesPolicy ? [.policy] : []) + shownParts + providerObjects
      + grants.indices.map { .grant($0) } + [.route] + (writesRetry ? [.retry] : [])
  }

  /// The manifests, in the order of `objects`.
  package var documents: [Node] { objects.map(document) }
}
