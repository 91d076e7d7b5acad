import Schemas
package import YAML

/// A reference to the certificates of authorities (`caCertificateRefs`).
package struct CACertificateRef: Hashable, Sendable {
  /// Where the reference stands.
  package let path: Path
  /// `Secret`, `ConfigMap` or what else is written.
  package let kind: String
  package let object: ObjectKey

  init(_ ref: Node, at path: Path, namespace: String) {
    self.path = path
    kind = ref.given("kind")?.text ?? "Secret"
    object = ObjectKey(ref.given("namespace")?.text ?? namespace, ref["name"]?.text ?? "")
  }

  /// Whether Envoy Gateway knows authorities by a name, as wellKnownCACertificates has it.
  static func isWellKnown(_ name: String) -> Bool { name == "System" || Variable.isIn(name) }

  /// Whether Envoy Gateway looks for certificates in objects of the kind.
  package var isSupported: Bool {
    ["ConfigMap", "Secret", "ClusterTrustBundle"].contains(kind) || Variable.isIn(kind)
  }

  /// Those of a list.
  package static func all(_ refs: Node?, at path: Path, namespace: String) -> [CACertificateRef] {
    (refs?.items ?? []).enumerated().map {
      CACertificateRef($0.element, at: path.appending($0.offset), namespace: namespace)
    }
  }
}

extension ResourceIndex {
  /// Why what a reference leads to holds no certificate; nil where it may, or is not known.
  package func problem(of ref: CACertificateRef) -> String? {
    if isEmpty(ref) { return "has no key ca.crt" }
    guard let entry = stored(ref.kind, ref.object)?.authorities, let text = entry.value,
      !text.hasCertificate
    else { return nil }
    return "holds no certificate in PEM under \(entry.key)"
  }

  /// Whether what a reference leads to is known and has nothing that could be a certificate.
  package func isEmpty(_ ref: CACertificateRef) -> Bool {
    guard let data = stored(ref.kind, ref.object),
      documents[data.index].node.given("type")?.text != "gateway.envoyproxy.io/sds"
    else { return false }
    return data.authorities.map { $0.value == "" } ?? true
  }

  /// What the TLS of a Backend is verified by that is likely missing.
  package func missingAuthorities(of backend: Backend) -> [CACertificateRef] {
    (backend.authorities + (tlsAuthorities[backend.key] ?? [])).filter {
      isStoreLikelyMissing($0.kind, $0.object)
    }
  }

  /// Whether the TLS of a Backend names no authorities, neither itself nor by policies for all of
  /// it or for each port.
  package func lacksAuthorities(_ backend: Backend) -> Bool {
    guard let tls = backend.tls, !tls.hasAuthorities, !tls.skipsVerification else { return false }
    let sections = tlsSections[backend.key] ?? []
    return !sections.contains(nil)
      && (backend.endpoints.isEmpty
        || !backend.endpoints.allSatisfy { sections.contains($0.port.map(String.init)) })
  }

  /// Why Envoy Gateway does not take a Backend, for what it says itself or for the certificates
  /// that it refers to (envoyproxy/gateway v1.8.1, internal/gatewayapi/backendtlspolicy.go).
  package func refusal(of backend: Backend) -> Backend.Refusal? {
    if let refusal = backend.refusal ?? tlsRefusals[backend.key] { return refusal }
    let refs = backend.authorities + (tlsAuthorities[backend.key] ?? [])
    guard let ref = refs.first(where: isEmpty) else { return nil }
    return Backend.Refusal(
      path: ref.path, condition: "no ca found in \(ref.kind.lowercased()) \(ref.object.name)",
      advice: "write certificates in PEM under ca.crt there", isTakenOnHost: false)
  }
}

extension String {
  /// Whether a block of PEM stands in it that can be a certificate.
  fileprivate var hasCertificate: Bool {
    var length: Int?
    for line in split(whereSeparator: \.isNewline) {
      if line.hasPrefix("-----BEGIN ") {
        length = line.hasSuffix(" KEY-----") ? nil : 0
      } else if let lines = length {
        if line.hasPrefix("-----END "), lines > 0 { return true }
        length = lines + 1
      }
    }
    return false
  }
}
