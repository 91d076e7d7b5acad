import Resources
import Schemas
import YAML

extension Rule {
  static let noTLSVersion = Rule(
    "L184", "no-tls-version", .warning, .controller,
    "backend TLS with minVersion 1.3 and no maxVersion",
    why:
      "Envoy goes up to TLS 1.2 to backends unless it is told otherwise, and Envoy Gateway tells "
      + "it only since 1.8.3. With minVersion 1.3 alone no version is left: every request fails "
      + "with 503.",
    bad: "Backend spec.tls: {minVersion: \"1.3\"}",
    good: "Backend spec.tls: {minVersion: \"1.3\", maxVersion: \"1.3\"}",
    reference: Citation.envoyGateway("internal/xds/translator/listener.go"),
    repair: .automatic,
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
      guard
        index.proxySetup.orderedProxies.contains(where: \.tlsVersions.isEmpty)
          || index.knownBackends.contains(where: { $0.backend.tls?.versions.isEmpty == true })
      else { return }
      lazy var routed = index.proxiesOfBackends
      let used = index.distinct(index.gateways.values.map { index.knownProxy(of: $0.gateway) })
      for (_, backend) in index.knownBackends {
        let proxies = routed[backend.key] ?? used
        for proxy in proxies.isEmpty ? [nil] : proxies {
          guard let found = index.emptyTLSVersions(to: backend, by: proxy) else { continue }
          add(found.document, found.tls, "Backend \(backend.key.name)")
        }
      }
      // What is not known to be used is looked at by itself.
      let known = Set(used.compactMap { $0?.key })
      for proxy in index.proxySetup.orderedProxies
      where proxy.tlsVersions.isEmpty && (index.backends.isEmpty || !known.contains(proxy.key)) {
        add(proxy.index, .to("spec", "backendTLS"), "a backend")
      }
    })
}

extension ResourceIndex {
  /// The EnvoyProxies of the Gateways here through which routes reach each Backend, nil for those of a
  /// Gateway without one.
  fileprivate var proxiesOfBackends: [ObjectKey: [EnvoyProxy?]] {
    var found: [ObjectKey: [EnvoyProxy?]] = [:]
    for (service, keys) in gatewaysOfServices {
      guard let backend = backend(ofService: service) else { continue }
      found[backend.key, default: []] += keys.compactMap { gateways[$0]?.gateway }
        .map(knownProxy)
    }
    return found.mapValues(distinct)
  }

  /// The same without what stands there again.
  fileprivate func distinct(_ proxies: [EnvoyProxy?]) -> [EnvoyProxy?] {
    var seen: Set<Int?> = []
    return proxies.filter { seen.insert($0?.index).inserted }
  }
}
