package import YAML

/// A BackendTLSPolicy (kubernetes-sigs/gateway-api v1.5.1, apis/v1/backendtlspolicy_types.go).
package final class BackendTLSPolicy: Sendable {
  package struct Target: Sendable {
    package let kind: GroupKind
    package let object: ObjectKey
    /// The port of a Backend that it is for, nil for all of it.
    package let section: String?
    package let path: Path
  }

  package let key: ObjectKey
  package let hostname: String?
  package let hasAlternativeNames: Bool
  package let targets: [Target]
  /// The certificates that servers' are held against, where it names some.
  package let authorities: [AuthorityRef]

  package init(_ node: Node) {
    let key = ObjectKey(of: node)
    self.key = key
    let spec = node["spec"]
    hostname = spec?["validation"]?["hostname"]?.text
    hasAlternativeNames = !(spec?["validation"]?["subjectAltNames"]?.items ?? []).isEmpty
    let place = Path.to("spec", "validation", "caCertificateRefs")
    authorities = AuthorityRef.all(node[place], at: place, home: key.namespace)
    targets = (spec?["targetRefs"]?.items ?? []).enumerated().map { index, target in
      Target(
        kind: GroupKind(target["group"]?.text ?? "", target["kind"]?.text ?? ""),
        object: ObjectKey(key.namespace, target["name"]?.text ?? ""),
        section: target.given("sectionName")?.text,
        path: .to("spec", "targetRefs", index))
    }
  }

  /// The Backends that it is for.
  package var backends: [ObjectKey] { targets.filter { $0.kind == .backend }.map(\.object) }
}
