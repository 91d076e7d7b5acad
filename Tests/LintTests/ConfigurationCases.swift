/// Pairs for the rules about what keeps a Gateway, or a rule, from doing anything.
extension RuleCase {
  private static let answer = M.object(
    "gateway.envoyproxy.io/v1alpha1", "HTTPRouteFilter", name: "answer",
    "{directResponse: {statusCode: 503}}")

  /// A plain route with the filter at the end of some fields of its rule.
  private static func shop(filtering fields: String, end: String = "}]") -> String {
    M.object(
      "gateway.networking.k8s.io/v1", "HTTPRoute", name: "shop",
      "{parentRefs: [{name: gw}], rules: [{\(fields)filters: [{type: ExtensionRef, extensionRef: "
        + "{group: gateway.envoyproxy.io, kind: HTTPRouteFilter, name: answer}}]\(end)}]}")
  }

  private static let uneven = M.rule(
    "{backendRefs: [{name: a, weight: 9}, {name: b, weight: 1}]}")

  private static func balancing(_ type: String) -> String {
    M.backendPolicy("{targetRefs: [\(M.httpRoute)], loadBalancer: {type: \(type)}}")
  }

  private static func sidecar(_ resources: String) -> String {
    M.object(
      "aigateway.envoyproxy.io/v1beta1", "GatewayConfig", name: "config",
      "{extProc: {kubernetes: {resources: {\(resources)}}}}")
  }

  /// Two Gateways, one of which has a forward proxy.
  private static let proxied = """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: edge, namespace: team-a, annotations: {aigateway.envoyproxy.io/gateway-config: out}}
    spec: {gatewayClassName: envoy, listeners: [{name: web, protocol: HTTP, port: 80}]}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: inner, namespace: team-a}
    spec: {gatewayClassName: envoy, listeners: [{name: web, protocol: HTTP, port: 80}]}
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: GatewayConfig
    metadata: {name: out, namespace: team-a}
    spec: {forwardProxy: {address: "10.0.0.9:3128"}}

    """

