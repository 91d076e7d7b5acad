import Resources
import Schemas
import YAML

extension Rule {
  static let lostClusterOptions = Rule(
    "L202", "lost-cluster-options", .warning, .controller,
    "settings that Envoy Gateway leaves out beside proxyProtocol",
    why: "Before 1.9 Envoy Gateway writes no HTTP options into a cluster with proxyProtocol. Idle "
      + "timeouts and maximum ages of connections, requests per connection, "
      + "useClientProtocol and admissionControl are lost, and Backends for HTTP/2 are asked with "
      + "HTTP/1.1.",
    bad: "{proxyProtocol: {version: V2}, timeout: {http: {connectionIdleTimeout: 30s}}}",
    good: "{timeout: {http: {connectionIdleTimeout: 30s}}}",
    reference: Citation.envoyGateway("internal/xds/translator/cluster.go"),
    .bundle { index, report in
      for holder in index.backendPolicies.all where holder.policy.traffic.hasProxyProtocol {
        for field in holder.policy.traffic.clusterOptions {
          report.add(
            "Envoy Gateway before 1.9 leaves \(field) out beside proxyProtocol; leave out one of "
              + "them", at: Path.to("spec").appending(field), in: holder.index)
        }
      }
      var reported: Set<Int> = []
      for (route, rule, holder) in index.rulesWithProxyProtocol {
        let backends = rule.refs.filter(\.isLive).compactMap { index.backend(of: $0, in: route) }
        guard let backend = backends.first(where: \.isHTTP2),
          reported.insert(holder.index).inserted
        else { continue }
        report.add(
          "Backend \(backend.key.name) is asked with HTTP/1.1 and not with h2c: Envoy Gateway "
            + "before 1.9 leaves the protocol out beside proxyProtocol; leave proxyProtocol out",
          at: .to("spec", "proxyProtocol"), in: holder.index)
      }
    })
}
