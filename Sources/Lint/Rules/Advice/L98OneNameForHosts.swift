import Schemas
import Resources
import YAML

extension Rule {
  static let oneNameForHosts = Rule(
    "L98", "one-name-for-hosts", .warning, "one server name (SNI) for a Backend with several hosts",
    why: "Every host of the Backend gets the same server name (SNI), and its certificate must "
      + "contain that name. A host without it fails the handshake: its share of the requests gets "
      + "503.",
    bad: "Backend [a.ai.corp, b.ai.corp], BackendTLSPolicy {validation: {hostname: a.ai.corp}}",
    good: "a Backend and a BackendTLSPolicy for each",
    reference: Citation.envoyGateway("internal/xds/translator/translator.go"),
    .bundle { bundle, report in
      let targets = bundle.tlsTargets
      for (index, backend) in bundle.knownBackends where backend.hosts.count > 1 {
        let own = targets[backend.key] ?? []
        for target in own where !target.policy.hasAlternativeNames {
          let hosts = backend.hosts { target.holds(for: $0) }
          guard let name = target.policy.hostname, hosts.contains(name),
            let other = hosts.first(where: { $0 != name })
          else { continue }
          report.add(
            "Backend \(backend.key.name) leads to \(other) too, which is asked for \(name); use a "
              + "Backend for each, or list the names in subjectAltNames", at: target.target.path,
            in: target.index)
        }
        guard own.isEmpty, let name = backend.tls?.sni,
          let other = backend.hosts.first(where: { $0 != name })
        else { continue }
        report.add(
          "\(other) is asked for \(name); use a Backend for each", at: .to("spec", "tls", "sni"),
          in: index)
      }
    })
}

extension Backend {
  /// The names of the endpoints at some ports.
  fileprivate func hosts(where isMeant: (Int?) -> Bool) -> [String] {
    endpoints.compactMap { endpoint in
      guard isMeant(endpoint.port), case .host(let host) = endpoint.address else { return nil }
      return host
    }
  }
}
