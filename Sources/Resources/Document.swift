package import Schemas
package import YAML

/// A document with what is known of it: its node, its kind and name, and its typed reading.
///
/// Made once for each document that is read, and taken over by the next index where the node did
/// not change. Typed readings are tolerant: what has the wrong type counts as absent, since the
/// schema has already reported it.
package final class Document: Sendable {
  package enum Content: Sendable {
    case route(AIGatewayRoute)
    case httpRoute(HTTPRoute)
    case policy(Policy)
    case grant(ReferenceGrant)
    case service(AIServiceBackend)
    case backend(Backend)
    case gateway(Gateway)
    case credentials(BackendSecurityPolicy)
    case tlsPolicy(BackendTLSPolicy)
    case namespace(Labels)
    case installation(ControllerConfiguration)
    /// A kind without a typed view.
    case other
  }

  /// What makes two documents one object in a cluster.
  package struct Identity: Hashable, Sendable {
    package let group: Substring
    package let kind: String
    package let key: ObjectKey

    /// Nil without a kind or a name.
    package init?(_ node: Node) {
      self.init(
        kind: node["kind"]?.text, in: node["apiVersion"]?.text, key: ObjectKey(of: node))
    }

    fileprivate init?(kind: String?, in apiVersion: String?, key: ObjectKey) {
      guard let kind, !key.name.isEmpty else { return nil }
      group = Identity.group(of: apiVersion)
      self.kind = kind
      self.key = key
    }

    /// What stands before the slash; all of a version without a group.
    static func group(of apiVersion: String?) -> Substring {
      Substring((apiVersion ?? "").utf8.prefix { $0 != UInt8(ascii: "/") })
    }
  }

  /// The place among the documents, from 0.
  package let index: Int
  package let node: Node
  package let apiVersion: String?
  package let kind: String?
  package let content: Content
  /// Whether some texts of an object that is checked hold variables.
  package let hasVariables: Bool
  package let key: ObjectKey
  /// The kind, nil for one that is not known.
  package let resource: ResourceKind?
  /// The kind of an EnvoyProxy, of which not all fields are known; nil for others.
  package let partlyKnownResource: ResourceKind?

  /// Reads a document; parts that equal those of `previous` are taken from there. What a release
  /// does not know counts for nothing in `content`.
  package init(
    _ node: Node, index: Int, reusing previous: Document? = nil, for release: Release = .current
  ) {
    self.index = index
    self.node = node
    apiVersion = node["apiVersion"]?.text
    kind = node["kind"]?.text
    key = ObjectKey(of: node)
    resource = kind.flatMap { [apiVersion] in ResourceKind.find(kind: $0, in: apiVersion) }
    content = Document.content(
      of: Document.known(node, of: resource, in: release), kind, reusing: previous)
    let isProxy =
      kind == GroupKind.envoyProxy.kind
      && apiVersion?.hasPrefix("\(APIGroup.envoyGateway)/") == true
    partlyKnownResource = isProxy ? .envoyProxy : nil
    let isChecked = if case .other = content { resource != nil || isProxy } else { true }
    hasVariables = isChecked && node.hasVariables
  }

  /// What a release knows of an object: all of one whose kind is not known here.
  static func known(_ node: Node, of resource: ResourceKind?, in release: Release) -> Node {
    release == .current ? node : resource?.root.pruned(node, to: release.schemaSet) ?? node
  }

  private static func content(of node: Node, _ kind: String?, reusing previous: Document?)
    -> Content
  {
    guard let kind else { return .other }
    if let installation = ControllerConfiguration(node, kind: kind) {
      return .installation(installation)
    }
    // Kinds of these names exist in other groups too; without a group, or with one that is only
    // misspelt, the kind alone says what is meant.
    guard let group = group(of: kind), means(group, node["apiVersion"]?.text) else { return .other }
    if let kind = Policy.Kind(rawValue: kind) { return .policy(Policy(node, kind: kind)) }
    switch kind {
    case "AIGatewayRoute":
      var old: AIGatewayRoute?
      if case .route(let route)? = previous?.content { old = route }
      return .route(AIGatewayRoute(node, reusing: old))
    case "ReferenceGrant": return .grant(ReferenceGrant(node))
    case "AIServiceBackend": return .service(AIServiceBackend(node))
    case "BackendSecurityPolicy": return .credentials(BackendSecurityPolicy(node))
    case "Backend": return .backend(Backend(node))
    case "BackendTLSPolicy": return .tlsPolicy(BackendTLSPolicy(node))
    case "Gateway": return .gateway(Gateway(node, name: ObjectKey(of: node)))
    case "HTTPRoute": return .httpRoute(HTTPRoute(node))
    case "Namespace": return .namespace(Labels(node["metadata"]?["labels"]))
    case _: return .other
    }
  }

  /// The group of a kind that is known here, nil for others.
  private static func group(of kind: String) -> String? {
    kind == GroupKind.namespace.kind
      ? GroupKind.namespace.group : ResourceKind.find(kind: kind)?.group
  }

  private static func means(_ group: String, _ apiVersion: String?) -> Bool {
    guard let apiVersion else { return true }
    guard let slash = apiVersion.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return group.isEmpty || ResourceKind.groups.contains(group)
    }
    let written = String(apiVersion[..<slash])
    return written == group
      || !group.isEmpty && NearestWord.match(for: written, among: ResourceKind.groups) == group
  }

  /// As written; nil is kubectl's current namespace, which is taken for `default`.
  package var writtenNamespace: String? { node["metadata"]?["namespace"]?.text }
  package var namespace: String { key.namespace }
  package var name: String { key.name }
  /// Nil without a kind or a name.
  package var identity: Identity? { Identity(kind: kind, in: apiVersion, key: key) }
}

extension Document {
  /// Whether it is of a kind of a group.
  func isA(_ kind: GroupKind) -> Bool {
    self.kind == kind.kind
      && (name.isEmpty ? "" : Identity.group(of: apiVersion)) == kind.group[...]
  }
}
