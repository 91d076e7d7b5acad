import Schemas
import Lint
import Resources
import YAML
import Testing

/// Rules over many documents.
@Suite struct BundleTests {
  private typealias M = Manifests

  private func findings(in yaml: String) -> [Finding] {
    var linter = Linter()
    return linter.findings(in: M.read(yaml))
  }

  /// The rules above information, with their documents.
  private func complaints(about yaml: String) -> [String] {
    findings(in: yaml).filter { $0.severity != .info }
      .map { "\($0.document) \($0.rule) \($0.path): \($0.message)" }
  }

  /// Everything that two routes with failover into another namespace need.
  static let complete = """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: gw, namespace: team-a}
    spec:
      gatewayClassName: envoy
      listeners:
        - {name: http, port: 80, protocol: HTTP}
        - {name: https, port: 443, protocol: HTTPS, hostname: "*.example.com", tls: {certificateRefs: [{name: cert}]}}
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata: {name: buffer, namespace: team-a}
    spec:
      targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]
      connection: {bufferLimit: 50Mi}
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: Backend
    metadata: {name: openai, namespace: team-a}
    spec: {endpoints: [{fqdn: {hostname: api.openai.com, port: 443}}]}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: BackendTLSPolicy
    metadata: {name: openai-tls, namespace: team-a}
    spec:
      targetRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: openai}]
      validation: {hostname: api.openai.com, wellKnownCACertificates: System}
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: Backend
    metadata: {name: azure-be, namespace: shared}
    spec:
      endpoints: [{fqdn: {hostname: x.openai.azure.com, port: 443}}]
      tls: {wellKnownCACertificates: System, sni: x.openai.azure.com}
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIServiceBackend
    metadata: {name: openai, namespace: team-a}
    spec:
      schema: {name: OpenAI}
      backendRef: {group: gateway.envoyproxy.io, kind: Backend, name: openai}
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIServiceBackend
    metadata: {name: azure, namespace: shared}
    spec:
      schema: {name: AzureOpenAI, version: 2025-01-01-preview}
      backendRef: {group: gateway.envoyproxy.io, kind: Backend, name: azure-be}
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: BackendSecurityPolicy
    metadata: {name: openai-key, namespace: team-a}
    spec:
      targetRefs: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: openai}]
      type: APIKey
      apiKey: {secretRef: {name: openai-key}}
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: openai-key, namespace: team-a}
    stringData: {apiKey: sk}
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: keys, namespace: team-a}
    stringData: {a: one, b: two}
    ---
    apiVersion: gateway.networking.k8s.io/v1beta1
    kind: ReferenceGrant
    metadata: {name: routes, namespace: shared}
    spec:
      from: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute, namespace: team-a}]
      to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend}]
    ---
    apiVersion: gateway.networking.k8s.io/v1beta1
    kind: ReferenceGrant
    metadata: {name: httproutes, namespace: shared}
    spec:
      from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: team-a}]
      to: [{group: gateway.envoyproxy.io, kind: Backend, name: azure-be}]
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: chat, namespace: team-a, labels: {team: a}}
    spec:
      parentRefs: [{name: gw, sectionName: https}]
      hostnames: [ai.example.com]
      llmRequestCosts:
        - {metadataKey: total, type: TotalToken}
        - {metadataKey: cost, type: CEL, cel: "input_tokens * 2u + output_tokens * 3u"}
      rules:
        - matches: [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}]
          timeouts: {request: 300s}
          backendRefs:
            - {name: openai}
            - {name: azure, namespace: shared, priority: 1}
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: code, namespace: team-a}
    spec:
      parentRefs: [{name: gw, sectionName: http}]
      rules:
        - matches: [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}]
          backendRefs: [{name: openai}]
        - backendRefs: [{name: openai}]
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: BackendTrafficPolicy
    metadata: {name: chat-retry, namespace: team-a}
    spec:
      targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]
      retry:
        numAttemptsPerPriority: 1
        numRetries: 2
        retryOn:
          triggers: [connect-failure, retriable-status-codes]
          httpStatusCodes: [429, 500, 503]
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: SecurityPolicy
    metadata: {name: keys, namespace: team-a}
    spec:
      targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]
      apiKeyAuth: {credentialRefs: [{name: keys}], extractFrom: [{headers: [x-key]}]}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: shop, namespace: team-a}
    spec:
      parentRefs: [{name: gw, sectionName: http}]
      rules: [{matches: [{path: {type: PathPrefix, value: /shop}}]}]

    """

  @Test("nothing is wrong with a set of documents that has all it needs, whatever its order")
  func good() {
    #expect(complaints(about: Self.complete) == [])
    let turned = Self.complete.split(separator: "---\n").reversed().joined(separator: "---\n")
    #expect(complaints(about: turned) == [])
  }

  @Test("documents without a namespace are in one namespace")
  func implied() {
    let bare = Self.complete.replacing(
      "Route, namespace: team-a}", with: "Route, namespace: default}"
    )
    .replacing(", namespace: team-a", with: "")
    #expect(complaints(about: bare) == [])
  }

