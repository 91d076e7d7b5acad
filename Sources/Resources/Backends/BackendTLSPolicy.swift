import Schemas
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
  /// The host names among the alternative names, of which the certificate must have one; nil where
  /// it may have another kind of name instead, or where none is written.
  package let alternativeHosts: [String]?
  package let targets: [Target]
  /// The certificates that servers' are held against, where it names some.
  package let authorities: [CACertificateRef]
  /// Why Envoy Gateway answers 500 for the Backends that it is for, whatever is in the cluster
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/backendtlspolicy.go, getBackendTLSBundle).
  package let refusal: Backend.Refusal?

  package init(_ node: Node) {
    let key = ObjectKey(of: node)
    self.key = key
    let spec = node["spec"]
    // Names of hosts are the same in small and capital letters.
    hostname = spec?["validation"]?["hostname"]?.text?.lowercased()
    let names = spec?["validation"]?["subjectAltNames"]?.items ?? []
    hasAlternativeNames = !names.isEmpty
    let hosts = names.compactMap { $0.given("hostname")?.text }
    alternativeHosts = hosts.isEmpty || hosts.count < names.count ? nil : hosts
    let place = Path.to("spec", "validation", "caCertificateRefs")
    let authorities = CACertificateRef.all(node[place], at: place, namespace: key.namespace)
    self.authorities = authorities
    let known = spec?.given("validation", "wellKnownCACertificates")?.text
    let isUsual = known.map(CACertificateRef.isWellKnown) ?? false
    refusal =
      isUsual || spec?.given("validation") == nil || authorities.contains(where: \.isSupported)
      ? nil
      : Backend.Refusal(
        path: known == nil ? place : .to("spec", "validation", "wellKnownCACertificates"),
        condition: "unsupported reference kind, supported kinds are ConfigMap, Secret, and "
          + "ClusterTrustBundle in caCertificateRefs",
        advice: "write wellKnownCACertificates System, or name a ConfigMap or Secret with ca.crt",
        isTakenOnHost: false)
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
