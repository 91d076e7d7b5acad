import Schemas
package import YAML

/// The namespace and name by which an object of a kind is known.
///
/// References of routes, policies and grants are resolved by it: `ObjectKey(of: document)` reads
/// the metadata, `ObjectKey("team-a/chat")` a command line. Ordered by the bytes of
/// `namespace/name`, as Envoy Gateway orders routes and policies of one age: `team-a/chat` before
/// `team/chat`.
package struct ObjectKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// As written, or `default`, where kubectl puts objects that name none.
  package let namespace: String
  package let name: String

  package init(_ namespace: String, _ name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// The key of a document.
  package init(of document: Node) {
    let metadata = document["metadata"]
    self.init(
      metadata?["namespace"]?.text ?? WellKnown.defaultNamespace, metadata?["name"]?.text ?? "")
  }

  /// Reads `namespace/name`, or a name in the namespace `default`.
  package init(_ text: String) {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      self.init(WellKnown.defaultNamespace, text)
      return
    }
    self.init(String(text[..<slash]), String(text[text.utf8.index(after: slash)...]))
  }

  package var description: String { "\(namespace)/\(name)" }

  /// Whether an object may have the name (kubernetes/apimachinery v0.36.0,
  /// pkg/api/validation/generic.go, NameIsDNSSubdomain).
  package var isPossible: Bool {
    name.isEmpty || Variable.isIn(name)
      || name.utf8.count <= 253 && Pattern.subdomain.accepts(name)
  }

  package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
    if left.namespace == right.namespace {
      return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    return left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}

/// An API group and a kind of it.
package struct GroupKind: Hashable, Sendable {
  package let group: String
  package let kind: String

  package init(_ group: String, _ kind: String) {
    self.group = group
    self.kind = kind
  }

  package static let aiGatewayRoute = GroupKind(APIGroup.aiGateway, "AIGatewayRoute")
  package static let aiServiceBackend = GroupKind(APIGroup.aiGateway, "AIServiceBackend")
  package static let httpRoute = GroupKind(APIGroup.gatewayAPI, "HTTPRoute")
  package static let grpcRoute = GroupKind(APIGroup.gatewayAPI, "GRPCRoute")
  package static let gateway = GroupKind(APIGroup.gatewayAPI, "Gateway")
  package static let backend = GroupKind(APIGroup.envoyGateway, "Backend")
  package static let inferencePool = GroupKind(APIGroup.inference, "InferencePool")
  package static let quotaPolicy = GroupKind(APIGroup.aiGateway, "QuotaPolicy")
  package static let secret = GroupKind("", "Secret")
  package static let configMap = GroupKind("", "ConfigMap")
  package static let service = GroupKind("", "Service")
  package static let namespace = GroupKind("", "Namespace")
  package static let gatewayClass = GroupKind(APIGroup.gatewayAPI, "GatewayClass")
  package static let envoyPatchPolicy = GroupKind(APIGroup.envoyGateway, "EnvoyPatchPolicy")
  package static let envoyProxy = GroupKind(APIGroup.envoyGateway, "EnvoyProxy")
  package static let httpRouteFilter = GroupKind(APIGroup.envoyGateway, "HTTPRouteFilter")
  package static let listenerSet = GroupKind(APIGroup.gatewayAPI, "ListenerSet")
  package static let gatewayConfig = GroupKind(APIGroup.aiGateway, "GatewayConfig")
  package static let mcpRoute = GroupKind(APIGroup.aiGateway, "MCPRoute")
  package static let securityPolicy = GroupKind(APIGroup.envoyGateway, "SecurityPolicy")
}

/// When an object was made: by `metadata.creationTimestamp` where the document carries one, as
/// `kubectl get -o yaml` prints it. Objects without a timestamp count as newest.
///
/// Objects of one age go by the bytes of `namespace/name` (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/resource/resource.go).
package struct Age: Hashable, Comparable, Sendable {
  /// The text of the timestamp, whose order is that of time; nil where there is none.
  package let created: String?
  package let key: ObjectKey

  package init(_ created: String?, _ key: ObjectKey) {
    self.created = created
    self.key = key
  }

  package init(of document: Node) {
    self.init(
      document["metadata"]?.given("creationTimestamp")?.scalar?.text, ObjectKey(of: document))
  }

  package static func < (left: Age, right: Age) -> Bool {
    if left.created == right.created { return left.key < right.key }
    guard let one = left.created else { return false }
    guard let other = right.created else { return true }
    return one < other
  }

  /// Whether time decides between the two, not their names.
  package func differsInTime(from other: Age) -> Bool { created != other.created }
}

extension Node {
  /// The value of a key, nil where it is absent or null.
  package func given(_ key: String) -> Node? {
    guard let value = self[key], !value.isNull else { return nil }
    return value
  }

  /// The value below some keys, nil where one is absent or null.
  package func given(_ first: String, _ second: String, _ more: String...) -> Node? {
    var node = given(first)?.given(second)
    for key in more { node = node?.given(key) }
    return node
  }

  /// The items of a list, none where it is absent or no list.
  package func list(_ key: String) -> [Node] { self[key]?.items ?? [] }
}

extension Node {
  /// What people call the object: `AIGatewayRoute team-a/chat`.
  package var title: String {
    let metadata = self["metadata"]
    let place = metadata?["namespace"]?.text.map { "\($0)/" } ?? ""
    return "\(self["kind"]?.text ?? "object") \(place)\(metadata?["name"]?.text ?? "")"
  }
}
