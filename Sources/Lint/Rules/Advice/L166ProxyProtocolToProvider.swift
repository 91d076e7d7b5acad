import Resources
import Schemas
import YAML

extension Rule {
  static let proxyProtocolToProvider = Rule(
    "L166", "proxy-protocol-to-provider", .warning, "the PROXY protocol to a public provider",
    why: "With proxyProtocol Envoy writes a line about the client before anything else. A server "
      + "that does not expect it closes the connection, TLS or not, and requests get 503: only "
      + "servers of one's own can be told to.",
    bad: "BackendTrafficPolicy {proxyProtocol: {version: V2}}, Backend api.openai.com",
    good: "BackendTrafficPolicy {}, Backend api.openai.com",
    reference: Citation.envoyGateway("internal/xds/translator/cluster.go"),
    .bundle { bundle, report in
      var reported: Set<Int> = []
      for (route, rule, holder) in bundle.rulesWithProxyProtocol {
        guard let host = bundle.publicHost(of: rule, in: route),
          reported.insert(holder.index).inserted
        else { continue }
        let isKnown = KnownHost.of(host) != nil
        report.add(
          (isKnown
            ? "\(host) of AIGatewayRoute \(route.name) does not expect the PROXY protocol, and "
              + "requests get 503"
            : "unless \(host) of AIGatewayRoute \(route.name) expects the PROXY protocol, "
              + "requests get 503")
            + "; leave it out, or target the routes to servers that do",
          at: .to("spec", "proxyProtocol"), in: holder.index, severity: isKnown ? .error : .info)
      }
    })
}

extension ResourceIndex {
  /// A host on the internet that a rule leads to, one that is known first.
  fileprivate func publicHost(of rule: RouteRule, in route: AIGatewayRoute) -> String? {
    let hosts = rule.refs.filter(\.isLive).compactMap { backend(of: $0, in: route) }
      .flatMap(\.hosts).filter(ProviderHost.isPublic)
    return hosts.first { KnownHost.of($0) != nil } ?? hosts.first
  }
}
