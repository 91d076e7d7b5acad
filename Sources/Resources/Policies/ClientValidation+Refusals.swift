import Schemas
import YAML

extension ResourceIndex {
  /// Why Envoy Gateway refuses a ClientTrafficPolicy for what it verifies clients' certificates by, as
  /// far as the documents say (envoyproxy/gateway v1.8.1, internal/gatewayapi/clienttrafficpolicy.go,
  /// buildListenerTLSParameters).
  func clientValidationRefusals(of policy: Policy) -> [PolicyRefusal] {
    let validation = Path.to("spec", "tls", "clientValidation")
    func references(at place: Path) -> [CACertificateRef] {
      let path = validation.appending(place)
      return CACertificateRef.all(policy.node[path], at: path, namespace: policy.namespace)
    }
    return references(at: .to("caCertificateRefs")).compactMap(authorityRefusal)
      + references(at: .to("crl", "refs")).compactMap(revocationRefusal)
  }

  private func authorityRefusal(of ref: CACertificateRef) -> PolicyRefusal? {
    let problem =
      problem(of: ref) ?? stored(ref.kind, ref.object)?.authorities?.problemOfCertificates
    return problem.map {
      PolicyRefusal(
        ref.path.appending("name"), "TLS: no valid certificates exist in \(ref.object.name)",
        "\(ref.kind) \(ref.object.name) \($0); write certificates in PEM under ca.crt there")
    }
  }

  private func revocationRefusal(of ref: CACertificateRef) -> PolicyRefusal? {
    guard let data = stored(ref.kind, ref.object) else { return nil }
    let name = ref.object.name
    guard let entry = data.text("ca.crl"), entry.value != "" else {
      return PolicyRefusal(
        ref.path.appending("name"),
        "TLS: failed to get crl from ref: ref \(ref.kind.lowercased()) [\(name)] has no key ca.crl "
          + "and more than one entry", "write a CRL in PEM under ca.crl there")
    }
    return entry.problemOfRevocations.map { problem in
      PolicyRefusal(
        ref.path.appending("name"), "TLS: invalid crl in \(name): \(problem.condition)",
        "\(ref.kind) \(name) \(problem.reason); write a CRL in PEM that is valid now under ca.crl "
          + "there")
    }
  }
}
