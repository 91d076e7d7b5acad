import Lint
import YAML
import Testing

/// What documents make likely to be a mistake, and what they say nothing about.
@Suite struct SeverityHintTests {
  private typealias M = Manifests

  private func told(_ yaml: String) -> [String] {
    var linter = Linter()
    return linter.findings(in: M.read(yaml)).filter { $0.severity != .info }.map {
      "\($0.rule) \($0.path): \($0.message)"
    }
  }

  private func policy(_ kind: String, _ spec: String, name: String = "own") -> String {
    M.object("gateway.envoyproxy.io/v1alpha1", kind, name: name, spec)
  }

  @Test("an EnvoyProxy whose fields are all known is not said to be unchecked")
  func plainProxy() {
    func rules(_ spec: String) -> [String] {
      var linter = Linter()
      return linter.findings(in: M.read(policy("EnvoyProxy", spec))).map(\.rule)
    }
    let account = "envoyServiceAccount: {name: gw-envoy}"
    let unchecked = "kind.unchecked"
    #expect(!rules("{provider: {type: Kubernetes, kubernetes: {\(account)}}}").contains(unchecked))
    #expect(rules("{provider: {type: Kubernetez}}") == ["schema.choice"])
    #expect(!rules("{logging: {level: {default: warn}}}").contains(unchecked))
    let pod = "envoyDeployment: {pod: {nodeSelector: {a: b}}}"
    #expect(rules("{provider: {type: Kubernetes, kubernetes: {\(pod)}}}") == [unchecked])
  }

  @Test("a selector of a kind that the policy cannot be on finds nothing")
  func selectors() {
    let told = told(
      policy(
        "ClientTrafficPolicy",
        "{targetSelectors: [{kind: HTTPRoute, matchLabels: {a: b}}], connection: {bufferLimit: 1Mi}}"
      )
        + "---\n"
        + policy(
          "BackendTrafficPolicy", "{targetSelectors: [{kind: AIGatewayRoute, matchLabels: {a: b}}]}"
        ))
    #expect(told.count == 2 && told.allSatisfy { $0.hasPrefix("L15 spec.targetSelectors[0].kind") })
  }

  @Test("a policy on a listener that takes the Gateway's authentication off is told")
  func listeners() {
    let gateway = M.gateway("{name: a, port: 80, protocol: HTTP}")
    let wide = policy(
      "SecurityPolicy",
      "{targetRefs: [\(M.gateway)], apiKeyAuth: {credentialRefs: [{name: k}], "
        + "extractFrom: [{headers: [x]}]}}", name: "wide")
    let section = M.gateway.replacing("name: gw", with: "name: gw, sectionName: a")
    let own = policy("SecurityPolicy", "{targetRefs: [\(section)], cors: {allowOrigins: ['*']}}")
    #expect(
      told(M.joined(gateway, wide, own)).filter { $0.hasPrefix("L41") } == [
        "L41 spec: on listener a this replaces the Gateway's policy wide, its apiKeyAuth included; "
          + "repeat here what must hold"
      ])
  }

  @Test("credentials whose backend is not here are told where others of its kind are")
  func credentials() {
    func keys(_ type: String, _ block: String) -> String {
      M.object(
        "aigateway.envoyproxy.io/v1beta1", "BackendSecurityPolicy", name: "keys",
        "{type: \(type), \(block): {secretRef: {name: s}}, targetRefs: "
          + "[{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: a}]}")
    }
    #expect(
      told(M.joined(keys("APIKey", "apiKey"), M.service("b"))) == [
        "L107 spec.targetRefs[0].name: AIServiceBackend a is not in namespace team-a here, "
          + "b is; while it is missing, the policy has no effect"
      ])
    #expect(told(keys("APIKey", "apiKey")) == [])
    #expect(
      told(M.joined(keys("AnthropicAPIKey", "anthropicAPIKey"), M.service("a"))) == [
        "L79 spec.type: AnthropicAPIKey does not fit schema OpenAI of AIServiceBackend a; use "
          + "APIKey, AzureAPIKey or AzureCredentials"
      ])
  }

  @Test(
    "a limit out of bounds is refused whatever the cluster, one within by some clusters",
    arguments: [
      ("-1", "schema.range"), ("4294967296", "schema.range"), ("0", "schema.range"),
      ("1", "limit.requests"), ("4294967295", "limit.requests"),
    ])
  func limits(requests: String, rule: String) {
    let told = told(
      M.backendPolicy(
        "{targetRefs: [\(M.httpRoute)], rateLimit: {type: Global, global: {rules: "
          + "[{limit: {requests: \(requests), unit: Hour}}]}}}"))
    #expect(told.map { $0.prefix { $0 != " " } } == [rule[...]])
  }

  @Test(
    "a field that stands at a wrong place is told where it belongs, and not to be left out",
    arguments: [
      ("spec.timeouts", M.route("{parentRefs: [{name: gw}], rules: [], timeouts: {}}"), "rules[]"),
      (
        "spec.bufferLimit", M.clientPolicy("{targetRefs: [\(M.gateway)], bufferLimit: 1Mi}"),
        "connection"
      ),
      ("spec.rules[0].weight", M.rule("{weight: 1}"), "backendRefs[]"),
      (
        "spec.rules[0].backendRefs[0].timeouts", M.rule("{backendRefs: [{name: a, timeouts: {}}]}"),
        "spec.rules[0]"
      ),
      ("spec.rules[0].retry", M.rule("{retry: {}}"), "a BackendTrafficPolicy"),
      (
        "spec.retry", M.clientPolicy("{targetRefs: [\(M.gateway)], retry: {}}"),
        "a BackendTrafficPolicy"
      ),
    ])
  func misplaced(path: String, yaml: String, home: String) {
    let unknown = told(yaml).filter { $0.hasPrefix("schema.unknown") }
    let name = path.split(separator: ".").last ?? ""
    #expect(
      unknown == ["schema.unknown \(path): unknown field \"\(name)\"; it belongs in \(home)"])
  }

  @Test("a listener that takes no HTTPRoutes by its kinds is told so, not another protocol")
  func kinds() {
    let gateway = M.gateway(
      "{name: a, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: GRPCRoute}]}}")
    let told = told(M.joined(gateway, M.rule("{backendRefs: [{name: a}]}")))
    #expect(told.contains { $0.hasPrefix("L22") && $0.hasSuffix("or add HTTPRoute") })
  }

  @Test("gaps in the priorities of a pool are nobody's business")
  func pools() {
    #expect(
      !told(M.rule("{backendRefs: [{name: p, \(M.pool), priority: 1}]}")).contains {
        $0.hasPrefix("L34")
      })
  }

  @Test("a header in two cases of letters counts twice, so that the match goes before the other")
  func twice() {
    let one = "{name: x-ai-eg-model, value: m}"
    let told = told(
      M.rules("\(M.match(one)), \(M.match("\(one), {name: X-AI-EG-Model, value: m}"))"))
    #expect(!told.contains { $0.hasPrefix("L43") })
  }

  @Test("of a rule with several matches only that without headers is told to come too late")
  func late() {
    let models = M.rules(M.match(M.model("a")), name: "a")
    let rest = M.rules("{matches: [{headers: [\(M.model("b"))]}, {}], backendRefs: [{name: a}]}")
    let told = told(M.joined(models, rest)).filter { $0.hasPrefix("L44") }
    #expect(told.count == 1 && told.allSatisfy { $0.hasPrefix("L44 spec.rules[0].matches[1]") })
  }
}