  @Test("in the deprecated version there is that to say, and nothing else")
  func deprecated() {
    let old = Self.complete.replacing(
      "aigateway.envoyproxy.io/v1beta1", with: "aigateway.envoyproxy.io/v1alpha1")
    #expect(complaints(about: old) == [])
    #expect(findings(in: old).contains { $0.rule == "L01" })
  }

  @Test(
    "what is taken away from a sound set is missed by the rule that asks for it",
    arguments: [
      ("kind: ClientTrafficPolicy", ["L11"]), ("name: routes,", ["L60"]),
      ("name: httproutes,", ["L60"]), ("metadata: {name: azure, namespace: shared}", []),
      ("name: azure-be, namespace: shared}", []), ("name: openai-tls", ["L67"]),
      ("kind: BackendTrafficPolicy", ["L33"]),
      ("metadata: {name: openai, namespace: team-a}\nspec:\n  schema", ["L59"]),
    ])
  func gaps(mark: String, rules: [String]) {
    let parts = Self.complete.split(separator: "---\n")
    let rest = parts.filter { !$0.contains(mark) }
    #expect(rest.count == parts.count - 1)
    let found = findings(in: rest.joined(separator: "---\n"))
    #expect(Set(rules).isSubset(of: found.map(\.rule)))
    #expect(Set(found.filter { $0.severity != .info }.map(\.rule)).isSubset(of: rules))
  }

  @Test("under a root prefix an empty match is reached behind a rule without matches")
  func emptyMatch() {
    let bare = "{backendRefs: [{name: a}]}"
    let empty = "{matches: [{}], backendRefs: [{name: b}]}"
    func dead(_ rules: String, below prefix: String) -> [String] {
      let controller = M.object(
        "apps/v1", "Deployment", name: "ai-gateway-controller",
        "{template: {spec: {containers: [{name: c, args: ['--rootPrefix=\(prefix)']}]}}}")
      return findings(in: M.joined(M.rules(rules), controller)).filter { $0.rule == "L46" }
        .map(\.path.description)
    }
    #expect(dead("\(bare), \(empty)", below: "/") == ["spec.rules[1]"])
    #expect(dead("\(bare), \(empty)", below: "/ai") == [])
    #expect(dead("\(empty), \(empty)", below: "/ai") == ["spec.rules[1]"])
  }

  @Test("a SecurityPolicy whose backend is not here is a mistake only beside others of its kind")
  func backendOfPolicy() {
    func told(_ spec: String, beside others: String...) -> [Finding] {
      let policy = M.object(
        "gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", name: "s",
        "{targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}], \(spec)}")
      return findings(in: ([policy] + others).joined(separator: "---\n")).filter {
        $0.rule == "L59.policy"
      }
    }
    let asking = "extAuth: {failOpen: true, grpc: {backendRefs: [{name: auth, port: 80}]}}"
    let other = M.object("v1", "Service", name: "other", "{ports: [{port: 80}]}")
    let far = other.replacing("namespace: team-a", with: "namespace: far")
    #expect(told(asking).isEmpty)
    #expect(told(asking, beside: other).map(\.severity) == [.warning])
    #expect(told(asking, beside: far).map(\.severity) == [.info])
    #expect(told(asking, beside: other).first?.message.hasSuffix("passes unasked") == true)
    let login = "oidc: {provider: {issuer: 'https://i', backendRefs: [{kind: Backend, name: b}]}}"
    #expect(told(login, beside: other).isEmpty)
    #expect(told(login, beside: M.backend("c", "{fqdn: {hostname: a.b, port: 443}}")).count == 1)
  }

  @Test("a policy finds a taken HTTPRoute by the labels that it had before")
  func labelsOfTaken() {
    let written = M.object(
      "gateway.networking.k8s.io/v1", "HTTPRoute", name: "chat",
      "{parentRefs: [{name: gw}], rules: [{}]}"
    ).replacing("namespace: team-a", with: "namespace: team-a, labels: {app: x, tier: old}")
    let route = M.rules(M.match(M.model("a"))).replacing(
      "namespace: team-a}", with: "namespace: team-a, labels: {tier: new}}")
    func lost(_ label: String) -> Bool {
      let policy = M.backendPolicy(
        "{targetSelectors: [{kind: HTTPRoute, matchLabels: {\(label)}}], retry: {numRetries: 1}}")
      return findings(in: M.joined(route, written, policy)).contains { $0.rule == "L15" }
    }
    #expect(!lost("app: x") && !lost("tier: new"))
    #expect(lost("tier: old"))
  }

  @Test("routes on two listeners of a Gateway do not compete")
  func sections() {
    func pair(_ first: String, _ second: String) -> [String] {
      let rule = "rules: [{matches: [{headers: [\(M.model("a"))]}], backendRefs: [{name: a}]}]"
      return findings(
        in: M.joined(
          M.route("{parentRefs: [{name: gw\(first)}], \(rule)}"),
          M.route("{parentRefs: [{name: gw\(second)}], \(rule)}", name: "d"))
      )
      .map(\.rule).filter { $0 == "L43.routes" }
    }
    #expect(pair("", "") == ["L43.routes"])
    #expect(pair(", sectionName: a", ", sectionName: b") == [])
    #expect(pair(", sectionName: a", ", sectionName: a") == ["L43.routes"])
    // On the other listeners the younger route wins.
    #expect(pair(", sectionName: a", "") == [])
    #expect(pair("", ", sectionName: b") == ["L43.routes"])
    #expect(pair(", namespace: other", "") == [])
  }

