import Lint
import Resources
import Schemas
import Testing

/// How sure the rules about MCPRoutes are, and for which releases they hold.
@Suite struct MCPRuleTests {
  private typealias M = Manifests

  private func findings(_ rule: String, _ yaml: String, for release: Release = .v1_1) -> [Finding] {
    var linter = Linter(target: release)
    return linter.findings(in: M.read(yaml)).filter { $0.rule == rule }
  }

  private static let elsewhere = RuleCase.mcp(RuleCase.toolServer("b", ", namespace: tools"))

  @Test("a server of another namespace is an error, but where the route's own is not written")
  func serverElsewhere() {
    #expect(findings("L139", Self.elsewhere).map(\.severity) == [.error])
    let implied = Self.elsewhere.replacing(", namespace: team-a}", with: "}")
    #expect(implied != Self.elsewhere)
    #expect(findings("L139", implied).map(\.severity) == [.warning])
  }

  @Test("no ReferenceGrant lets an MCPRoute lead into another namespace")
  func grant() {
    let grant = M.grant(
      "{from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: team-a}, {group: "
        + "aigateway.envoyproxy.io, kind: MCPRoute, namespace: team-a}], "
        + "to: [{group: gateway.envoyproxy.io, kind: Backend}]}", namespace: "tools")
    #expect(findings("L139", M.joined(Self.elsewhere, grant)).map(\.severity) == [.error])
  }

  @Test("AI Gateway 0.6 and 0.7 write the key of a Secret into the HTTPRoute, later ones do not")
  func keyInRoute() {
    let keyed = RuleCase.mcp(RuleCase.keyed("{secretRef: {name: s}}"))
    for release in Release.allCases {
      let found = findings("L141", keyed, for: release)
      #expect(found.map(\.severity) == (release < .v1_0 ? [.info] : []), "\(release)")
    }
  }

  @Test("a rule that can never fit is a warning, an expression that cannot be read an error")
  func expressions() {
    func severities(_ expression: String) -> [Finding.Severity] {
      findings(
        "L143.expression",
        RuleCase.mcp(
          RuleCase.toolServer(), more: ", backendSelector: {rules: [{cel: \"\(expression)\"}]}")
      ).map(\.severity)
    }
    #expect(severities("'a'") == [.warning])
    #expect(severities("request.headers['x'] ==") == [.error])
    #expect(severities("claims.team == 'a'") == [.error])
    #expect(severities("request.auth.jwt.claims.team in ['a', 'b']") == [])
    #expect(severities("request.auth.jwt.scopes.exists(s, s == 'x')") == [])
    #expect(severities("has(request.auth.jwt.claims.team)") == [])
    #expect(severities("request.?mcp.?tool.orValue('') == 'a'") == [])
    #expect(severities("${RULE}") == [])
  }

  @Test(
    "two MCPRoutes on hosts of their own are not in each other's way, with one in common they are")
  func hosts() {
    func clash(_ first: String, _ second: String) -> [String] {
      func route(_ name: String, _ hosts: String) -> String {
        RuleCase.mcp(RuleCase.toolServer(), name: name, more: ", hostnames: [\(hosts)]")
      }
      return findings("L142", M.joined(route("a", first), route("b", second))).map(\.message)
    }
    #expect(clash("a.example.com", "b.example.com") == [])
    #expect(clash("a.example.com", "a.example.com, b.example.com").count == 1)
    #expect(
      clash("a.example.com", "a.example.com, b.example.com").first?
        .contains("gets these requests for a.example.com") == true)
  }

  @Test("of two MCPRoutes with one path the older gets the requests, whatever their names")
  func age() {
    func route(_ name: String, _ created: String) -> String {
      RuleCase.mcp(RuleCase.toolServer(), name: name).replacing(
        "namespace: team-a}", with: "namespace: team-a, creationTimestamp: '\(created)'}")
    }
    let found = findings(
      "L142",
      M.joined(route("a", "2026-02-01T00:00:00Z"), route("b", "2026-01-01T00:00:00Z")))
    #expect(found.map(\.document) == [0])
  }

  @Test("a Backend that is not here is told as sure as the documents allow")
  func missingServer() {
    let route = RuleCase.mcp(RuleCase.toolServer("github"))
    func backend(_ name: String, _ namespace: String) -> String {
      M.object(
        "gateway.envoyproxy.io/v1alpha1", "Backend", name: name, namespace: namespace,
        "{endpoints: [{fqdn: {hostname: a.b, port: 80}}]}")
    }
    #expect(findings("L59.backend", route) == [])
    #expect(
      findings("L59.backend", M.joined(route, backend("x", "other"))).map(\.severity) == [.info])
    #expect(
      findings("L59.backend", M.joined(route, backend("githup", "team-a"))).map(\.severity)
        == [.warning])
    #expect(findings("L59.backend", M.joined(route, backend("github", "team-a"))) == [])
  }
}