  static let failures: [RuleCase] = [
    RuleCase(
      "L158", bad: M.backendPolicy("{timeout: {tcp: {connectTimeout: 0s}}}"),
      good: M.backendPolicy("{timeout: {tcp: {connectTimeout: 1s}}}")),
    RuleCase(
      "L158", bad: M.backendPolicy("{circuitBreaker: {retryBudget: {minRetryConcurrency: -1}}}"),
      good: M.backendPolicy("{circuitBreaker: {retryBudget: {minRetryConcurrency: 0}}}")),
    RuleCase(
      "L159",
      bad: policy("SecurityPolicy", "{apiKeyAuth: {credentialRefs: [{name: s}], extractFrom: []}}"),
      good: policy(
        "SecurityPolicy",
        "{apiKeyAuth: {credentialRefs: [{name: s}], extractFrom: [{headers: [x-key]}]}}")),
    RuleCase(
      "L153", bad: plain("{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: a}"),
      good: plain("{group: gateway.envoyproxy.io, kind: Backend, name: a}")),
    RuleCase(
      "L153",
      bad: M.joined(
        plain("{name: ext, port: 80}"), outside("{type: ExternalName, ports: [\(port)]}")),
      good: M.joined(plain("{name: ext, port: 80}"), outside("{ports: [\(port)]}"))),
    RuleCase(
      "L153", bad: plain("{\(Manifests.pool), name: p}, {name: ext, port: 80}"),
      good: plain("{\(Manifests.pool), name: p}, {name: ext, port: 80, weight: 0}")),
    RuleCase(
      "L158.joint",
      bad: M.joined(
        plain("{name: ext, port: 80}"), outside("{type: ExternalName, ports: [\(port)]}"),
        routed("Service")),
      good: M.joined(
        plain("{name: ext, port: 80}"), outside("{type: ExternalName, ports: [\(port)]}"),
        routed("Endpoint"))),
    RuleCase("L154", bad: secret("data: {apiKey: sk-abc}"), good: secret("data: {apiKey: c2s=}")),
    RuleCase(
      "L173", bad: guarded("responseOverride: \(busy)"),
      good: guarded("responseOverride: \(busy), requestBuffer: {limit: 50Mi}")),
    RuleCase(
      "L177", bad: browsed("{matches: [{headers: [\(M.model("m"))]}], backendRefs: [{name: a}]}"),
      good: browsed("{backendRefs: [{name: a}]}")),
    RuleCase(
      "L178", bad: M.joined(guarded("responseOverride: \(busy)"), probed),
      good: M.joined(guarded("responseOverride: \(busy), requestBuffer: {limit: 50Mi}"), probed)),
    RuleCase(
      "L26.health", bad: M.clientPolicy("{healthCheck: {path: /v1/models}}"),
      good: M.clientPolicy("{healthCheck: {path: /healthz}}")),
    RuleCase(
      "L26.shadowed",
      bad: M.joined(M.rule("{backendRefs: [{name: a}]}", name: "a"), plain("{name: b, port: 80}")),
      good: M.joined(
        M.rule("{backendRefs: [{name: a}]}", name: "zz"), plain("{name: b, port: 80}"))),
    RuleCase(
      "L155",
      bad: M.gateway(
        "{name: a, port: 80, protocol: HTTP}, {name: b, port: 10080, protocol: HTTP}"),
      good: M.gateway(
        "{name: a, port: 80, protocol: HTTP}, {name: b, port: 8080, protocol: HTTP}")),
    RuleCase(
      "L156",
      bad: M.rule("{backendRefs: [{name: a}]}").replacing(
        "name: chat", with: "generateName: chat-"),
      good: M.rule("{backendRefs: [{name: a}]}")),
    RuleCase(
      "L157", bad: M.backendPolicy("{circuitBreaker: {maxPendingRequests: 0}}"),
      good: M.backendPolicy("{circuitBreaker: {maxPendingRequests: 1}}")),
    RuleCase(
      "L201", bad: sidecar("requests: {memory: 1Gi}, limits: {memory: 512Mi}"),
      good: sidecar("requests: {memory: 512Mi, cpu: 500m}, limits: {memory: 1Gi, cpu: 1}")),
    RuleCase(
      "L199",
      bad: policy("SecurityPolicy", "{oidc: {redirectURL: \"https://a.b/cb\", logoutPath: /cb}}"),
      good: policy(
        "SecurityPolicy", "{oidc: {redirectURL: \"https://a.b/cb\", logoutPath: /logout}}")),
    RuleCase(
      "L198",
      bad: M.joined(proxied, M.route("{parentRefs: [{name: edge}, {name: inner}], rules: []}")),
      good: M.joined(proxied, M.route("{parentRefs: [{name: edge}], rules: []}"))),
    RuleCase(
      "L197",
      bad: policy(
        "ClientTrafficPolicy",
        "{headers: {earlyRequestHeaders: {removeOnMatch: [{type: Prefix, value: X-Tenant}]}}}"),
      good: policy(
        "ClientTrafficPolicy",
        "{headers: {earlyRequestHeaders: {removeOnMatch: [{type: Prefix, value: x-tenant}]}}}")),
    RuleCase(
      "L207",
      bad: merged("{rules: [{action: Deny, principal: {clientCIDRs: [10.0.0.0/8]}}]}"),
      good: merged(
        "{defaultAction: Allow, rules: [{action: Deny, principal: {clientCIDRs: [10.0.0.0/8]}}]}")),
    RuleCase(
      "L206",
      bad: M.joined(
        twoListeners(port: 8443),
        web("{filters: [\(redirect("path: {type: ReplaceFullPath, replaceFullPath: /}"))]}")),
      good: M.joined(twoListeners(port: 8443), web("{filters: [\(redirect("scheme: https"))]}"))),
    RuleCase(
      "L205",
      bad: web(
        "{timeouts: {request: 60s, backendRequest: 5s}, retry: {attempts: 3}, backendRefs: [{name: s, port: 80}]}"
      ),
      good: web(
        "{timeouts: {request: 60s}, retry: {attempts: 3}, backendRefs: [{name: s, port: 80}]}")),
    RuleCase("L204", bad: twoListeners(), good: twoListeners(second: "d")),
    RuleCase(
      "L203",
      bad: policy("ClientTrafficPolicy", "{http3: {}, tls: {clientValidation: {optional: true}}}"),
      good: policy("ClientTrafficPolicy", "{http3: {}, tls: {minVersion: '1.2'}}")),
    RuleCase(
      "L202",
      bad: policy(
        "BackendTrafficPolicy", "{proxyProtocol: {version: V2}, useClientProtocol: true}"),
      good: policy("BackendTrafficPolicy", "{proxyProtocol: {version: V2}}")),
    RuleCase(
      "L183", bad: M.joined(uneven, balancing("ConsistentHash, consistentHash: {type: SourceIP}")),
      good: M.joined(uneven, balancing("RoundRobin"))),
    RuleCase(
      "L192", bad: M.joined(answer, shop(filtering: "backendRefs: [{name: s, port: 80, ")),
      good: M.joined(answer, shop(filtering: "backendRefs: [{name: s, port: 80}], ", end: ""))),
    RuleCase(
      "L196",
      bad: M.joined(
        M.rule("{backendRefs: [{name: a}]}"),
        M.backendPolicy("{targetRefs: [\(M.httpRoute)], httpUpgrade: [{type: CONNECT}]}")),
      good: M.joined(
        M.rule("{backendRefs: [{name: a}]}"),
        M.backendPolicy("{targetRefs: [\(M.httpRoute)], httpUpgrade: [{type: websocket}]}"))),
    RuleCase(
      "L159", bad: policy("SecurityPolicy", "{authorization: {defaultAction: Deny}}"),
      good: policy("SecurityPolicy", "{authorization: {defaultAction: Allow}}")),
    RuleCase(
      "L160", bad: M.rule("{matches: [{headers: [{name: x_a, value: b}]}], backendRefs: []}"),
      good: M.rule("{matches: [{headers: [{name: x-a, value: b}]}], backendRefs: []}")),
    RuleCase(
      "L111.shape",
      bad: M.joined(keyed, secret("stringData: {apiKey: Bearer abc}")),
      good: M.joined(keyed, secret("stringData: {apiKey: abc}"))),
    RuleCase(
      "L162",
      bad: M.joined(
        M.rule("{backendRefs: [{name: a}]}"), M.gateway("{name: a, port: 90, protocol: TCP}")),
      good: M.joined(
        M.rule("{backendRefs: [{name: a}]}"), M.gateway("{name: a, port: 90, protocol: HTTP}"))),
    RuleCase(
      "L159", bad: M.joined(admitting, secret("stringData: {}")),
      good: M.joined(admitting, secret("stringData: {ada: abc}"))),
    RuleCase(
      "L158.joint", bad: M.joined(admitting, secret("stringData: {ada: ''}")),
      good: M.joined(admitting, secret("stringData: {ada: abc}"))),
    RuleCase(
      "L158", bad: M.clientPolicy(otherName("1.40")), good: M.clientPolicy(otherName("1.39"))),
    RuleCase(
      "L158.joint", bad: users("ada:\(sum)\\nada:\(sum)"), good: users("ada:\(sum)\\nbob:\(sum)")),
    RuleCase(
      "L167", bad: policy("EnvoyProxy", "{provider: {type: Host}}"),
      good: policy("EnvoyProxy", "{provider: {type: Host, host: {}}}")),
    RuleCase("L168", bad: traced("otle"), good: traced("otel")),
    RuleCase(
      "L168", bad: logged("matches: [response.code >]"),
      good: logged("matches: [response.code > 1]")),
    RuleCase(
      "L158", bad: logged("format: {type: Text, text: \"%NOSUCH%\"}"),
      good: logged("format: {type: Text, text: \"%PROTOCOL%\"}")),
    RuleCase("schema.unknown", bad: logged("sink: []"), good: logged("type: Route")),
    RuleCase(
      "L169",
      bad: M.joined(
        M.rule("{backendRefs: [{name: a}]}"), M.gateway("{name: a, port: 19003, protocol: HTTP}")),
      good: M.joined(
        M.rule("{backendRefs: [{name: a}]}"), M.gateway("{name: a, port: 9003, protocol: HTTP}"))),
    RuleCase("L170", bad: checked("{type: GRPC, grpc: {}}"), good: checked("{type: TCP, tcp: {}}")),
    RuleCase("L171", bad: tokens(of: "ipd"), good: tokens(of: "idp")),
    RuleCase(
      "L193", bad: tokens(asking: "claims: [{name: https://a.org/b, values: [c]}]"),
      good: tokens(asking: "claims: [{name: realm_access.roles, values: [c]}]")),
    RuleCase(
      "L195", bad: M.backendPolicy("{compressor: [{type: Gzip}]}"),
      good: M.backendPolicy("{compressor: [{type: Gzip, gzip: {}}]}")),
    RuleCase(
      "L194", bad: M.backendPolicy("{compression: [{type: Gzip}]}"),
      good: M.backendPolicy("{compressor: [{type: Gzip, gzip: {}}]}")),
    RuleCase(
      "L158", bad: logged("format: {type: Text, text: \"%REQ%\"}"),
      good: logged("format: {type: Text, text: \"%REQ(X-A)%\"}")),
    RuleCase("L172", bad: asked(bytes: 8192), good: asked(bytes: 52_428_800)),
    RuleCase(
      "L161", bad: M.backendPolicy("{healthCheck: {passive: {consecutive5XxErrors: 3}}}"),
      good: M.backendPolicy("{healthCheck: {passive: {maxEjectionPercent: 100}}}")),
  ]

