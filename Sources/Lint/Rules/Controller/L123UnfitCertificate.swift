import Resources
import Schemas
import YAML

extension Rule {
  static let unfitCertificate = Rule(
    "L123", "unfit-certificate", .error, .controller,
    "a listener whose certificate is missing or invalid",
    why: "A certificate is a Secret of type kubernetes.io/tls with tls.crt and tls.key. Without a "
      + "valid one the listener is not programmed, and clients cannot connect.",
    bad: "certificateRefs: [{name: c}], Secret c {type: Opaque}",
    good: "certificateRefs: [{name: c}], Secret c {type: kubernetes.io/tls}",
    reference: Citation.envoyGateway("internal/gatewayapi/validate.go"),
    .bundle { bundle, report in
      let secrets = ObjectPresence(of: bundle.knownCertificates)
      for (key, entry) in bundle.gateways {
        for listener in entry.gateway.listeners {
          let uses = entry.gateway.certificates(of: listener)
          for use in uses where use.secret.namespace == key.namespace {
            guard let stored = bundle.stored("Secret", use.secret) else {
              guard !entry.gateway.isManaged, bundle.isCertificateLikelyMissing(use.secret),
                let missing = secrets.missingObject(use.secret)
              else { continue }
              report.addMissing(
                "Secret", use.secret, missing, effect: "the listener is not programmed",
                at: use.path.appending("name"), in: entry.index)
              continue
            }
            guard let problem = bundle.problem(ofCertificate: stored) else { continue }
            report.add(
              "Secret \(use.secret.name) \(problem), so that "
                + (uses.count == 1 ? "the listener is not programmed" : "it is left out"),
              at: use.path.appending("name"), in: entry.index,
              severity: uses.count == 1 ? .error : .warning)
          }
        }
      }
    })
}
