import Resources
import Schemas
import YAML

extension Rule {
  static let http3ClientCertificates = Rule(
    "L203", "http3-client-certificates", .warning, .controller,
    "HTTP/3 where clients' certificates are verified",
    why: "Envoy verifies no certificates of clients over QUIC. Envoy Gateway 1.8 turns HTTP/3 off "
      + "for such listeners and says so in the policy's conditions; with 1.7 Envoy refuses the "
      + "listener for it.",
    bad: "ClientTrafficPolicy {http3: {}, tls: {clientValidation: ...}}",
    good: "ClientTrafficPolicy {tls: {clientValidation: ...}}",
    reference: Citation.envoyGateway("internal/gatewayapi/clienttrafficpolicy.go"),
    .bundle { index, report in
      for holder in index.clientPolicies.all {
        let spec = holder.policy.spec
        guard spec.given("http3") != nil, spec.given("tls", "clientValidation") != nil else {
          continue
        }
        report.add(
          (index.release.schemaSet < .v0_7
            ? "Envoy refuses the listener for HTTP/3"
            : "Envoy Gateway turns HTTP/3 off")
            + ", since clients' certificates cannot be verified over it; leave http3 out",
          at: .to("spec", "http3"), in: holder.index)
      }
    })
}