  /// Gateway gw with two listeners for HTTPS, the first with certificate c.
  private static func twoListeners(second: String = "c", port: Int = 443) -> String {
    let listeners = [("a", "c", 443), ("b", second, port)].map {
      "{name: \($0), protocol: HTTPS, port: \($2), hostname: \($0).example.com, "
        + "tls: {certificateRefs: [{name: \($1)}]}}"
    }
    return M.gateway(listeners.joined(separator: ", "))
  }

  /// A plain HTTPRoute of Gateway gw with one rule.
  private static func web(_ rule: String) -> String {
    M.object(
      "gateway.networking.k8s.io/v1", "HTTPRoute", name: "web",
      "{parentRefs: [{name: gw}], rules: [\(rule)]}")
  }

  private static func redirect(_ settings: String) -> String {
    "{type: RequestRedirect, requestRedirect: {\(settings)}}"
  }

  /// A SecurityPolicy of HTTPRoute web that is merged with one of Gateway gw, which allows everything.
  private static func merged(_ authorization: String) -> String {
    M.joined(
      M.gateway("{name: a, protocol: HTTP, port: 80}"),
      web("{backendRefs: [{name: s, port: 80}]}"),
      M.object(
        "gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", name: "wide",
        "{targetRefs: [\(M.gateway)], authorization: {defaultAction: Allow}}"),
      M.object(
        "gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", name: "near",
        "{targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: web}], "
          + "mergeType: StrategicMerge, authorization: \(authorization)}"))
  }