  @Test("where one namespace is written and the other implied, nothing is called an error")
  func doubt() {
    let policy = M.limit("50Mi")
    let route = M.rule("{backendRefs: [{name: a}]}")
      .replacing(", namespace: team-a", with: "")
    let found = findings(in: M.joined(policy, route))
    #expect(found.filter { $0.severity == .error }.map(\.rule) == [])
    #expect(found.contains { $0.rule == "L15" && $0.severity == .warning })
  }

  @Test("a pool elsewhere is honoured since 1.1 only, and a system Gateway served but by 1.0")
  func releases() {
    let pool = M.rule("{backendRefs: [{name: p, namespace: models, \(Manifests.pool)}]}")
    let gateway = M.gateway(
      "{name: http, port: 80, protocol: HTTP}", namespace: "envoy-gateway-system")
    func rules(_ release: Release) -> Set<String> {
      var linter = Linter(target: release)
      return Set(linter.findings(in: M.read(M.joined(pool, gateway))).map(\.rule))
    }
    for release in [Release.v0_6, .v0_7, .v1_0] {
      #expect(rules(release).contains("pool.namespace"))
      #expect(rules(release).contains("L25") == (release == .v1_0))
    }
    #expect(rules(.v1_1).isDisjoint(with: ["pool.namespace", "L25"]))
  }

  @Test(
    "before 1.1 the configuration of a Gateway has to get into one Secret", arguments: [20, 40000])
  func configurationSize(count: Int) {
    let tools = (0..<count).map { "{backend: b, tool: tool-\($0)}" }.joined(separator: ", ")
    let route = RuleCase.mcp(
      RuleCase.toolServer(),
      more: ", securityPolicy: {authorization: {rules: [{target: {tools: [\(tools)]}}]}}")
    for release in [Release.v1_0, .v1_1] {
      var linter = Linter(target: release)
      let rules = linter.findings(in: M.read(route)).map(\.rule)
      #expect(rules.contains("L182") == (count > 20 && release == .v1_0))
    }
  }

  @Test("an object of the same kind in another group is none of ours")
  func groups() {
    let foreign = M.object(
      "networking.istio.io/v1", "Gateway", name: "gw", "{listeners: [{name: x, port: 1}]}")
    let route = M.route("{parentRefs: [{name: gw, sectionName: http}], rules: []}")
    #expect(!findings(in: M.joined(foreign, route)).contains { $0.rule.hasPrefix("L2") })
  }

  @Test("a rule finds in each of a thousand sets what it finds in one")
  func many() {
    let count = 1000
    let one = [
      M.rules(M.match(M.model("a")) + ", {backendRefs: [{name: a, namespace: shared}]}"),
      M.clientPolicy("{targetRefs: [\(M.gateway)]}"), M.service("b"),
      M.retry("{perRetry: {timeout: 90s}}"),
    ]
    let nodes = M.read(one.joined(separator: "---\n"))
    var documents: [Node] = []
    for number in 0..<count {
      for var node in nodes {
        node.set(.string("team-\(number)"), at: path("metadata", "namespace"))
        documents.append(node)
      }
    }
    var linter = Linter()
    let alone = linter.findings(in: Array(documents.prefix(nodes.count)))
    let all = linter.findings(in: documents)
    #expect(alone.contains { $0.rule == "L30" } && alone.contains { $0.rule == "L60" })
    #expect(all.count == alone.count * count)
    #expect(Set(all.map(\.rule)) == Set(alone.map(\.rule)))
  }

  @Test("listeners of merged Gateways stand once on their port, also when documents come later")
  func mergedOnce() throws {
    let nodes = M.read(
      M.joined(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: envoy}
        spec:
          controllerName: gateway.envoyproxy.io/gatewayclass-controller
          parametersRef: {group: gateway.envoyproxy.io, kind: EnvoyProxy, name: p, namespace: team-a}

        """,
        M.object(
          "gateway.envoyproxy.io/v1alpha1", "EnvoyProxy", name: "p", "{mergeGateways: true}"),
        M.gateway("{name: a, port: 443, protocol: HTTP}"),
        M.gateway("{name: b, port: 443, protocol: HTTP, hostname: b.c}", namespace: "team-b")))
    let index = ResourceIndex(of: nodes)
    let later = Document(M.read(M.grant("{from: [], to: []}"))[0], index: nodes.count)
    for index in [index, index.adding([later])] {
      let place = try #require(index.listener("a", of: ObjectKey("team-a", "gw")))
      #expect(index.listeners(onPortOf: place).map(\.listener.name) == ["a", "b"])
    }
  }

  private func path(_ keys: String...) -> Path { Path(keys.map(Path.Step.key)) }
}
