package import YAML

/// A kind of Kubernetes object that this program writes or checks: group, versions and every field.
///
/// `ResourceKind.find` gives the kind of a document; `checked` validates an object as the API server
/// of a release does, `mayKnow` says whether a release has a field, and the form, `explain` and the
/// manual take their texts from the same fields. The tables of a kind are read when it is first
/// asked for, so that a session pays for the kinds it meets. Each document refers to that of its kind.
package final class ResourceKind: Sendable {
  /// One served version of the kind.
  package struct Version: Sendable {
    /// The version without its group, `v1beta1`.
    package let name: String
    package let isStored: Bool
    package let isDeprecated: Bool
    /// The first schema set that serves it.
    package let since: SchemaSet

    package init(
      _ name: String, isStored: Bool = false, isDeprecated: Bool = false, since: SchemaSet = .v0_6
    ) {
      self.name = name
      self.isStored = isStored
      self.isDeprecated = isDeprecated
      self.since = since
    }
  }

  package let group: String
  package let kind: String
  package let versions: [Version]
  /// Every `group/version` that is served, the stored one first.
  package let apiVersions: [String]
  package let isNamespaced: Bool
  /// Who publishes its schema.
  package let project: Project
  /// The whole object, named after the kind: `apiVersion`, `kind`, `metadata`, `spec`.
  package let root: Property

  /// `status` are the facts of what controllers write, nil where the kind has no such field.
  init(
    group: String, kind: String, versions: [Version], isNamespaced: Bool = true, help: String,
    spec: Property, asking: [String] = [], status: (@Sendable () -> Property)? = nil
  ) {
    self.group = group
    self.kind = kind
    self.versions = versions
    apiVersions = (versions.filter(\.isStored) + versions.filter { !$0.isStored })
      .map { "\(group)/\($0.name)" }
    self.isNamespaced = isNamespaced
    let project = Project(group: group)
    self.project = project
    self.root = Property(
      kind,
      .object(
        [
          Property(
            "apiVersion", .string(), isRequired: true,
            help: "The API group and version that read this object.",
            examples: versions.map { "\(group)/\($0.name)" },
            source: Citation.kubernetes("staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go")
          ),
          Property(
            "kind", .string(), isRequired: true, help: "What the object is.", examples: [kind],
            source: Citation.kubernetes("staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go")
          ),
          isNamespaced ? .metadata : .clusterMetadata,
          spec,
        ]
          + (status.map {
            [Property("status", .any, help: "Written by controllers; leave it out.", facts: $0)]
          } ?? [])),
      help: help,
      conditions: asking.compactMap { ValidationRule($0) }
        + (versions.contains { $0.since > .v0_6 } ? [.served(versions, by: project)] : []))
  }

  /// A record of a form that is no Kubernetes object: its fields and their help.
  package init(form name: String, help: String, fields: [Property]) {
    group = ""
    kind = name
    versions = []
    apiVersions = []
    isNamespaced = false
    project = .aiGateway
    root = Property(name, .object(fields), help: help, conditions: [])
  }

  package var schema: Schema { root.schema }

  /// Everything wrong with an object of the kind.
  package func checked(
    _ node: Node, for release: Release, reusing previous: ValidatedNode? = nil,
    remembers: Bool = true
  ) -> ValidatedNode {
    ValidatedNode.validating(
      object: node, as: root,
      by: ValidationContext(release.schemaSet, of: project, remembers: remembers), reusing: previous
    )
  }

  /// Whether some cluster of a release knows a field, and every field around it.
  package func mayKnow(_ path: Path, in release: Release) -> Bool {
    let latest = project.latest(from: release.schemaSet)
    var here = root
    for step in path.steps {
      guard let next = here.property(at: Path([step])) else { return true }
      here = next
      let span = here.resolved(in: release.schemaSet).span
      guard span.since <= latest, release.schemaSet <= span.until else { return false }
    }
    return true
  }

  /// The `group/version`s that a release serves, the stored one first.
  package func apiVersions(for release: Release) -> [String] {
    apiVersions.filter { version(of: $0).map { $0.since <= release.schemaSet } ?? false }
  }

  /// The version of an `apiVersion` text, nil where it is not one of this kind's.
  package func version(of apiVersion: String) -> Version? {
    versions.first { version in
      apiVersion.utf8.count == group.utf8.count + 1 + version.name.utf8.count
        && apiVersion.hasPrefix(group) && apiVersion.hasSuffix("/" + version.name)
    }
  }

  /// Every kind that is known here.
  package static var all: [ResourceKind] { kinds.compactMap(find(kind:)) }

  /// The name of every kind that is known here; its facts are made when it is first asked for.
  package static let kinds = [
    "ClientTrafficPolicy", "ReferenceGrant", "AIGatewayRoute", "BackendTrafficPolicy",
    "AIServiceBackend", "Backend", "BackendTLSPolicy", "Gateway", "HTTPRoute", "HTTPRouteFilter",
    "InferencePool", "BackendSecurityPolicy", "SecurityPolicy", "GatewayClass", "GatewayConfig",
    "MCPRoute", "QuotaPolicy", "EnvoyExtensionPolicy",
  ]

  /// The kinds that the form writes.
  package static let written: [ResourceKind] = [
    .clientTrafficPolicy, .referenceGrant, .aiGatewayRoute, .backendTrafficPolicy,
  ]

  /// The resource of an object's kind, nil for a kind that is not known here.
  package static func find(kind: String) -> ResourceKind? {
    switch kind {
    case "ClientTrafficPolicy": .clientTrafficPolicy
    case "ReferenceGrant": .referenceGrant
    case "AIGatewayRoute": .aiGatewayRoute
    case "BackendTrafficPolicy": .backendTrafficPolicy
    case "AIServiceBackend": .aiServiceBackend
    case "Backend": .backend
    case "BackendTLSPolicy": .backendTLSPolicy
    case "Gateway": .gateway
    case "HTTPRoute": .httpRoute
    case "HTTPRouteFilter": .httpRouteFilter
    case "InferencePool": .inferencePool
    case "BackendSecurityPolicy": .backendSecurityPolicy
    case "SecurityPolicy": .securityPolicy
    case "GatewayClass": .gatewayClass
    case "GatewayConfig": .gatewayConfig
    case "MCPRoute": .mcpRoute
    case "QuotaPolicy": .quotaPolicy
    case "EnvoyExtensionPolicy": .envoyExtensionPolicy
    default: nil
    }
  }

  /// The resource of an object's kind, nil where its group belongs to someone else.
  ///
  /// A group that is missing, or close to the kind's own or another one that is known here, is
  /// taken for a slip.
  package static func find(kind: String, in apiVersion: String?) -> ResourceKind? {
    guard let resource = find(kind: kind) else { return nil }
    guard let apiVersion, let slash = apiVersion.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return resource
    }
    let group = String(apiVersion[..<slash])
    if group == oldPoolGroup { return nil }
    return group == resource.group || NearestWord.match(for: group, among: groups) != nil
      ? resource : nil
  }

  /// The group of InferencePools before they were stable, whose CRDs may well be there too
  /// (kubernetes-sigs/gateway-api-inference-extension v1.0.2, config/crd/bases).
  package static let oldPoolGroup = "inference.networking.x-k8s.io"

  /// Whether a text is a version, or a group and a version.
  package static func isVersion(_ apiVersion: String) -> Bool {
    let parts = apiVersion.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.last?.isEmpty == false
  }

  /// The kind that was probably meant, nil for one that may well be there: a known one in other
  /// letters, or one of the same group that is close to it.
  package static func known(like kind: String, in apiVersion: String?) -> String? {
    let small = kind.lowercased()
    if let same = kinds.first(where: { $0.lowercased() == small }) {
      return same == kind ? nil : same
    }
    guard let group = (apiVersion?.prefix { $0 != "/" }).map(String.init), groups.contains(group),
      !neighbours.contains(kind), let near = NearestWord.match(for: kind, among: kinds),
      let resource = find(kind: near), resource.group == group
    else { return nil }
    return near
  }

  /// Kinds of the same groups that are not known here.
  private static let neighbours = [
    "EnvoyPatchPolicy", "EnvoyProxy", "EnvoyGateway", "GRPCRoute", "TLSRoute",
    "TCPRoute", "UDPRoute", "ListenerSet", "InferencePoolImport",
  ]

  /// Whether an apiVersion is of a group with kinds that are known here.
  package static func isInKnownGroup(_ apiVersion: String) -> Bool {
    groups.contains { apiVersion.hasPrefix("\($0)/") }
  }

  /// The API groups of those kinds.
  package static let groups = [
    "aigateway.envoyproxy.io", "gateway.envoyproxy.io", "gateway.networking.k8s.io",
    "inference.networking.k8s.io",
  ]

  /// The field at a path as the server validates it; any index will do, and a list's item has its own
  /// entry.
  package func property(at path: Path) -> Property? { root.property(at: path) }

  /// The fields below the object or list at a path, in printing order.
  package func properties(at path: Path) -> [Property] {
    property(at: path)?.fields ?? []
  }

  /// Every field that the server validates with a path to it, those that forms keep as well; lists
  /// are entered at index 0, maps at the key `any`.
  package var facts: [(path: Path, property: Property)] {
    var found: [(path: Path, property: Property)] = []
    root.visitFacts(at: .root) { found.append(($0, $1)) }
    return found
  }

  /// Every field with a path to it, lists entered at index 0, in printing order.
  package var everything: [(path: Path, property: Property)] {
    var found: [(path: Path, property: Property)] = []
    root.visit(at: .root) { found.append(($0, $1)) }
    return found
  }
}
