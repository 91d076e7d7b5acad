/// Pairs for the rules about MCPRoutes.
extension RuleCase {
  private typealias M = Manifests

  static func mcp(
    _ servers: String, name: String = "mcp", version: String = "v1beta1", more: String = ""
  ) -> String {
    M.object(
      "aigateway.envoyproxy.io/\(version)", "MCPRoute", name: name,
      "{parentRefs: [{name: gw}], backendRefs: [\(servers)]\(more)}")
  }

  /// A server that is a Backend.
  static func toolServer(_ name: String = "b", _ more: String = "") -> String {
    "{group: gateway.envoyproxy.io, kind: Backend, name: \(name)\(more)}"
  }

  static func keyed(_ key: String) -> String {
    toolServer("b", ", securityPolicy: {apiKey: \(key)}")
  }

  private static func secured(_ policy: String) -> String {
    mcp(toolServer(), more: ", securityPolicy: \(policy)")
  }

  private static func guarded(_ rules: String) -> String { secured("{authorization: \(rules)}") }

  private static let backend = M.object(
    "gateway.envoyproxy.io/v1alpha1", "Backend", name: "b",
    "{endpoints: [{fqdn: {hostname: a.b, port: 80}}]}")

  private static func external(_ type: String) -> String {
    M.object("v1", "Service", name: "b", "{type: \(type), ports: [{port: 80}]}")
  }

  private static let clientKeys =
    "{credentialRefs: [{name: keys}], extractFrom: [{headers: [x-key]}]}"

