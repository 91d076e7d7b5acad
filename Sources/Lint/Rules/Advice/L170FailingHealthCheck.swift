import Resources
import Schemas
import YAML

extension Rule {
  static let failingHealthCheck = Rule(
    "L170", "failing-health-check", .warning, "an active health check that backends cannot pass",
    why: "Envoy checks the health of backends by itself, without the credentials that AI Gateway "
      + "gives to requests, and takes only HTTP/2 for checks of gRPC. A backend that does not pass "
      + "gets no requests while others do; backends for gRPC without HTTP/2 Envoy refuses.",
    bad: "active: {type: HTTP, http: {path: /v1/models}} for api.openai.com",
    good: "active: {type: TCP, tcp: {}} for api.openai.com",
    reference: Citation.envoyGateway("internal/xds/translator/cluster.go"),
    .bundle { index, report in
      guard index.backendPolicies.all.contains(where: { $0.policy.traffic.hasActiveCheck }) else {
        return
      }
      var reported: Set<Int> = []
      for (_, route) in index.routes {
        for rule in route.rules {
          for traffic in index.traffic(of: rule, of: route) {
            guard let traffic, traffic.traffic.hasActiveCheck,
              let holder = traffic.policies.first(where: { $0.policy.traffic.hasActiveCheck }),
              !reported.contains(holder.index),
              let (path, problem) = index.failure(ofCheckIn: traffic.traffic.spec, rule, of: route)
            else { continue }
            reported.insert(holder.index)
            report.add(
              problem, at: .to("spec", "healthCheck", "active").appending(path), in: holder.index)
          }
        }
      }
    })
}

extension ResourceIndex {
  /// Why backends of a rule do not pass an active check, nil where they may.
  fileprivate func failure(ofCheckIn spec: Node, _ rule: RouteRule, of route: AIGatewayRoute)
    -> (path: Path, problem: String)?
  {
    let live = rule.refs.filter(\.isLive)
    guard let check = spec.given("healthCheck", "active"), !live.contains(where: \.isPool) else {
      return nil
    }
    let backends = live.compactMap { backend(of: $0, in: route) }
    switch check["type"]?.text {
    case "GRPC":
      guard let first = backends.first, backends.count == live.count,
        spec.given("useClientProtocol")?.bool != true,
        backends.allSatisfy({ !$0.isHTTP2 && !speaksTLS(to: $0) })
      else { return nil }
      return (
        .to("type"),
        "checks of gRPC need HTTP/2, which Backend \(first.key.name) does not speak, so that Envoy "
          + "refuses it; write appProtocols [gateway.envoyproxy.io/h2c] there, or another type"
      )
    case "HTTP":
      guard let path = check.given("http", "path")?.text,
        check.given("http")?.list("expectedStatuses").isEmpty == true,
        let host = backends.flatMap(\.hosts).first(where: { $0.serves(path) })
      else { return nil }
      return (
        .to("http", "path"),
        "Envoy checks without an API key, so that \(host) answers 401 and counts as down; use type "
          + "TCP, or a passive check"
      )
    case _: return nil
    }
  }
}

extension String {
  /// Whether it is the host of a provider that serves its API at a path.
  fileprivate func serves(_ path: String) -> Bool {
    // Others list their models to anybody.
    let asksForKey = !path.hasSuffix("/models") || String.keyedLists.contains(self)
    return asksForKey && KnownHost.of(self)?.serves(path: path) ?? false
  }

  /// Providers that ask for a key before they list their models.
  private static let keyedLists = [
    "api.openai.com", "api.anthropic.com", "api.groq.com", "api.mistral.ai", "api.together.xyz",
  ]
}
