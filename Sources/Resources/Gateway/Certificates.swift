import Schemas
package import YAML

extension Gateway {
  /// A certificate's Secret, and where it is named.
  package struct CertificateUse {
    package let secret: ObjectKey
    package let path: Path
  }

  /// The certificates that a listener names, where it needs any and is sound by itself otherwise.
  package func certificates(of listener: Listener) -> [CertificateUse] {
    guard ["HTTPS", "TLS"].contains(listener.protocolName) else { return [] }
    switch listener.problem {
    case nil, .unfitCertificate, .protocolConflict, .hostnameConflict, .taken: break
    case .noSelector, .routeKind, .unknownProtocol, .noTLS, .noCertificate: return []
    }
    let path = Path.to("spec", "listeners", listener.index, "tls", "certificateRefs")
    return (node[path]?.items ?? []).enumerated().compactMap { place, ref in
      guard (ref.given("group")?.text ?? "").isEmpty,
        ref.given("kind")?.text ?? "Secret" == "Secret",
        let secret = ref["name"]?.text
      else { return nil }
      let home = ref.given("namespace")?.text ?? name.namespace
      return CertificateUse(secret: ObjectKey(home, secret), path: path.appending(place))
    }
  }
}

extension ResourceIndex {
  /// The type of the Secrets that certificates are.
  package static let tlsType = "kubernetes.io/tls"

  /// The type of a Secret.
  package func type(of stored: StoredData) -> String? {
    documents[stored.index].node.given("type")?.text
  }

  /// Why a Secret is no certificate, nil where it may be one (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/validate.go).
  package func problem(ofCertificate stored: StoredData) -> String? {
    let type = type(of: stored)
    guard type == ResourceIndex.tlsType else {
      return "is of type \(type ?? "Opaque"), not \(ResourceIndex.tlsType)"
    }
    let missing = ["tls.crt", "tls.key"].filter(stored.lacks)
    return missing.isEmpty ? nil : "lacks \(missing.joined(separator: " and "))"
  }

  /// The listeners of a Gateway whose certificates are all among the documents and none is one.
  func listenersWithoutCertificate(of gateway: Gateway) -> [Int] {
    gateway.listeners.filter { listener in
      let uses = gateway.certificates(of: listener)
      return !uses.isEmpty
        && uses.allSatisfy { use in
          stored("Secret", use.secret).flatMap { problem(ofCertificate: $0) } != nil
        }
    }.map(\.index)
  }
}