  static let tools: [RuleCase] =
    [
      RuleCase(
        "L139", bad: mcp(toolServer("b", ", namespace: tools")),
        good: mcp(toolServer("b", ", namespace: team-a"))),
      RuleCase("L140", bad: mcp("{name: b}"), good: mcp("{name: b, port: 80}")),
      RuleCase(
        "L140", bad: M.joined(backend, mcp("{name: b, port: 80}")),
        good: M.joined(backend, mcp(toolServer()))),
      RuleCase(
        "L140", bad: mcp("{group: gateway.envoyproxy.io, name: b, port: 80}"),
        good: mcp("{kind: Service, name: b, port: 80}")),
      RuleCase(
        "L140", bad: M.joined(external("ExternalName"), mcp("{name: b, port: 80}")),
        good: M.joined(external("ClusterIP"), mcp("{name: b, port: 80}"))),
      RuleCase("L140", bad: mcp("{kind: Backend, name: b}"), good: mcp(toolServer())),
      RuleCase(
        "L141", bad: mcp(keyed("{secretRef: {name: s}, header: authorization}")),
        good: mcp(keyed("{secretRef: {name: s}, header: Authorization}"))),
      RuleCase(
        "L141", bad: mcp(keyed("{secretRef: {name: s}, queryParam: key}")),
        good: mcp(keyed("{secretRef: {name: s}, header: x-key}"))),
      RuleCase(
        "L141", bad: mcp(toolServer("b", ", forwardHeaders: [{name: x, backendHeader: 'y z'}]")),
        good: mcp(toolServer("b", ", forwardHeaders: [{name: x, backendHeader: y-z}]"))),
      RuleCase(
        "L142", bad: M.joined(mcp(toolServer()), mcp(toolServer(), name: "other")),
        good: M.joined(
          mcp(toolServer()), mcp(toolServer(), name: "other", more: ", path: /mcp/other"))),
      RuleCase(
        "L142",
        bad: M.joined(
          mcp(toolServer("b-c"), name: "a"), mcp(toolServer("c"), name: "a-b", more: ", path: /b")),
        good: M.joined(
          mcp(toolServer("b-c"), name: "a"), mcp(toolServer("d"), name: "a-b", more: ", path: /b"))),
      RuleCase(
        "L143",
        bad: secured("{apiKeyAuth: {credentialRefs: [], extractFrom: [{headers: [x-key]}]}}"),
        good: secured("{apiKeyAuth: \(clientKeys)}")),
      RuleCase(
        "L143",
        bad: M.joined(
          secured("{apiKeyAuth: \(clientKeys)}"), secret("{}", name: "keys")),
        good: M.joined(secured("{apiKeyAuth: \(clientKeys)}"), secret("{a: x}", name: "keys"))),
      RuleCase(
        "L143", bad: guarded("{}"), good: guarded("{defaultAction: Allow}")),
      RuleCase(
        "L143", bad: guarded("{rules: [{target: {tools: [{backend: c, tool: t}]}}]}"),
        good: guarded("{rules: [{target: {tools: [{backend: b, tool: t}]}}]}")),
      RuleCase(
        "L143", bad: mcp(toolServer(), more: ", backendSelector: {}"),
        good: mcp(toolServer(), more: ", backendSelector: {rules: [{cel: 'true'}]}")),
      RuleCase(
        "L143", bad: issued(by: "https://keys.sso.svc.cluster.local/realm"),
        good: issued(by: "https://keys.example.com/realm")),
      RuleCase(
        "L143.issuer", bad: issued(),
        good: issued().replacing("{issuer", with: "{audiences: [a], issuer")),
      RuleCase(
        "L143", bad: issued(for: "https://a.com/tools"), good: issued(for: "https://a.com/mcp/")),
      RuleCase(
        "L142", bad: M.joined(issued(by: "https://a.com"), other(issued(by: "https://b.com"))),
        good: M.joined(issued(by: "https://a.com"), other(issued(by: "https://a.com")))),
      RuleCase(
        "L26", bad: M.joined(M.rule("{backendRefs: [{name: a}]}"), served(at: "/v1/embeddings")),
        good: M.joined(M.rule("{backendRefs: [{name: a}]}"), served(at: "/v1/tools"))),
      RuleCase(
        "L08", bad: M.joined(mcp(toolServer()), route("ai-eg-mcp-br-mcp-b")),
        good: M.joined(mcp(toolServer()), route("ai-eg-mcp-br-mcp-c"))),
      RuleCase(
        "L158", bad: mcp(toolServer("b", ", path: \"/mcp\\n\"")),
        good: mcp(toolServer("b", ", path: /mcp"))),
      RuleCase(
        "L54.mcp", bad: mcp(toolServer("b", ", path: mcp")),
        good: mcp(toolServer("b", ", path: /mcp"))),
      RuleCase(
        "L111.shape",
        bad: M.joined(mcp(keyed("{secretRef: {name: s}}")), secret("{apiKey: \"abc\\n\"}")),
        good: M.joined(mcp(keyed("{secretRef: {name: s}}")), secret("{apiKey: abc}"))),
      RuleCase(
        "L143.expression", bad: mcp(toolServer("b", ", toolSelector: {includeRegex: ['(?!x).*']}")),
        good: mcp(toolServer("b", ", toolSelector: {includeRegex: ['x.*']}"))),
      RuleCase(
        "L143.expression", bad: guarded("{rules: [{cel: \"mcp.tool == 'a'\"}]}"),
        good: guarded("{rules: [{cel: \"request.mcp.tool == 'a'\"}]}")),
      RuleCase(
        "L143.expression", bad: guarded("{rules: [{cel: \"'a'\"}]}"),
        good: guarded("{rules: [{cel: \"request.headers[?'a'].orValue('') == 'b'\"}]}")),
      RuleCase(
        "L143.expression", bad: guarded("{rules: [{cel: \"request.headers['X-Team'] == 'a'\"}]}"),
        good: guarded("{rules: [{cel: \"request.headers['x-team'] == 'a'\"}]}")),
      RuleCase(
        "L143.expression", bad: guarded("{rules: [{cel: \"request.mcp.tool in ['b__a']\"}]}"),
        good: guarded("{rules: [{cel: \"request.mcp.tool in ['c__a']\"}]}")),
      RuleCase(
        "L143.expression", bad: guarded("{rules: [{cel: \"request.mcp.method == 'tools/list'\"}]}"),
        good: guarded("{rules: [{cel: \"request.mcp.method == 'tools/call'\"}]}")),
      RuleCase(
        "L143.expression", bad: guarded("{rules: [{cel: \"request.mcp.backend == 'c'\"}]}"),
        good: guarded("{rules: [{cel: \"request.mcp.backend == 'b'\"}]}")),
      RuleCase(
        "L143", bad: mcp(toolServer("b", ", toolSelector: {include: [b__search]}")),
        good: mcp(toolServer("b", ", toolSelector: {include: [search]}"))),
      RuleCase(
        "L180", bad: M.joined(mcp(toolServer()), limited("ai-eg-mcp-br-mcp-b")),
        good: M.joined(mcp(toolServer()), limited("ai-eg-mcp-main-mcp"))),
      RuleCase("L145", bad: mcp(toolServer()), good: M.joined(mcp(toolServer()), seeded)),
      RuleCase(
        "L54.mcp", bad: mcp(toolServer(), more: ", path: mcp"),
        good: mcp(toolServer(), more: ", path: /mcp")),
      RuleCase(
        "L54.mcp", bad: mcp(toolServer(), more: ", path: /mcp/"),
        good: mcp(toolServer(), more: ", path: /")),
      RuleCase(
        "L54.mcp", bad: mcp(keyed("{inline: abc, header: 'x key'}")),
        good: mcp(keyed("{inline: abc, header: x-key}"))),
    ] + kin

