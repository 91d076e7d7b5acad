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
      var reported: Set<Int> = []
      func add(_ document: Int, _ tls: Path, _ backend: String) {
        guard reported.insert(document).inserted else { return }
        report.add(
          "before Envoy Gateway 1.8.3 proxies go up to TLS 1.2 here, so that \(backend) is offered no "
            + "version and requests fail with 503; write maxVersion \"1.3\", too",
          at: tls.appending("minVersion"), in: document, fix: "write maxVersion 1.3",
          .set(tls.appending("maxVersion"), .string("1.3")))
      }
      lazy var gateways = index.gatewaysOfBackends
      for (_, backend) in index.knownBackends {
        let known = gateways[backend.key] ?? index.gateways.values.map(\.gateway)
        for gateway in known.isEmpty ? [nil] : known.map(Optional.some) {
          guard let found = index.emptyTLSVersions(to: backend, through: gateway) else { continue }
          add(found.document, found.tls, "Backend \(backend.key.name)")
        }
      }
      // What is not known to be used is looked at by itself.
      let used = Set(index.gateways.values.compactMap { index.knownProxy(of: $0.gateway)?.key })
      for proxy in index.proxySetup.orderedProxies
      where proxy.tlsVersions.isEmpty && (index.backends.isEmpty || !used.contains(proxy.key)) {
        add(proxy.index, .to("spec", "backendTLS"), "a backend")
      }
    })
}

extension ResourceIndex {
  /// The Gateways here through which routes reach each Backend.
  fileprivate var gatewaysOfBackends: [ObjectKey: [Gateway]] {
    var found: [ObjectKey: [Gateway]] = [:]
    for (service, keys) in gatewaysOfServices {
      guard let backend = backend(ofService: service) else { continue }
      found[backend.key, default: []] += keys.compactMap { gateways[$0]?.gateway }
    }
    return found
  }
}
