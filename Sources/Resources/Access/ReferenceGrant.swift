import Schemas
package import YAML

/// A ReferenceGrant: who may refer to what in its namespace.
package final class ReferenceGrant: Sendable {
  package struct From: Hashable, Sendable {
    package let source: GroupKind
    package let namespace: String
  }

  package struct To: Hashable, Sendable {
    package let target: GroupKind
    /// Nil for every object of the kind.
    package let name: String?
  }

  package let node: Node
  /// As written; nil is the current namespace, which is taken for `default`.
  package let writtenNamespace: String?
  package let from: [From]
  package let to: [To]

  package init(_ node: Node) {
    self.node = node
    writtenNamespace = node["metadata"]?["namespace"]?.text
    from = (node["spec"]?["from"]?.items ?? []).map {
      From(
        source: GroupKind($0["group"]?.text ?? "", $0["kind"]?.text ?? ""),
        namespace: $0["namespace"]?.text ?? "")
    }
    to = (node["spec"]?["to"]?.items ?? []).map {
      let name = $0["name"]?.text
      return To(
        target: GroupKind($0["group"]?.text ?? "", $0["kind"]?.text ?? ""),
        name: name?.isEmpty == true ? nil : name)
    }
  }

  package var namespace: String { writtenNamespace ?? WellKnown.defaultNamespace }
}

/// A kind of reference that needs a grant when it leaves its namespace.
///
/// Two controllers look at a route's references: AI Gateway at those of the AIGatewayRoute
/// (envoyproxy/ai-gateway v1.1.0, internal/controller/referencegrant.go), Envoy Gateway at those of
/// the HTTPRoute made of it (envoyproxy/gateway v1.8.1, internal/gatewayapi/helpers.go).
package struct Reference: Hashable, Sendable {
  package let source: GroupKind
  package let target: GroupKind

  package init(source: GroupKind, target: GroupKind) {
    self.source = source
    self.target = target
  }
}