  private static func limited(_ route: String) -> String {
    M.backendPolicy(
      "{targetRefs: [\(M.httpRoute.replacing("name: chat", with: "name: " + route))], rateLimit: "
        + "{type: Local, local: {rules: [{limit: {requests: 10, unit: Hour}}]}}}")
  }

  /// What other rules say of MCPRoutes as they do of their kin.
  private static let kin: [RuleCase] = [
    RuleCase("L01", bad: mcp(toolServer(), version: "v1alpha1"), good: mcp(toolServer())),
    RuleCase(
      "L21",
      bad: M.joined(
        M.gateway("{name: http, port: 80, protocol: HTTP}").replacing(
          "name: gw", with: "name: other"), mcp(toolServer())),
      good: M.joined(M.gateway("{name: http, port: 80, protocol: HTTP}"), mcp(toolServer()))),
    RuleCase(
      "L22", bad: M.joined(closed, mcp(toolServer())),
      good: M.joined(M.gateway("{name: http, port: 80, protocol: HTTP}"), mcp(toolServer()))),
    RuleCase(
      "L104", bad: M.joined(mcp(keyed("{secretRef: {name: s}}")), secret("{token: x, other: y}")),
      good: M.joined(mcp(keyed("{secretRef: {name: s}}")), secret("{apiKey: x}"))),
    RuleCase(
      "L105", bad: M.joined(mcp(keyed("{secretRef: {name: s}}")), secret("{apiKey: x}", name: "t")),
      good: M.joined(mcp(keyed("{secretRef: {name: s}}")), secret("{apiKey: x}"))),
    RuleCase(
      "L105", bad: M.joined(secured("{apiKeyAuth: \(clientKeys)}"), secret("{a: x}", name: "t")),
      good: M.joined(secured("{apiKeyAuth: \(clientKeys)}"), secret("{a: x}", name: "keys"))),
    RuleCase(
      "L106", bad: mcp(keyed("{secretRef: {name: s, namespace: vault}}")),
      good: mcp(keyed("{secretRef: {name: s, namespace: team-a}}"))),
    RuleCase(
      "L127",
      bad: M.joined(
        mcp(
          keyed("{secretRef: {name: keys}}"), more: ", securityPolicy: {apiKeyAuth: \(clientKeys)}"),
        secret("{apiKey: x, b: y}", name: "keys")),
      good: M.joined(secured("{apiKeyAuth: \(clientKeys)}"), secret("{a: x, b: y}", name: "keys"))),
    RuleCase(
      "L150",
      bad: secured(
        "{apiKeyAuth: {credentialRefs: [{name: keys, namespace: vault}], "
          + "extractFrom: [{headers: [x-key]}]}}"),
      good: secured("{apiKeyAuth: \(clientKeys)}")),
    RuleCase(
      "policy.refused",
      bad: M.joined(secured("{apiKeyAuth: \(clientKeys)}"), secret("{a: x, b: x}", name: "keys")),
      good: M.joined(secured("{apiKeyAuth: \(clientKeys)}"), secret("{a: x, b: y}", name: "keys"))),
    RuleCase(
      "L59.backend", bad: M.joined(backend, mcp(toolServer("c"))),
      good: M.joined(backend, mcp(toolServer()))),
    RuleCase(
      "L59.backend", bad: M.joined(mcp("{name: b, port: 81}"), listening),
      good: M.joined(mcp("{name: b, port: 80}"), listening)),
    RuleCase(
      "L40",
      bad: M.backendPolicy(
        "{targetRefs: [{group: aigateway.envoyproxy.io, kind: MCPRoute, name: mcp}]}"),
      good: onRoute("ai-eg-mcp-main-mcp")),
    RuleCase(
      "L15", bad: M.joined(mcp(toolServer()), onRoute("mcp")),
      good: M.joined(mcp(toolServer()), onRoute("ai-eg-mcp-main-mcp"))),
    RuleCase(
      "L61.idle", bad: granting("aigateway.envoyproxy.io", "MCPRoute"),
      good: granting("gateway.networking.k8s.io", "HTTPRoute")),
    RuleCase(
      "L61.idle", bad: granting("aigateway.envoyproxy.io", "AIServiceBackend"),
      good: M.grant(
        "{from: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute, namespace: team-a}, "
          + "{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: team-a}], "
          + "to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend}]}")),
    RuleCase(
      "L24",
      bad: mcp(toolServer()).replacing(
        "parentRefs: [{name: gw}]", with: "parentRefs: [{name: gw}, {name: gw}]"),
      good: mcp(toolServer())),
    RuleCase(
      "L67", bad: M.joined(mcp(toolServer()), backend.replacing("port: 80", with: "port: 443")),
      good: M.joined(mcp(toolServer()), backend)),
    RuleCase(
      "L148", bad: M.joined(mcp(toolServer("c")), backend),
      good: M.joined(mcp(toolServer()), backend)),
    RuleCase(
      "L56",
      bad: M.joined(
        M.route("{parentRefs: [{name: gw}], hostnames: [a.b], rules: []}"), mcp(toolServer())),
      good: M.joined(
        M.route("{parentRefs: [{name: gw}], hostnames: [a.b], rules: []}"),
        mcp(toolServer(), more: ", hostnames: [a.b]"))),
    RuleCase(
      "L15",
      bad: M.joined(M.rule("{}"), mcp(toolServer()), onRoute("ai-eg-mcp-main-other")),
      good: M.joined(M.rule("{}"), mcp(toolServer()), onRoute("ai-eg-mcp-main-mcp"))),
  ]

