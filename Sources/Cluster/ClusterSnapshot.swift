import Resources
package import Schemas
package import YAML

/// What a cluster held at one moment, as far as it may be listed.
package struct ClusterSnapshot: Sendable {
  package let setting: Kubectl.Setting
  /// The objects of the kinds that matter to routes; no Secrets.
  package let objects: [Node]
  /// What could not be read, a sentence each: it stays unknown.
  package let gaps: [String]
  /// Kinds that could not be listed, or in one namespace only.
  let unlisted: [Unlisted]
  /// The release whose CRDs are installed; nil where they do not show it.
  package let release: Release?

  struct Unlisted: Sendable {
    let kind: String
    /// The one namespace that could be listed.
    let namespace: String?
  }

  /// The objects without those of some documents: what would be there beside them.
  package func objects(beside documents: [Node]) -> [Node] {
    let taken = Set(documents.compactMap(\.identity))
    return objects.filter { object in object.identity.map { !taken.contains($0) } ?? true }
  }
}

extension Node {
  /// What makes it one object in a cluster, nil without a kind or a name.
  var identity: Document.Identity? { Document(self, index: 0).identity }
}

/// Kinds as kubectl names them: `gateways.gateway.networking.k8s.io`.
enum ListedKind {
  /// Those that are in every cluster.
  static let core = ["namespaces", "services"]

  /// Those whose CRDs may be installed or not.
  static let installed = [
    APIGroup.gatewayAPI: [
      "gateways", "gatewayclasses", "httproutes", "referencegrants", "backendtlspolicies",
    ],
    APIGroup.aiGateway: [
      "aigatewayroutes", "aiservicebackends", "backendsecuritypolicies", "gatewayconfigs",
      "mcproutes", "quotapolicies",
    ],
    APIGroup.envoyGateway: [
      "backends", "clienttrafficpolicies", "backendtrafficpolicies", "securitypolicies",
      "envoyextensionpolicies", "envoyproxies", "httproutefilters",
    ],
    APIGroup.inference: ["inferencepools"],
  ].flatMap { group, names in names.map { "\($0).\(group)" } }.sorted()

  /// Those that have no namespace.
  static let unplaced = ["namespaces", "gatewayclasses.\(APIGroup.gatewayAPI)"]

  static let routes = "aigatewayroutes.\(APIGroup.aiGateway)"
}

extension Kubectl {
  /// Reads what a cluster holds of the kinds that matter to routes.
  package func snapshot() throws(ClusterError) -> ClusterSnapshot {
    let setting = try setting()
    let known = try resources()
    var gaps: [String] = []
    if !known.contains(ListedKind.routes) {
      gaps.append("the CRDs of AI Gateway are not installed in it")
    }
    let kinds = ListedKind.core + ListedKind.installed.filter(known.contains)
    let all = try list(kinds, ["-A"])
    var objects = all.objects
    gaps += all.gaps.map { "may not be complete: \($0.message)" }
    var unlisted = all.gaps.map { ClusterSnapshot.Unlisted(kind: $0.kind, namespace: nil) }
    let local = all.forbidden.filter { !ListedKind.unplaced.contains($0) }
    let here = local.isEmpty ? Listing() : try list(local, ["-n", setting.namespace])
    objects += here.objects
    for kind in all.forbidden {
      let isListed =
        local.contains(kind) && !(here.forbidden + here.gaps.map(\.kind)).contains(kind)
      unlisted.append(
        ClusterSnapshot.Unlisted(kind: kind, namespace: isListed ? setting.namespace : nil))
      gaps.append("may not list \(kind)" + (isListed ? " but in \(setting.namespace)" : ""))
    }
    let release = known.contains(ListedKind.routes) ? installedRelease() : nil
    return ClusterSnapshot(
      setting: setting, objects: objects, gaps: gaps, unlisted: unlisted, release: release)
  }

