package import Manifest

/// A BackendTLSPolicy (kubernetes-sigs/gateway-api v1.5.1, apis/v1/backendtlspolicy_types.go).
package final class BackendTLSPolicy: Sendable {
  package let key: ObjectKey
  package let hostname: String?
  package let hasAlternativeNames: Bool
  /// The Backends that it is for.
  package let targets: [ObjectKey]

  package init(_ node: Node) {
    let key = ObjectKey(of: node)
    self.key = key
    let spec = node["spec"]
    hostname = spec?["validation"]?["hostname"]?.text
    hasAlternativeNames = !(spec?["validation"]?["subjectAltNames"]?.items ?? []).isEmpty
    targets = (spec?["targetRefs"]?.items ?? []).compactMap { target in
      guard
        GroupKind(target["group"]?.text ?? "", target["kind"]?.text ?? "") == GroupKind.backend
      else { return nil }
      return target["name"]?.text.map { ObjectKey(key.namespace, $0) }
    }
  }
}
