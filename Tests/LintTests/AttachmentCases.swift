/// Pairs for the rules that look at objects around a route.
extension RuleCase {
  static let attachmentCases: [RuleCase] = attachment + backends + credentials + limits

  private typealias M = Manifests

  /// What AI Gateway needs of Envoy Gateway.
  private static let extensionManager =
    "{hooks: {xdsTranslator: {translation: {listener: {includeAll: true}, "
    + "route: {includeAll: true}}, post: [Translation, Cluster, Route]}}, "
    + "service: {fqdn: {hostname: a.b, port: 1}}}"

  private static let route = M.rule("{timeouts: {request: 60s}, backendRefs: [{name: a}]}")

  private static let attachment: [RuleCase] = [
    RuleCase(
      "L18",
      bad: M.joined(
        M.gateway(
          "{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP, hostname: b.c}"),
        section("a")),
      good: M.joined(
        M.gateway("{name: a, port: 80, protocol: HTTP}, {name: b, port: 443, protocol: HTTPS}"),
        section("a"))),
    RuleCase(
      "L21", bad: M.joined(M.gateway(http, namespace: "infra"), route),
      good: M.joined(M.gateway(http), M.gateway(http, namespace: "infra"), route)),
    RuleCase(
      "L22",
      bad: M.joined(
        M.gateway(http, namespace: "infra"),
        M.route("{parentRefs: [{name: gw, namespace: infra}], rules: []}")),
      good: M.joined(
        M.gateway(
          "{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}",
          namespace: "infra"),
        M.route("{parentRefs: [{name: gw, namespace: infra}], rules: []}"))),
    RuleCase(
      "L23",
      bad: M.joined(
        M.gateway(http), M.route("{parentRefs: [{name: gw, sectionName: https}], rules: []}")),
      good: M.joined(
        M.gateway(http), M.route("{parentRefs: [{name: gw, sectionName: http}], rules: []}"))),
    RuleCase("L23", bad: besides("a.b"), good: besides("c.b")),
    RuleCase(
      "L23.policy", bad: M.joined(M.gateway(http), section("https")),
      good: M.joined(M.gateway(http), section("http"))),
    RuleCase(
      "L25", bad: envoyGateway(""),
      good: envoyGateway(
        ", extensionManager: \(extensionManager), extensionApis: {enableBackend: true}")),
    RuleCase(
      "listener.unready",
      bad: M.gateway("{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTPS}"),
      good: M.gateway(
        "{name: a, port: 80, protocol: HTTP}, {name: b, port: 443, protocol: HTTPS, "
          + "tls: {certificateRefs: [{name: c}]}}")),
    RuleCase(
      "policy.refused", bad: M.retry("{perRetry: {backOff: {baseInterval: 2s, maxInterval: 1s}}}"),
      good: M.retry("{perRetry: {backOff: {baseInterval: 1s, maxInterval: 2s}}}")),
    RuleCase(
      "headers.ignored",
      bad: M.rule(
        "{backendRefs: [{name: a, headerMutation: {set: [{name: x-ai-eg-model, value: b}]}}]}"),
      good: M.rule("{backendRefs: [{name: a, headerMutation: {set: [{name: x-a, value: b}]}}]}")),
    RuleCase(
      "headers.ignored",
      bad: M.rule("{backendRefs: [{name: a, headerMutation: {set: [{name: host, value: b}]}}]}"),
      good: M.rule("{backendRefs: [{name: a, headerMutation: {remove: [authorization]}}]}")),
    RuleCase(
      "headers.ignored.service", bad: mutated("X-AI-EG-Model"), good: mutated("x-team")),
    RuleCase(
      "L26", bad: M.joined(route, plain("/v1")), good: M.joined(route, plain("/shop"))),
    RuleCase(
      "L45", bad: M.joined(route, controller("/ai")), good: M.joined(route, controller("/"))),
    RuleCase(
      "L77",
      bad: M.joined(route, security("HTTPRoute", "chat", "apiKeyAuth: {}")),
      good: M.joined(
        route, security("Gateway", "gw", "apiKeyAuth: {}"),
        security("HTTPRoute", "chat", "authorization: {}"))),
    RuleCase(
      "L77.filters", bad: M.joined(models("a"), models("b"), buffered("HTTPRoute", "b")),
      good: M.joined(models("a"), models("b"), buffered("Gateway", "gw"))),
    RuleCase(
      "L17.port",
      bad: M.joined(M.gateway("\(https("a")), \(https("b"))"), limited("b")),
      good: M.joined(M.gateway("\(https("a")), \(https("b"))"), limited("a"))),
    RuleCase(
      "L78", bad: M.joined(route, M.rule("{}", name: "d")),
      good: M.joined(route, M.route("{parentRefs: [{name: other}], rules: []}", name: "d"))),
  ]

