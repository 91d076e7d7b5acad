import Schemas
package import YAML

/// An HTTPRoute among the documents: one that somebody wrote, one that AI Gateway made, or a
/// GRPCRoute as Envoy Gateway reads it.
package final class HTTPRoute: Sendable {
  /// A match of a rule, or what a rule without matches stands for.
  package struct Match: Sendable {
    /// Nil for a rule without matches.
    package let node: Node?
    /// `Exact`, `PathPrefix` or `RegularExpression`.
    package let pathType: String
    package let pathValue: String
    package let path: Path
    /// The rule that it is of.
    package let rule: Node

    fileprivate init(_ node: Node?, of rule: Node, at path: Path) {
      self.node = node
      self.rule = rule
      self.path = path
      pathType = node?.given("path", "type")?.text ?? "PathPrefix"
      pathValue = node?.given("path", "value")?.text ?? "/"
    }
  }

  /// What a rule sends requests to.
  package struct Backend: Sendable {
    package let target: GroupKind
    package let object: ObjectKey
    package let port: Int?
    package let path: Path

    fileprivate init(_ node: Node, at path: Path, namespace: String) {
      self.path = path
      target = GroupKind(node["group"]?.text ?? "", node.given("kind")?.text ?? "Service")
      object = ObjectKey(node.given("namespace")?.text ?? namespace, node["name"]?.text ?? "")
      port = node["port"]?.integer
    }
  }

  package let node: Node
  /// What it is written as.
  package let kind: GroupKind
  package let key: ObjectKey
  package let attachment: GatewayAttachment
  package let age: Age
  package let labels: Labels
  package let matches: [Match]
  /// Whether AI Gateway made it.
  package let isGenerated: Bool

  package init(_ node: Node, kind: GroupKind = .httpRoute) {
    self.node = node
    self.kind = kind
    key = ObjectKey(of: node)
    age = Age(of: node)
    let metadata = node["metadata"]
    labels = Labels(metadata?["labels"])
    let spec = node["spec"]
    attachment = GatewayAttachment(
      namespace: key.namespace, parents: (spec?.list("parentRefs") ?? []).map(ParentRef.init),
      hostnames: (spec?.list("hostnames") ?? []).compactMap(\.text))
    isGenerated = metadata?["annotations"]?[HTTPRoute.generatedMark]?.text == "true"
    matches = (spec?.list("rules") ?? []).enumerated().flatMap { place, rule in
      let path = Path.to("spec", "rules", place)
      let own = rule.list("matches").enumerated().map { place, node in
        Match(node, of: rule, at: path.appending(.to("matches", place)))
      }
      return own.isEmpty ? [Match(nil, of: rule, at: path)] : own
    }
  }

  /// Whether an object of a kind owns it.
  package func isGenerated(by kind: GroupKind) -> Bool {
    (node["metadata"]?.list("ownerReferences") ?? []).contains { $0["kind"]?.text == kind.kind }
  }

  /// What a backendRef names.
  package func object(of ref: Node) -> ObjectKey {
    ObjectKey(ref.given("namespace")?.text ?? key.namespace, ref["name"]?.text ?? "")
  }

  /// What its rules send copies of requests to.
  package var mirrors: [Backend] {
    (node["spec"]?.list("rules") ?? []).enumerated().flatMap { place, rule in
      rule.list("filters").enumerated().compactMap { number, filter in
        filter.given("requestMirror", "backendRef").map {
          Backend(
            $0,
            at: .to("spec", "rules", place, "filters", number, "requestMirror", "backendRef"),
            namespace: key.namespace)
        }
      }
    }
  }

  /// What its rules send requests to.
  package var backends: [Backend] {
    (node["spec"]?.list("rules") ?? []).enumerated().flatMap { place, rule in
      rule.list("backendRefs").enumerated().map { number, ref in
        Backend(
          ref, at: .to("spec", "rules", place, "backendRefs", number), namespace: key.namespace)
      }
    }
  }

  /// The HTTPRouteFilters that its rules name.
  package var filters: [ObjectKey] {
    (node["spec"]?.list("rules") ?? []).flatMap { $0.list("filters") }.compactMap(filter)
  }

  /// The HTTPRouteFilter that a filter of a rule names, nil where it names none.
  package func filter(_ filter: Node) -> ObjectKey? {
    guard let ref = filter.given("extensionRef"),
      ref["kind"]?.text == GroupKind.httpRouteFilter.kind, let name = ref["name"]?.text
    else { return nil }
    return ObjectKey(key.namespace, name)
  }

  /// The annotation of what AI Gateway made (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/ai_gateway_route.go).
  package static let generatedMark = "gateway.envoyproxy.io/ai-gateway-generated"
}