  private static func policy(_ kind: String, _ spec: String) -> String {
    M.object("gateway.envoyproxy.io/v1alpha1", kind, name: "guard", spec)
  }

  private static let admitting = policy(
    "SecurityPolicy",
    "{targetRefs: [\(M.gateway)], "
      + "apiKeyAuth: {credentialRefs: [{name: key}], extractFrom: [{headers: [x-key]}]}}")

  private static func otherName(_ identifier: String) -> String {
    "{tls: {clientValidation: {caCertificateRefs: [{name: ca}], subjectAltNames: "
      + "{otherNames: [{oid: '\(identifier)', value: a}]}}}}"
  }

  private static let sum = "{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk="

  private static func users(_ lines: String) -> String {
    M.joined(
      policy("SecurityPolicy", "{basicAuth: {users: {name: key}}}"),
      secret("stringData: {.htpasswd: \"\(lines)\"}"))
  }

  private static func tokens(of provider: String = "idp", asking what: String = "scopes: [a]")
    -> String
  {
    policy(
      "SecurityPolicy",
      "{jwt: {providers: [{name: idp}]}, authorization: {rules: [{action: Allow, principal: {jwt: "
        + "{provider: \(provider), \(what)}}}]}}")
  }

  private static func asked(bytes: Int) -> String {
    policy("SecurityPolicy", "{extAuth: {bodyToExtAuth: {maxRequestBytes: \(bytes)}}}")
  }

