import Schemas
import Resources
import YAML

extension Rule {
  static let mixedServerNames = Rule(
    "L96", "mixed-server-names", .warning,
    "TLS without a server name (SNI) in a rule with other backends",
    why: "Envoy takes the server name (SNI) from the request only if all backends of a rule use "
      + "TLS and none of them sets it. Otherwise a Backend without sni sends no SNI at all: many "
      + "providers end the handshake, requests get 503, and the name in the certificate is not "
      + "checked.",
    bad: "tls: {wellKnownCACertificates: System} beside a Backend of plain text",
    good: "tls: {wellKnownCACertificates: System, sni: api.openai.com}",
    reference: Citation.envoyGateway("internal/xds/translator/cluster.go"),
    repair: .automatic,
    .bundle { bundle, report in
      guard bundle.backends.count > 1 else { return }
      let nameless = bundle.backendsWithoutServerName
      guard !nameless.isEmpty else { return }
      var reported: Set<ObjectKey> = []
      for (_, route) in bundle.routes {
        for rule in route.rules where rule.refs.count > 1 {
          let backends = rule.refs.filter(\.isLive).compactMap { bundle.backend(of: $0, in: route) }
          let affected = backends.filter { nameless.contains($0.key) }
          guard !affected.isEmpty, affected.count < backends.count else { continue }
          for backend in affected where reported.insert(backend.key).inserted {
            guard let index = bundle.backends[backend.key]?.index else { continue }
            let path = Path.to("spec", "tls")
            report.add(
              "tls has no sni, and Backend \(backend.key.name) shares a rule of route \(route.name) "
                + "with one of plain text or with a name: it gets no SNI; write sni",
              at: path, in: index)
            guard let host = backend.hosts.first, Set(backend.hosts).count == 1 else { continue }
            report.attach(
              Fix(
                "write sni \(host)", [.set(document: index, path.appending("sni"), .string(host))])
            )
          }
        }
      }
    })
}

extension ResourceIndex {
  /// The Backends with TLS for which neither they nor a BackendTLSPolicy name the server.
  fileprivate var backendsWithoutServerName: Set<ObjectKey> {
    let targets = tlsTargets
    let found = backends.values.lazy.map(\.backend).filter {
      $0.tls?.sni == nil && $0.hasTLS && targets[$0.key] == nil
    }
    return Set(found.map(\.key))
  }
}