  static let http = "{name: http, port: 80, protocol: HTTP}"

  private static func section(_ name: String) -> String {
    M.clientPolicy("{targetRefs: [\(M.gateway.dropLast()), sectionName: \(name)}]}")
  }

  private static func https(_ name: String) -> String {
    "{name: \(name), port: 443, protocol: HTTPS, hostname: \(name).b, "
      + "tls: {certificateRefs: [{name: c}]}}"
  }

  private static func limited(_ section: String) -> String {
    M.clientPolicy(
      "{targetRefs: [\(M.gateway.dropLast()), sectionName: \(section)}], "
        + "connection: {bufferLimit: 50Mi}}")
  }

  private static func models(_ name: String) -> String {
    M.rule(M.match(M.model(name)), name: name)
  }

  private static func buffered(_ kind: String, _ name: String) -> String {
    M.backendPolicy(
      "{targetRefs: [{group: gateway.networking.k8s.io, kind: \(kind), name: \(name)}], "
        + "requestBuffer: {limit: 1Mi}}")
  }

  private static func plain(_ path: String) -> String {
    M.object(
      "gateway.networking.k8s.io/v1", "HTTPRoute", name: "shop",
      "{parentRefs: [{name: gw}], rules: [{matches: [{path: {value: \(path)}}]}]}")
  }

  private static func controller(_ prefix: String) -> String {
    M.object(
      "apps/v1", "Deployment", name: "ai-gateway-controller",
      "{template: {spec: {containers: [{name: c, args: ['--rootPrefix=\(prefix)']}]}}}")
  }

  private static func envoyGateway(_ more: String) -> String {
    "{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: EnvoyGateway\(more)}"
  }

  private static func mutated(_ header: String) -> String {
    M.service(
      "a",
      "schema: {name: OpenAI}, backendRef: \(M.leads("a")), "
        + "headerMutation: {set: [{name: \(header), value: b}]}")
  }

  private static func security(_ kind: String, _ name: String, _ spec: String) -> String {
    M.object(
      "gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", name: kind.lowercased(),
      "{targetRefs: [{group: gateway.networking.k8s.io, kind: \(kind), name: \(name)}], \(spec)}")
  }

  private static let asking = security(
    "Gateway", "gw", "extAuth: {http: {backendRefs: [{name: auth, port: 80}]}}")

  private static func service(_ name: String) -> String {
    M.object("v1", "Service", name: name, "{ports: [{port: 80}]}")
  }

