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
    reference: Upstream.envoyGateway("internal/gatewayapi/listener.go"),
    .bundle { bundle, report in
      lazy var secrets = bundle.certificatesAtHand
      // L101 speaks of one that a Backend names in another namespace.
      for certificate in bundle.clientCertificates
      where certificate.owner != .backend || certificate.secret.namespace == certificate.home {
        if certificate.owner == .gateway, bundle.release < .v0_7 {
          report.add(
            "Envoy Gateway 1.7 does not look at tls.backend, so that proxies show backends no "
              + "certificate; write backendTLS in the EnvoyProxy", at: certificate.path,
            in: certificate.index)
        } else if let (path, advice) = certificate.refusal {
          report.add(
            "\(certificate.effect): \(advice)", at: path, in: certificate.index)
        } else if let lack = bundle.lack(of: certificate) {
          let effect =
            certificate.owner == .gateway
            ? certificate.effect : "proxies have no certificate to show to backends"
          report.add(
            "Secret \(certificate.secret.name) \(lack), so that \(effect)",
            at: certificate.path.appending("name"), in: certificate.index)
        } else if bundle.stored("Secret", certificate.secret) == nil,
          let lack = secrets.lack(of: certificate.secret), lack.severity == .warning
        {
          report.addMissing(
            "Secret", certificate.secret, lack, effect: certificate.effect,
            at: certificate.path.appending("name"), in: certificate.index)
        }
      }
    })
}

extension ClientCertificate {
  /// What comes of it where it is not taken.
  fileprivate var effect: String {
    switch owner {
    case .gateway: "the Gateway's proxies show backends no certificate"
    case .envoyProxy: "requests to backends with TLS get 500"
    case .backend: "requests get 500"
    }
  }
}