  /// An EnvoyProxy that has its traces sent to a Service beside Service otel.
  private static func logged(_ setting: String) -> String {
    M.object(
      "gateway.envoyproxy.io/v1alpha1", "EnvoyProxy", name: "p",
      "{telemetry: {accessLog: {settings: [{\(setting), sinks: [{type: File, file: {path: /a}}]}]}}}"
    )
  }

  private static func traced(_ service: String) -> String {
    M.joined(
      policy(
        "EnvoyProxy",
        "{telemetry: {tracing: {provider: {backendRefs: [{name: \(service), port: 4317}]}}}}"),
      """
      apiVersion: v1
      kind: Service
      metadata: {name: otel, namespace: team-a}
      spec: {ports: [{port: 4317}]}

      """)
  }

  /// A route to a server without HTTP/2 with an active check of health.
  private static func checked(_ check: String) -> String {
    M.joined(
      M.rule("{backendRefs: [{name: a}]}"), M.service("a"),
      M.backend("a", "{fqdn: {hostname: vllm.example.com, port: 8000}}"),
      M.backendPolicy("{targetRefs: [\(M.httpRoute)], healthCheck: {active: \(check)}}"))
  }

  private static let keyed = M.credentials(
    "p", "type: APIKey, apiKey: {secretRef: {name: key}}")

  private typealias M = Manifests

  /// An HTTPRoute with a backendRef.
  private static let port = "{port: 80}"

  private static func outside(_ spec: String) -> String {
    M.object("v1", "Service", name: "ext", spec)
  }

  private static func routed(_ type: String) -> String {
    M.backendPolicy("{targetRefs: [\(M.gateway)], routingType: \(type)}")
  }

  private static func plain(_ ref: String) -> String {
    """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: shop, namespace: team-a}
    spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [\(ref)]}]}

    """
  }

  private static let busy =
    "[{match: {statusCodes: [{type: Value, value: 503}]}, response: {body: {inline: busy}}}]"

  /// An AI route behind a SecurityPolicy, and a BackendTrafficPolicy for the same Gateway.
  private static func guarded(_ traffic: String) -> String {
    let gateway = "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]"
    return M.joined(
      M.rule("{backendRefs: [{name: a}]}"), M.backendPolicy("{\(gateway), \(traffic)}"),
      """
      apiVersion: gateway.envoyproxy.io/v1alpha1
      kind: SecurityPolicy
      metadata: {name: keys, namespace: team-a}
      spec: {\(gateway), apiKeyAuth: {credentialRefs: [{name: k}], extractFrom: [{headers: [x]}]}}

      """)
  }

  private static let probed = M.clientPolicy(
    "{targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}], "
      + "healthCheck: {path: /healthz}}")

  /// A rule of an AI route on a Gateway with `cors`.
  private static func browsed(_ rule: String) -> String {
    M.joined(
      M.rule(rule),
      policy(
        "SecurityPolicy",
        "{targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}], "
          + "cors: {allowOrigins: ['*']}}"))
  }

  private static func secret(_ data: String) -> String {
    """
    apiVersion: v1
    kind: Secret
    metadata: {name: key, namespace: team-a}
    \(data)

    """
  }
}
