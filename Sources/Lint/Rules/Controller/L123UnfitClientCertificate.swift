import Resources
import Schemas
import YAML

extension Rule {
  static let unfitClientCertificate = Rule(
    "L123.client", "unfit-client-certificate", .error, .controller,
    "a client certificate for backends that is missing or invalid",
    why: "Proxies prove themselves to backends with TLS by a Secret with tls.crt and tls.key. "
      + "Without a good one a Gateway's proxies show none, not even the EnvoyProxy's, and its "
      + "condition ResolvedRefs alone says so; for an EnvoyProxy's or Backend's, requests get 500.",
    bad: "tls: {backend: {clientCertificateRef: {name: c}}}, Secret c {stringData: {key: …}}",
    good: "tls: {backend: {clientCertificateRef: {name: c}}}, Secret c {tls.crt: …, tls.key: …}",
    reference: Citation.envoyGateway("internal/gatewayapi/listener.go"),
    .bundle { bundle, report in
      lazy var presence = ObjectPresence(of: bundle.knownCertificates)
      for certificate in bundle.clientCertificates {
        switch bundle.problem(of: certificate) {
        case .ignored:
          report.add(
            "Envoy Gateway 1.7 does not look at tls.backend, so that proxies show backends no "
              + "certificate; write backendTLS in the EnvoyProxy", at: certificate.path,
            in: certificate.index)
        case .refused(let path, let advice):
          report.add("\(certificate.effect): \(advice)", at: path, in: certificate.index)
        case .incomplete(let missing):
          let effect =
            certificate.owner == .gateway
            ? certificate.effect : "proxies have no certificate to show to backends"
          report.add(
            "Secret \(certificate.secret.name) \(missing), so that \(effect)",
            at: certificate.path.appending("name"), in: certificate.index)
        case .likelyMissing:
          guard let missing = presence.missingObject(certificate.secret) else { continue }
          report.addMissing(
            "Secret", certificate.secret, missing, effect: certificate.effect,
            at: certificate.path.appending("name"), in: certificate.index)
        // A Backend's is reported by L101, a Gateway's by L150.
        case .elsewhere, nil: continue
        }
      }
    })
}

extension ClientCertificate {
  /// The effect where Envoy does not take it.
  fileprivate var effect: String {
    switch owner {
    case .gateway: "the Gateway's proxies show backends no certificate"
    case .envoyProxy: "requests to backends with TLS get 500"
    case .backend: "requests get 500"
    }
  }
}
