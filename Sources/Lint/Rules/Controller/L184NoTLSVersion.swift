import Resources
import Schemas
import YAML

extension Rule {
  static let noTLSVersion = Rule(
    "L184", "no-tls-version", .warning, .controller,
    "TLS to backends from version 1.3 on without a highest version",
    why:
      "Envoy goes up to TLS 1.2 to backends unless it is told otherwise, and Envoy Gateway tells "
      + "it only since 1.8.3. With minVersion 1.3 alone no version is left: every request fails "
      + "with 503.",
    bad: "Backend spec.tls: {minVersion: \"1.3\"}",
    good: "Backend spec.tls: {minVersion: \"1.3\", maxVersion: \"1.3\"}",
    reference: Citation.envoyGateway("internal/xds/translator/listener.go"),
    .bundle { index, report in
      let proxies = index.proxySetup.proxies.values.sorted { $0.index < $1.index }
      let backends = index.knownBackends.filter { index.speaksTLS(to: $0.backend) }
      func add(_ object: Path, _ document: Int, _ effect: String) {
        let most = object.appending("maxVersion")
        report.add(
          "before Envoy Gateway 1.8.3 proxies go up to TLS 1.2 here, so that \(effect) is offered no "
            + "version and requests fail with 503; write maxVersion \"1.3\", too",
          at: object.appending("minVersion"), in: document, fix: "write maxVersion 1.3",
          .set(most, .string("1.3")))
      }
      for proxy in proxies where proxy.tlsVersions.isEmpty {
        let isBounded = backends.allSatisfy { $0.backend.tls?.versions.isBoundedAbove ?? false }
        guard backends.isEmpty || !isBounded else { continue }
        add(.to("spec", "backendTLS"), proxy.index, "a backend")
      }
      for (document, backend) in backends
      where backend.tls?.versions.isEmpty == true
        && !proxies.contains(where: { $0.tlsVersions.isBoundedAbove })
      {
        add(.to("spec", "tls"), document, "Backend \(backend.key.name)")
      }
    })
}
