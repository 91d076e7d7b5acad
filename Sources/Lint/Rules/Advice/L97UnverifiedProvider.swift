import Schemas
import Resources
import YAML

extension Rule {
  static let unverifiedProvider = Rule(
    "L97", "unverified-provider", .warning, "a public host whose certificate is not verified",
    why: "With insecureSkipVerify anybody on the network path can impersonate the provider and "
      + "read prompts and keys. Certificates of public hosts come from CAs that every system "
      + "trusts. A BackendTLSPolicy does not turn verification on again.",
    bad: "tls: {insecureSkipVerify: true}, Backend api.openai.com",
    good: "tls: {wellKnownCACertificates: System, sni: api.openai.com}",
    reference: Citation.envoyGateway("internal/gatewayapi/backendtlspolicy.go"),
    repair: .confirmed,
    .bundle { bundle, report in
      for (index, backend) in bundle.knownBackends where backend.tls?.skipsVerification == true {
        guard let host = backend.hosts.first(where: ProviderHost.isPublic) else { continue }
        let path = Path.to("spec", "tls")
        let flag = path.appending("insecureSkipVerify")
        report.add(
          "the certificate of \(host) is not verified; trust the system's authorities", at: flag,
          in: index, caution: .guess, fix: "verify by the system's authorities", .remove(flag),
          .set(path.appending("wellKnownCACertificates"), .string("System")))
      }
    })
}
