import Schemas
import Resources
import YAML

extension Rule {
  static let mixedProviders = Rule(
    "L103", "mixed-providers", .warning,
    "a Backend with hosts of several providers, or with the same host twice",
    why: "All endpoints of a Backend share one schema, one path, one server name and one "
      + "credential, and requests go to them in turn: another provider answers its share with 401 "
      + "or 404. An endpoint that is listed twice gets twice the share.",
    bad: "endpoints: [{fqdn: {hostname: api.openai.com}}, {fqdn: {hostname: api.groq.com}}]",
    good: "a Backend and an AIServiceBackend for each",
    reference: Citation.envoyGatewayCRD("backends"),
    repair: .automatic,
    .bundle { bundle, report in
      for (index, backend) in bundle.knownBackends where backend.endpoints.count > 1 {
        var seen: Set<String> = []
        let first = backend.hosts.first.map(\.owner)
        let isKnown = backend.hosts.contains { KnownHost.of($0) != nil }
        var isTold = false
        for endpoint in backend.endpoints {
          guard case .host(let host) = endpoint.address else { continue }
          let path = endpoint.path.parent.parent
          if !seen.insert("\(host):\(endpoint.port ?? 0)").inserted {
            report.add(
              "\(host) is listed twice; keep one of them", at: path, in: index,
              fix: "remove it", .remove(path))
          } else if let first, isKnown, host.owner != first, !isTold {
            isTold = true
            report.add(
              "\(host) is another provider than \(backend.hosts[0]), and both get the same path and "
                + "key; use a Backend and an AIServiceBackend for each", at: path, in: index)
          }
        }
      }
    })
}

extension String {
  /// The end of a host's name that says whose it is.
  fileprivate var owner: String { split(separator: ".").suffix(2).joined(separator: ".") }
}
