package import Schemas
package import YAML

/// A policy of Envoy Gateway: whom it is for, which all kinds say alike, and its spec.
///
/// ClientTrafficPolicy, BackendTrafficPolicy, SecurityPolicy and EnvoyExtensionPolicy are read as
/// one type, since targets, selectors, namespaces, age and conflicts hold for all of them alike.
/// `PolicyAttachments` says which policy holds for which target.
package final class Policy: Sendable {
  /// One that it names.
  package struct Target: Hashable, Sendable {
    package let path: Path
    package let group: String
    package let kind: String
    package let name: String
    package let sectionName: String?

    fileprivate init(_ node: Node, at path: Path) {
      self.path = path
      group = node["group"]?.text ?? ""
      kind = node["kind"]?.text ?? ""
      name = node["name"]?.text ?? ""
      sectionName = node["sectionName"]?.text
    }
  }

  /// Some that it finds by their labels (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/helpers.go, resolvePolicyTargetsFromSelectors).
  package struct Selector: Sendable {
    /// The namespaces in which it looks.
    package enum Namespaces: Sendable {
      case same, all
      case selected(LabelSelector)
      case none
    }

    package let path: Path
    package let group: String
    package let kind: String
    package let labels: LabelSelector
    package let namespaces: Namespaces

    init(_ node: Node, path: Path) {
      self.path = path
      group = node["group"]?.text ?? APIGroup.gatewayAPI
      kind = node["kind"]?.text ?? ""
      labels = LabelSelector(node)
      let scope = node.given("namespaces")
      switch scope?.given("from")?.text {
      case nil, "Same", "": namespaces = .same
      case "All": namespaces = .all
      case "Selector":
        namespaces = scope?.given("selector").map { .selected(LabelSelector($0)) } ?? .none
      case .some: namespaces = .none
      }
    }
  }

  package enum Kind: String, CaseIterable, Sendable {
    case client = "ClientTrafficPolicy"
    case backend = "BackendTrafficPolicy"
    case security = "SecurityPolicy"
    case extensions = "EnvoyExtensionPolicy"

    package var groupKind: GroupKind { GroupKind(APIGroup.envoyGateway, rawValue) }

    /// Whether its policies on routes can be merged with those of Gateways: SecurityPolicies since
    /// Envoy Gateway 1.8, EnvoyExtensionPolicies since 1.9.
    package func merges(in schemaSet: SchemaSet) -> Bool {
      switch self {
      case .client: false
      case .backend: true
      case .security: schemaSet >= .v0_7
      case .extensions: schemaSet >= .next
      }
    }
  }

  package let node: Node
  package let kind: Kind
  package let key: ObjectKey
  package let age: Age
  package let targets: [Target]
  /// All that the server looks at, those that have no effect as well.
  package let writtenTargets: [Target]
  package let selectors: [Selector]
  /// What a BackendTrafficPolicy does; empty for other kinds.
  package let traffic: BackendTraffic

  package init(_ node: Node, kind: Kind) {
    self.node = node
    self.kind = kind
    key = ObjectKey(of: node)
    age = Age(of: node)
    traffic = BackendTraffic(spec: kind == .backend ? node["spec"] ?? .map([:]) : .map([:]))
    let spec = node["spec"]
    let old = spec?.given("targetRef").map { [Target($0, at: .to("spec", "targetRef"))] }
    let named = (spec?.list("targetRefs") ?? []).enumerated().map { index, node in
      Target(node, at: .to("spec", "targetRefs", index))
    }
    // Beside the deprecated field the newer one does not count (envoyproxy/gateway v1.8.1,
    // api/v1alpha1/policy_helpers.go).
    targets = old ?? named
    writtenTargets = (old ?? []) + named
    selectors = (spec?.list("targetSelectors") ?? []).enumerated().map { index, node in
      Selector(node, path: .to("spec", "targetSelectors", index))
    }
  }

  package var name: String { key.name }
  package var namespace: String { key.namespace }
  package var spec: Node { node["spec"] ?? .map([:]) }
  package var hasSelectors: Bool { !selectors.isEmpty }
  /// Whether it is joined with the policy of the listener or Gateway instead of replacing it.
  package func isMerged(in schemaSet: SchemaSet) -> Bool {
    spec.given("mergeType") != nil && kind.merges(in: schemaSet)
  }
  /// The policy without some parts of its spec.
  package func without(_ parts: [String]) -> Policy {
    guard case .mapping(var node) = node, case .mapping(var spec) = spec else { return self }
    for part in parts { spec[part] = nil }
    node["spec"] = .mapping(spec)
    return Policy(.mapping(node), kind: kind)
  }
  /// The path at which Envoy itself answers with 200 (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/healthcheck.go).
  package var healthCheckPath: String? { spec.given("healthCheck", "path")?.text }
  /// What becomes of requests with an underscore in the name of a header: `Allow`, `RejectRequest`
  /// or `DropHeader` (envoyproxy/gateway v1.8.1, internal/xds/translator/listener.go).
  package var underscoreAction: String {
    spec.given("headers", "withUnderscoresAction")?.text ?? Policy.usualUnderscoreAction
  }
  package static let usualUnderscoreAction = "RejectRequest"
  package var bufferLimit: Node? { spec.given("connection", "bufferLimit") }

  /// The targets of one kind in Gateway API's group.
  package func targets(kind: String) -> [Target] {
    targets.filter { $0.kind == kind && $0.group == APIGroup.gatewayAPI }
  }
}

extension Policy {
  /// How a policy can be joined with that of the listener or Gateway (envoyproxy/gateway v1.8.1,
  /// internal/utils/merge.go).
  package static let mergeTypes = ["StrategicMerge", "JSONMerge"]
  /// The fields by which a SecurityPolicy authenticates clients.
  package static let authenticationFields = ["apiKeyAuth", "basicAuth", "jwt", "oidc", "extAuth"]
  /// The authentication that is off for a request unless the route that takes it first has it, though
  /// its settings are those of the route that serves it (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/api_key_auth.go, basicauth.go, extauth.go; envoyproxy/go-control-plane,
  /// envoy/config/route/v3/route_components.pb.go).
  package static let switchedAuthentication: Set = ["apiKeyAuth", "basicAuth", "extAuth"]
}

extension Node {
  /// How many bytes of a body the authorization service of a SecurityPolicy with this spec is sent;
  /// more gets 413 (envoyproxy/gateway v1.8.1, api/v1alpha1/ext_auth_types.go).
  package var authorizedBody: Int? {
    given("extAuth", "bodyToExtAuth", "maxRequestBytes")?.integer
  }
}