  /// The kinds that the server knows; some groups of it may not answer.
  private func resources() throws(ClusterError) -> Set<String> {
    let answer = try answer(to: ["api-resources", "--verbs=list", "-o", "name"])
    let names = String(decoding: answer.output, as: UTF8.self).split(separator: "\n")
    guard answer.isSuccess || !names.isEmpty else { throw answer.errorOutput.error }
    guard names.contains("namespaces") else {
      throw .unreadable("it lists no namespaces among its kinds")
    }
    return Set(names.map(String.init))
  }

  private struct Listing {
    var objects: [Node] = []
    var forbidden: [String] = []
    var gaps: [(kind: String, message: String)] = []
  }

  /// Lists some kinds; those that may not be listed do not prevent the others.
  private func list(_ kinds: [String], _ scope: [String]) throws(ClusterError) -> Listing {
    let answer = try answer(
      to: ["get", kinds.joined(separator: ",")] + scope + ["-o", "json"])
    var listing = Listing()
    if !answer.isSuccess {
      listing.forbidden = answer.errorOutput.forbidden
      let others = answer.errorOutput.lines.filter { !$0.holds(" is forbidden") }
      guard !answer.output.isEmpty else {
        guard others.isEmpty, !listing.forbidden.isEmpty else { throw answer.errorOutput.error }
        return listing
      }
      listing.gaps = others.map { ($0.listedKind, $0) }
    }
    listing.objects = try answer.value().list("items")
    if listing.objects.isEmpty, !listing.gaps.isEmpty { throw answer.errorOutput.error }
    return listing
  }

  /// The newest release all of whose fields the installed AIGatewayRoute has.
  private func installedRelease() -> Release? {
    guard
      let answer = try? output(of: [
        "get", "customresourcedefinitions.apiextensions.k8s.io", ListedKind.routes, "-o", "json",
      ]), let definition = try? answer.value()
    else { return nil }
    return Release(ofRoutesIn: definition)
  }
}

extension Release {
  /// The newest release all of whose fields a CustomResourceDefinition of AIGatewayRoutes has.
  init?(ofRoutesIn definition: Node) {
    let versions = definition["spec"]?.list("versions") ?? []
    let names = versions.compactMap { $0["name"]?.text }
    guard let version = versions.first(where: { $0["storage"]?.bool ?? false }) ?? versions.first,
      let schema = version.given("schema", "openAPIV3Schema")
    else { return nil }
    let facts = ResourceKind.aiGatewayRoute.facts
    let newest = Release.allCases.reversed().first { release in
      let wanted = ResourceKind.aiGatewayRoute.versions.filter { $0.since <= release.schemaSet }
      return wanted.allSatisfy { names.contains($0.name) }
        && facts.allSatisfy { path, property in
          property.span.since > release.schemaSet || property.span.until < release.schemaSet
            || schema.hasSchema(at: path.steps[...])
        }
    }
    guard let newest else { return nil }
    self = newest
  }
}

extension Node {
  /// Whether an OpenAPI schema has a field.
  fileprivate func hasSchema(at steps: ArraySlice<Path.Step>) -> Bool {
    guard let step = steps.first else { return true }
    let below: Node?
    switch step {
    case .key(let key): below = given("properties", key) ?? given("additionalProperties")
    case .index: below = given("items")
    }
    return below?.hasSchema(at: steps.dropFirst()) ?? isOpen
  }

  /// Whether it says nothing about what is below it.
  private var isOpen: Bool { self["properties"] == nil && self["items"] == nil }
}

extension String {
  /// The kind in `Unable to list "gateway.envoyproxy.io/v1alpha1, Resource=backends"`.
  fileprivate var listedKind: String {
    guard let version = cut(at: "Unable to list \"")?.after.parts(between: ", ").first,
      let resource = cut(at: "Resource=")?.after.parts(between: "\"").first
    else { return "" }
    let group = version.parts(between: "/").first ?? ""
    return group.isEmpty ? resource : "\(resource).\(group)"
  }
}