  private static let backends: [RuleCase] = [
    RuleCase(
      "L39",
      bad: M.joined(
        M.rule(M.tiers), M.service("a"), M.service("b"), M.backend("a", host("a.b")),
        M.backend("b", "{ip: {address: 10.0.0.1, port: 80}}")),
      good: M.joined(
        M.rule(M.tiers), M.service("a"), M.service("b"), M.backend("a", host("a.b")),
        M.backend("b", host("b.b")))),
    RuleCase(
      "L39.ip",
      bad: M.joined(
        M.rule("{backendRefs: [{name: a}, {name: b, priority: 1}]}"), M.service("a"),
        M.service("b"),
        M.backend("a", "{ip: {address: 10.0.0.2, port: 80}}"),
        M.backend("b", "{ip: {address: 10.0.0.1, port: 80}}")),
      good: M.joined(
        M.rule("{backendRefs: [{name: a}, {name: b}]}"), M.service("a"), M.service("b"),
        M.backend("a", "{ip: {address: 10.0.0.2, port: 80}}"),
        M.backend("b", "{ip: {address: 10.0.0.1, port: 80}}"))),
    RuleCase(
      "L39.clusters",
      bad: M.joined(
        M.rule(M.tiers), M.service("a"), M.service("b"), M.backend("a", host("a.b")),
        M.backend("b", host("localhost"))),
      good: M.joined(
        M.rule(M.tiers), M.service("a"), M.service("b"), M.backend("a", host("a.b")),
        M.backend("b", host("b.b")))),
    RuleCase(
      "L59", bad: M.joined(route, M.service("b")),
      good: M.joined(route, M.service("a"), M.service("b"))),
    RuleCase(
      "L59.backend", bad: M.joined(M.service("a"), M.backend("b", host("a.b"))),
      good: M.joined(M.service("a"), M.backend("a", host("a.b")))),
    RuleCase(
      "L59.pool", bad: M.joined(M.rule("{backendRefs: [{name: p, \(M.pool)}]}"), pool("q")),
      good: M.joined(M.rule("{backendRefs: [{name: p, \(M.pool)}]}"), pool("p"))),
    RuleCase(
      "L59.policy", bad: M.joined(asking, service("oauth")),
      good: M.joined(asking, service("auth"))),
    RuleCase(
      "L99", bad: M.joined(M.backend("a", host("a.b")), M.tls("b", "a.b")),
      good: M.joined(M.backend("a", host("a.b")), M.tls("a", "a.b"))),
    RuleCase(
      "L101", bad: M.backend("a", host("ollama")), good: M.backend("a", host("ollama.ai.svc"))),
    RuleCase(
      "L66",
      bad: M.service("a", "schema: {name: OpenAI}, backendRef: {name: svc, port: 80}"),
      good: M.service("a")),
    RuleCase(
      "L67", bad: M.backend("a", host("api.openai.com", port: 443)),
      good: M.joined(
        M.backend("a", host("api.openai.com", port: 443)), M.tls("a", "api.openai.com"))),
    RuleCase(
      "L68",
      bad: M.tls("a", "a.b", version: "v1alpha3"), good: M.tls("a", "a.b")),
    RuleCase(
      "L69",
      bad: M.joined(M.backend("a", host("api.openai.com")), M.tls("a", "api.anthropic.com")),
      good: M.joined(M.backend("a", host("api.openai.com")), M.tls("a", "api.openai.com"))),
    RuleCase(
      "L72",
      bad: M.joined(
        M.rule("{backendRefs: [{name: a}, {name: b}]}"), M.service("a"), M.service("b"),
        dynamic("a")),
      good: M.joined(M.rule("{backendRefs: [{name: a}]}"), M.service("a"), dynamic("a"))),
  ]

  private static func host(_ name: String, port: Int = 80) -> String {
    "{fqdn: {hostname: \(name), port: \(port)}}"
  }

  /// A route for a host of Gateway gw, beside a ListenerSet with a listener for a.b.
  private static func besides(_ host: String) -> String {
    M.joined(
      M.gateway(http).replacing(
        "spec: {", with: "spec: {allowedListeners: {namespaces: {from: Same}}, "),
      M.object(
        "gateway.networking.k8s.io/v1", "ListenerSet", name: "more",
        "{parentRef: {name: gw}, listeners: [{name: a, port: 80, protocol: HTTP, hostname: a.b}]}"),
      M.route("{parentRefs: [{name: gw}], hostnames: [\(host)], rules: []}"))
  }

  private static func dynamic(_ name: String) -> String {
    M.object(
      "gateway.envoyproxy.io/v1alpha1", "Backend", name: name, "{type: DynamicResolver}")
  }

  private static let credentials: [RuleCase] = [
    RuleCase(
      "L104", bad: M.joined(keys("keys"), secret("{key: sk}")),
      good: M.joined(keys("keys"), secret("{apiKey: sk}"))),
    RuleCase(
      "L105",
      bad: M.joined(
        keys("keys", "type: APIKey, apiKey: {secretRef: {name: t}}"),
        secret("{apiKey: sk}")),
      good: M.joined(keys("keys"), secret("{apiKey: sk}"))),
    RuleCase(
      "L105", bad: keys("keys", "type: APIKey, apiKey: {secretRef: {name: A_B}}"),
      good: keys("keys")),
    RuleCase(
      "L107", bad: M.joined(keys("keys"), M.service("a", namespace: "apps")),
      good: M.joined(keys("keys"), M.service("a"), M.service("a", namespace: "apps"))),
  ]

  private static func pool(_ name: String) -> String {
    M.object(
      "inference.networking.k8s.io/v1", "InferencePool", name: name,
      "{selector: {matchLabels: {app: a}}, targetPorts: [{number: 8000}], "
        + "endpointPickerRef: {name: e, port: {number: 9002}}}")
  }

  private static func keys(
    _ name: String, _ spec: String = "type: APIKey, apiKey: {secretRef: {name: s}}"
  ) -> String {
    M.credentials(name, spec)
  }

