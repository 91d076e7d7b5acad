import Resources
import Schemas
import YAML

extension Rule {
  static let unfitCertificate = Rule(
    "L123", "unfit-certificate", .error, .controller,
    "a listener whose certificate is missing or invalid",
    why: "A certificate is a Secret of type kubernetes.io/tls with tls.crt and tls.key. Without a "
      + "valid one the listener is not programmed, and clients cannot connect. Of two with the same "
      + "name and kind of key the later is left out; before Envoy Gateway 1.9 so is one that lists a "
      + "name twice.",
    bad: "certificateRefs: [{name: c}], Secret c {type: Opaque}",
    good: "certificateRefs: [{name: c}], Secret c {type: kubernetes.io/tls}",
    reference: Citation.envoyGateway("internal/gatewayapi/validate.go"),
    .bundle { bundle, report in
      let secrets = ObjectPresence(of: bundle.knownCertificates)
      for (_, entry) in bundle.gateways {
        let gateway = entry.gateway
        for listener in gateway.listeners {
          let uses = bundle.certificates(of: listener, on: gateway)
          for (use, problem) in uses where bundle.lets(gateway, referTo: use.secret) {
            if let problem {
              report.add(problem, of: use, among: uses.map(\.problem), in: entry.index)
            } else if let reason = bundle.lostLink(ofCertificate: use.secret) {
              report.add(
                "a certificate of the chain in Secret \(use.secret.name) \(reason): Envoy Gateway "
                  + "leaves it out, so that clients may not trust the rest, and 1.8.3 refuses the "
                  + "whole Secret; renew it", at: use.path.appending("name"), in: entry.index,
                severity: .warning)
            } else if !gateway.isManaged, bundle.isCertificateLikelyMissing(use.secret),
              let missing = secrets.missingObject(use.secret)
            {
              report.addMissing(
                "Secret", use.secret, missing, effect: "the listener is not programmed",
                at: use.path.appending("name"), in: entry.index)
            }
          }
        }
      }
    })
}

extension Report {
  /// Reports a certificate that is left out, one of those that a listener names.
  fileprivate mutating func add(
    _ problem: Gateway.CertificateProblem, of use: Gateway.CertificateUse,
    among all: [Gateway.CertificateProblem?], in document: Int
  ) {
    let isLost = !all.contains { $0 == nil }
    let isCertain = all.allSatisfy { $0?.isCertain == true }
    let advice =
      switch problem {
      case .unfit: ""
      case .repeated(let name): "; list \(name) once"
      case .taken: "; write all names into one certificate"
      }
    add(
      "Secret \(use.secret.name) \(problem.reason), so that "
        + (isLost ? "the listener is not programmed" : "it is left out") + advice,
      at: use.path.appending("name"), in: document, severity: isCertain ? .error : .warning)
  }
}
