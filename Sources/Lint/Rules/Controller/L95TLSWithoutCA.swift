import Schemas
import Resources
import YAML

extension Rule {
  static let tlsWithoutCA = Rule(
    "L95", "tls-without-ca", .warning, .controller, "backend TLS that names no trusted CA",
    why: "Envoy Gateway refuses a Backend whose tls names no CA, unless a BackendTLSPolicy does: "
      + "every request to it gets 500.",
    bad: "tls: {sni: api.openai.com}",
    good: "tls: {sni: api.openai.com, wellKnownCACertificates: System}",
    reference: Citation.envoyGateway("internal/gatewayapi/backend.go"),
    repair: .automatic,
    .bundle { bundle, report in
      for (index, backend) in bundle.knownBackends {
        guard bundle.lacksAuthorities(backend) else { continue }
        let path = Path.to("spec", "tls")
        report.add(
          "tls names no authorities that Envoy Gateway knows, and no BackendTLSPolicy here does: it "
            + "answers 500; write wellKnownCACertificates System or caCertificateRefs",
          at: path, in: index)
        guard backend.hosts.contains(where: ProviderHost.isPublic) else { continue }
        report.attach(
          Fix(
            "trust the system's authorities",
            [
              .set(
                document: index, path.appending("wellKnownCACertificates"), .string("System"))
            ]))
      }
    })
}