  private static func secret(_ data: String) -> String {
    "{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: team-a}, stringData: \(data)}\n"
  }

  private static let limits: [RuleCase] = [
    RuleCase("L74", bad: cost("output_tokens * 1.5"), good: cost("output_tokens * 3u / 2u")),
    RuleCase(
      "L75", bad: M.joined(cost("input_tokens"), limit(key: "other")),
      good: M.joined(cost("input_tokens"), limit(key: "x"))),
    RuleCase(
      "L75",
      bad: M.joined(
        cost("input_tokens"), limit(key: "z").replacing("ai_gateway", with: "ai-gateway")),
      good: M.joined(
        cost("input_tokens"),
        limit(key: "z").replacing("io.envoy.ai_gateway", with: "com.acme.authz"))),
    RuleCase(
      "L75",
      bad: M.joined(
        cost("input_tokens"), limit(key: "x").replacing("{limit:", with: "{shared: true, limit:")),
      good: M.joined(cost("input_tokens"), limit(key: "x"))),
    RuleCase(
      "L74.range", bad: cost("input_tokens - output_tokens"),
      good: cost("input_tokens > output_tokens ? input_tokens - output_tokens : 0u")),
    RuleCase(
      "L74.range", bad: M.joined(cost("input_tokens * 3000u"), limit(key: "x")),
      good: M.joined(cost("input_tokens * 3u"), limit(key: "x"))),
    RuleCase(
      "L74.unequal", bad: cost("backend == \"a.team-a\" ? 1u : 0u"),
      good: cost("backend.startsWith(\"team-a/a/\") ? 1u : 0u")),
    RuleCase(
      "L74.unequal",
      bad: M.route(
        "{parentRefs: [{name: gw}], rules: [{matches: [{headers: [\(M.model("small"))]}], "
          + "backendRefs: [{name: a, modelNameOverride: b}]}], llmRequestCosts: "
          + "[{metadataKey: x, type: CEL, cel: 'model == \"small\" ? 1u : 0u'}]}"),
      good: M.route(
        "{parentRefs: [{name: gw}], rules: [{matches: [{headers: [\(M.model("small"))]}], "
          + "backendRefs: [{name: a, modelNameOverride: b}]}], llmRequestCosts: "
          + "[{metadataKey: x, type: CEL, cel: 'model == \"b\" ? 1u : 0u'}]}")),
    RuleCase(
      "L75.idle", bad: M.joined(small, limit(by: "x-ai-eg-model, value: smal")),
      good: M.joined(small, limit(by: "X-AI-EG-Model, value: small"))),
    RuleCase(
      "L75.idle",
      bad: M.backendPolicy(
        "{targetRefs: [\(M.httpRoute)], rateLimit: {type: Global, global: {rules: [{limit: "
          + "{requests: 1, unit: Hour}, cost: {request: {from: Number, number: 0}}}]}}}"),
      good: limit(key: "x")),
    RuleCase(
      "L76", bad: limit(key: "x"),
      good: M.joined(
        limit(key: "x"), configuration("rateLimit: {backend: {type: Redis, redis: {url: r}}}"))),
  ]

  private static func cost(_ expression: String) -> String {
    M.route(
      "{parentRefs: [{name: gw}], rules: [], "
        + "llmRequestCosts: [{metadataKey: x, type: CEL, cel: '\(expression)'}]}")
  }

  private static let small = M.rule(
    "{matches: [{headers: [\(M.model("small"))]}], backendRefs: [{name: a}]}")

  private static func limit(by header: String) -> String {
    M.backendPolicy(
      "{targetRefs: [\(M.httpRoute)], rateLimit: {type: Local, local: {rules: [{clientSelectors: "
        + "[{headers: [{name: \(header)}]}], limit: {requests: 10, unit: Hour}}]}}}")
  }

  private static func limit(key: String) -> String {
    M.backendPolicy(
      "{targetRefs: [\(M.httpRoute)], rateLimit: {type: Global, global: {rules: [{"
        + "limit: {requests: 10, unit: Hour}, cost: {request: {from: Number, number: 0}, "
        + "response: {from: Metadata, metadata: {namespace: io.envoy.ai_gateway, key: \(key)}}}}]}}}"
    )
  }

  private static func configuration(_ more: String) -> String {
    "{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: EnvoyGateway, "
      + "extensionApis: {enableBackend: true}, extensionManager: \(extensionManager), \(more)}\n"
  }
}
