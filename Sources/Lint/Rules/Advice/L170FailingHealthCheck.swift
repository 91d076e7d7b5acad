import Resources
import Schemas
import YAML

extension Rule {
  static let failingHealthCheck = Rule(
    "L170", "failing-health-check", .warning, "an active health check that backends cannot pass",
    why: "Envoy checks the health of backends by itself, without the credentials that AI Gateway "
      + "gives to requests and with the route's host name unless another is written, and takes only "
      + "HTTP/2 for checks of gRPC. A backend that does not pass "
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
      guard let http = check.given("http"), let path = http.given("path")?.text else { return nil }
      let expected = http.list("expectedStatuses").compactMap(\.integer)
      guard expected.isEmpty, let host = backends.flatMap(\.hosts).first(where: { $0.serves(path) })
      else { return problem(ofHostIn: http, expected, backends) }
      return (
        .to("http", "path"),
        "Envoy checks without an API key, so that \(host) answers 401 and counts as down; use type "
          + "TCP, or a passive check"
      )
    case _: return nil
    }
  }
}

extension ResourceIndex {
  /// A provider that checks ask under another name: Envoy Gateway writes that of the check, of the
  /// endpoint (since 1.8), or else of the route, `*` for any (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/cluster.go, httpHealthCheckHost, getHealthCheckOverridesHostname).
  private func problem(ofHostIn http: Node, _ expected: [Int], _ backends: [Backend])
    -> (path: Path, problem: String)?
  {
    // Servers that know no such host answer with one of these.
    guard !expected.contains(where: { (400...499).contains($0) && $0 != 401 }) else { return nil }
    let name = http.given("hostname")?.text
    guard name.map(Variable.isIn) != true else { return nil }
    let found = backends.lazy.compactMap { backend -> (Backend, String)? in
      guard let host = backend.hosts.first(where: { KnownHost.of($0) != nil }), name != host,
        release < .v0_7 || !namesHosts(backend)
      else { return nil }
      return (backend, host)
    }.first
    guard let (backend, host) = found else { return nil }
    let asked = name ?? "the route's host name, or *"
    return (
      name == nil ? .to("http") : .to("http", "hostname"),
      "checks ask \(host) for host \(asked), which providers answer with an error, so that it counts "
        + "as down; write hostname: \(host) into the endpoint of Backend \(backend.key.name), or use "
        + "type TCP"
    )
  }

  /// Whether each endpoint says what host it is to be asked for.
  private func namesHosts(_ backend: Backend) -> Bool {
    let node = backends[backend.key].map { documents[$0.index].node["spec"] }
    return (node??.list("endpoints") ?? []).allSatisfy { $0.given("hostname") != nil }
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