  private static let closed = M.gateway(
    "{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Selector, "
      + "selector: {matchLabels: {kubernetes.io/metadata.name: infra}}}}}")

  private static func onRoute(_ name: String) -> String {
    M.backendPolicy(
      "{targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: \(name)}]}")
  }

  private static func issued(
    by issuer: String = "https://keys.a.b", for resource: String = "https://a.b/mcp"
  ) -> String {
    secured(
      "{oauth: {issuer: '\(issuer)', protectedResourceMetadata: {resource: '\(resource)'}}}")
  }

  /// The same under another name, at the path that differs in the slash at its end.
  private static func other(_ route: String) -> String {
    route.replacing("name: mcp,", with: "name: other,")
      .replacing("{parentRefs", with: "{path: /mcp/, parentRefs")
  }

  private static func served(at path: String) -> String {
    mcp(toolServer(), more: ", path: \(path)")
  }

  private static func route(_ name: String) -> String {
    M.object("gateway.networking.k8s.io/v1", "HTTPRoute", name: name, "{parentRefs: [{name: gw}]}")
  }

  private static func granting(_ group: String, _ kind: String) -> String {
    M.grant(
      "{from: [{group: \(group), kind: \(kind), namespace: team-a}], "
        + "to: [{group: gateway.envoyproxy.io, kind: Backend}]}")
  }

  private static let listening =
    "{apiVersion: v1, kind: Service, metadata: {name: b, namespace: team-a}, "
    + "spec: {ports: [{port: 80}]}}\n"

  private static let seeded =
    "{apiVersion: apps/v1, kind: Deployment, metadata: {name: ai-gateway-controller}, "
    + "spec: {template: {spec: {containers: [{args: [--mcpSessionEncryptionSeed=mine]}]}}}}\n"
}
