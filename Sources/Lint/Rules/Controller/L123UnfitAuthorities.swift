import Resources
import Schemas
import YAML

extension Rule {
  static let unfitAuthorities = Rule(
    "L123.ca", "unfit-authorities", .error, .controller,
    "CA certificates that are missing or invalid",
    why: "CA certificates are PEM text under the key ca.crt of a Secret or ConfigMap, or under its "
      + "only key. If there is none, Envoy Gateway refuses the Backend and answers 500; if the "
      + "text is not a certificate, Envoy refuses it, and the backend is not reached.",
    bad: "caCertificateRefs: [{kind: ConfigMap, name: ca}], ConfigMap ca {ca.pem: …, crl.pem: …}",
    good: "caCertificateRefs: [{kind: ConfigMap, name: ca}], ConfigMap ca {ca.crt: …}",
    reference: Citation.envoyGateway("internal/gatewayapi/backendtlspolicy.go"),
    .bundle { bundle, report in
      for document in bundle.current {
        if case .tlsPolicy(let policy) = document.content, let refusal = policy.refusal {
          report.add(
            "no authority: Envoy Gateway answers 500 for its Backends (\(refusal.condition)); "
              + refusal.advice, at: refusal.path, in: document.index)
        }
        for ref in document.authorities {
          guard let problem = bundle.problem(of: ref) else { continue }
          let effect =
            bundle.isEmpty(ref)
            ? "Envoy Gateway refuses it and answers 500" : "Envoy does not take it"
          report.add(
            "no authority: \(ref.kind) \(ref.object.name) \(problem), so that \(effect); write certificates in "
              + "PEM under ca.crt there", at: ref.path.appending("name"), in: document.index)
        }
      }
    })
}

extension Document {
  /// The authorities that it refers to to trust backends.
  fileprivate var authorities: [CACertificateRef] {
    switch content {
    case .backend(let backend): backend.authorities
    case .tlsPolicy(let policy): policy.authorities
    case .route, .httpRoute, .grant, .service, .gateway, .credentials, .policy, .namespace,
      .installation, .other:
      []
    }
  }
}
