/// Pairs for the rules about Gateways, what runs them, and what is left over.
extension RuleCase {
  private typealias M = Manifests

  /// A route through Gateway gw to AIServiceBackend a.
  static let reached = M.joined(M.rule("{backendRefs: [{name: a}]}"), M.service("a"))

  /// Gateway gw with its class, which names no EnvoyProxy.
  static func classed(_ controller: String = "gateway.envoyproxy.io/gatewayclass-controller")
    -> String
  {
    M.joined(M.gateway(http), gatewayClass("envoy", controller))
  }

  private static func gatewayClass(_ name: String, _ controller: String) -> String {
    "{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: \(name)}, "
      + "spec: {controllerName: \(controller)}}\n"
  }

  private static let envoy = "gateway.envoyproxy.io/gatewayclass-controller"

  /// Gateway gw that names EnvoyProxy p.
  static let withProxy = parameters("group: gateway.envoyproxy.io, kind: EnvoyProxy, name: p")

  private static func parameters(_ reference: String) -> String {
    M.object(
      "gateway.networking.k8s.io/v1", "Gateway", name: "gw",
      "{gatewayClassName: envoy, listeners: [\(http)], "
        + "infrastructure: {parametersRef: {\(reference)}}}")
  }

  /// EnvoyProxy p with this for Kubernetes.
  static func proxy(_ kubernetes: String, namespace: String = "team-a") -> String {
    M.object(
      "gateway.envoyproxy.io/v1alpha1", "EnvoyProxy", name: "p", namespace: namespace,
      "{provider: {type: Kubernetes, kubernetes: \(kubernetes)}}")
  }

  static let proxies: [RuleCase] = [
    RuleCase(
      "L120", bad: M.joined(reached, M.gateway(http), gatewayClass("eg", envoy)),
      good: M.joined(reached, classed())),
    RuleCase(
      "L120", bad: M.joined(reached, classed("istio.io/gateway-controller")),
      good: classed("istio.io/gateway-controller")),
    RuleCase(
      "L121", bad: M.joined(reached, withProxy, proxy("{}", namespace: "envoy-gateway-system")),
      good: M.joined(reached, withProxy, proxy("{}"))),
    RuleCase(
      "L121", bad: M.joined(reached, parameters("group: '', kind: ConfigMap, name: p")),
      good: parameters("group: '', kind: ConfigMap, name: p")),
    RuleCase(
      "L122", bad: proxy("{envoyDeployment: {pod: {serviceAccountName: sa}}}"),
      good: proxy("{envoyServiceAccount: {name: sa}}")),
    RuleCase(
      "L122.type",
      bad: M.object(
        "gateway.envoyproxy.io/v1alpha1", "EnvoyProxy", name: "p", "{provider: {kubernetes: {}}}"),
      good: M.object("gateway.envoyproxy.io/v1alpha1", "EnvoyProxy", name: "p", "{}")),
  ]

  private static func https(_ certificate: String) -> String {
    M.gateway(
      "{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [\(certificate)]}}")
  }

  private static let certificate = "{tls.crt: <certificate>, tls.key: <key>}"
  private static let typed = ", type: kubernetes.io/tls"

  private static func security(_ spec: String) -> String {
    M.object(
      "gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", name: "auth",
      "{targetRefs: [\(M.gateway)], \(spec)}")
  }

  private static func clients(_ more: String = "", _ header: String = "Authorization") -> String {
    security(
      "apiKeyAuth: {credentialRefs: [{name: clients}], extractFrom: [{headers: [\(header)]}]\(more)}"
    )
  }

  private static let anthropic = policy(
    "type: AnthropicAPIKey, anthropicAPIKey: {secretRef: {name: s}}")

  static let listeners: [RuleCase] = [
    RuleCase(
      "L123", bad: M.joined(https("{name: s}"), secret(certificate)),
      good: M.joined(https("{name: s}"), secret(certificate, more: typed))),
    RuleCase(
      "L123", bad: M.joined(https("{name: s}"), secret("{tls.crt: a}", more: typed)),
      good: M.joined(https("{name: s}"), secret(certificate, name: "t", namespace: "other"))),
    RuleCase(
      "L123", bad: M.joined(https("{name: s}"), secret(certificate, name: "t", more: typed)),
      good: M.joined(
        https("{name: s}"), secret(certificate, name: "t", more: typed),
        M.object("cert-manager.io/v1", "Certificate", name: "c", "{secretName: s}"))),
    RuleCase(
      "L124",
      bad: M.gateway(
        "{name: http, port: 80, protocol: HTTP, allowedRoutes: {kinds: "
          + "[{group: aigateway.envoyproxy.io, kind: AIGatewayRoute}]}}"),
      good: M.gateway(
        "{name: http, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: HTTPRoute}]}}")),
    RuleCase(
      "L125", bad: M.joined(M.gateway(http), clients()),
      good: M.joined(https("{name: s}"), clients())),
    RuleCase(
      "L125", bad: M.joined(M.gateway(http), security("basicAuth: {users: {name: u}}")),
      good: M.joined(M.gateway(http), security("cors: {allowOrigins: ['*']}"))),
    RuleCase(
      "L126", bad: M.joined(reached, anthropic, clients()),
      good: M.joined(reached, anthropic, clients(", sanitize: true"))),
    RuleCase(
      "L126", bad: M.joined(reached, policy(byKey), clients("", "x-api-key")),
      good: M.joined(reached, policy(byKey), clients())),
    RuleCase(
      "L126", bad: M.joined(reached, policy(byKey, target: "b"), clients()),
      good: M.joined(reached, clients())),
    RuleCase(
      "L126", bad: M.joined(reached, anthropic, security("jwt: {providers: [{name: p}]}")),
      good: M.joined(reached, policy(byKey), security("jwt: {providers: [{name: p}]}"))),
    RuleCase(
      "L126", bad: M.joined(reached, anthropic, security("basicAuth: {users: {name: u}}")),
      good: M.joined(reached, policy(byKey), security("basicAuth: {users: {name: u}}"))),
    RuleCase(
      "L127", bad: M.joined(clients(), policy(byKey.replacing("name: s", with: "name: clients"))),
      good: M.joined(clients(), policy(byKey))),
    RuleCase(
      "L127", bad: M.joined(clients(), secret("{apiKey: abc}", name: "clients")),
      good: M.joined(clients(), secret("{team-a: abc, team-b: def}", name: "clients"))),
  ]

  private static func configured(_ name: String) -> String {
    """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata:
      name: gw
      namespace: team-a
      annotations: {aigateway.envoyproxy.io/gateway-config: \(name)}
    spec: {gatewayClassName: envoy, listeners: [\(http)]}

    """
  }

  private static func configuration(
    _ spec: String, name: String = "c", namespace: String = "team-a"
  ) -> String {
    M.object(
      "aigateway.envoyproxy.io/v1beta1", "GatewayConfig", name: name, namespace: namespace, spec)
  }

  private static let mount =
    "{extProc: {kubernetes: {volumeMounts: [{name: ca, mountPath: /ca}]}}}"

  static let configurations: [RuleCase] = [
    RuleCase(
      "L128", bad: M.joined(M.gateway(http), configuration("{}")),
      good: M.joined(configured("c"), configuration("{}"))),
    RuleCase(
      "L128", bad: M.joined(configured("c"), configuration("{}", namespace: "ai")),
      good: configured("c")),
    RuleCase(
      "L128.proxy", bad: configuration("{forwardProxy: {address: proxy.corp}}"),
      good: configuration("{forwardProxy: {address: '10.0.0.9:3128'}}")),
    RuleCase(
      "L128.proxy", bad: configuration("{forwardProxy: {address: 'proxy.corp:3128'}}"),
      good: configuration("{forwardProxy: {address: '${PROXY}:3128'}}")),
    RuleCase(
      "L128.proxy", bad: configuration("{forwardProxy: {address: 'http://proxy.corp:3128'}}"),
      good: configuration("{forwardProxy: {address: '[::1]:3128'}}")),
    RuleCase(
      "L128.volume",
      bad: M.joined(configured("c"), configuration(mount), gatewayClass("envoy", envoy)),
      good: M.joined(configured("c"), configuration(mount))),
    RuleCase(
      "L181", bad: M.joined(configuration(variable("s")), stored("team-a")),
      good: M.joined(configuration(variable("s")), stored("team-a"), stored("net"))),
    RuleCase(
      "L181", bad: M.joined(mounted, stored("team-a")),
      good: M.joined(mounted, stored("team-a"), stored("net"))),
    RuleCase("L128.late", bad: configured("c"), good: M.gateway(http)),
  ]

  private static func variable(_ secret: String) -> String {
    "{extProc: {kubernetes: {env: [{name: A, valueFrom: {secretKeyRef: {name: \(secret), key: k}}}]}}}"
  }

  private static let mounted = proxy(
    "{envoyDeployment: {pod: {volumes: [{name: v, secret: {secretName: s}}]}}}")

  private static func stored(_ namespace: String) -> String {
    "{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: \(namespace)}, "
      + "stringData: {k: v}}\n"
  }

  private static func grant(from source: String, to target: String) -> String {
    M.grant("{from: [{\(source)}], to: [{\(target)}]}", namespace: "net")
  }

  private static let secretGrant = grant(
    from: "group: gateway.networking.k8s.io, kind: Gateway, namespace: team-a",
    to: "group: '', kind: Secret, name: c")

  private static func backendGrant(_ namespace: String) -> String {
    grant(
      from: "group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: \(namespace)",
      to: "group: gateway.envoyproxy.io, kind: Backend")
  }

  /// A route of team-a to an AIServiceBackend of ai, whose Backend is in net.
  private static let threeHomes = M.joined(
    M.rule("{backendRefs: [{name: a, namespace: ai}]}"),
    M.service(
      "a",
      "schema: {name: OpenAI}, backendRef: {group: gateway.envoyproxy.io, kind: Backend, name: a, "
        + "namespace: net}", namespace: "ai"))

  static let leftovers: [RuleCase] = [
    RuleCase(
      "L148", bad: M.joined(reached, M.service("b")), good: M.joined(reached, M.service("a"))),
    RuleCase(
      "L148", bad: M.joined(M.service("a"), backend("b")),
      good: M.joined(M.service("a"), backend("a"), backend("ai-eg-mcp-proxy"))),
    RuleCase(
      "L148", bad: M.joined(policy(byKey), secret("{apiKey: x}"), secret("{apiKey: x}", name: "t")),
      good: M.joined(
        policy(byKey), secret("{apiKey: x}"), secret("{apiKey: x}", name: "t"),
        M.object("apps/v1", "Deployment", name: "d", "{secretName: t}"))),
    RuleCase(
      "L148", bad: M.joined(classed(), gatewayClass("old", envoy)), good: classed()),
    RuleCase(
      "L148", bad: M.joined(reached, backendGrant("team-a")),
      good: M.joined(reached, backendGrant("team-b"))),
    RuleCase(
      "L150", bad: https("{name: c, namespace: net}"),
      good: M.joined(https("{name: c, namespace: net}"), secretGrant)),
    RuleCase(
      "L150",
      bad: security(
        "apiKeyAuth: {credentialRefs: [{name: c, namespace: net}], extractFrom: [{headers: [x]}]}"),
      good: security(
        "apiKeyAuth: {credentialRefs: [{name: c, namespace: team-a}], extractFrom: "
          + "[{headers: [x]}]}")),
    RuleCase(
      "L151", bad: M.joined(threeHomes, backendGrant("ai")),
      good: M.joined(threeHomes, backendGrant("team-a"))),
  ]

  private static func backend(_ name: String) -> String {
    M.backend(name, "{fqdn: {hostname: a.b, port: 80}}")
  }
}

/// Pairs for the certificates that proxies show to backends.
extension RuleCase {
  private static func showing(_ ref: String) -> String {
    Manifests.gateway("{name: http, port: 80, protocol: HTTP}").replacing(
      "spec: {", with: "spec: {tls: {backend: {clientCertificateRef: \(ref)}}, ")
  }

  private static func certifying(_ ref: String) -> String {
    Manifests.object(
      "gateway.envoyproxy.io/v1alpha1", "EnvoyProxy", name: "p",
      "{backendTLS: {clientCertificateRef: \(ref)}}")
  }

  private static func certified(_ ref: String) -> String {
    Manifests.object(
      "gateway.envoyproxy.io/v1alpha1", "Backend", name: "b",
      "{endpoints: [{fqdn: {hostname: a.b, port: 443}}], "
        + "tls: {wellKnownCACertificates: System, clientCertificateRef: \(ref)}}")
  }

  private static func certificate(_ name: String) -> String {
    secret("{tls.crt: x, tls.key: y}", name: name, more: ", type: kubernetes.io/tls")
  }

  /// A Gateway that verifies clients of a listener by this.
  private static func verifying(
    _ ref: String, on listener: String = "HTTPS, tls: {certificateRefs: [{name: c}]}"
  ) -> String {
    let gateway = Manifests.gateway("{name: a, port: 443, protocol: \(listener)}").replacing(
      "spec: {",
      with: "spec: {tls: {frontend: {default: {validation: {caCertificateRefs: [\(ref)]}}}}, ")
    return Manifests.joined(Manifests.rule("{backendRefs: [{name: a}]}"), gateway)
  }

  private static func authority(_ text: String) -> String {
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: ca, namespace: team-a}, "
      + "data: {ca.crt: \"\(text)\"}}\n"
  }

  private static let bundle = "{group: '', kind: ConfigMap, name: ca}"
  private static let pem = "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n"

  static let shown: [RuleCase] = [
    RuleCase(
      "L190", bad: verifying(bundle, on: "HTTP"), good: verifying(bundle)),
    RuleCase(
      "listener.unready", bad: verifying("{group: '', kind: Foo, name: ca}"),
      good: verifying(bundle)),
    RuleCase(
      "L150", bad: verifying("{group: '', kind: ConfigMap, name: ca, namespace: vault}"),
      good: verifying(bundle)),
    RuleCase(
      "L105",
      bad: Manifests.joined(verifying(bundle.replacing("ca}", with: "cas}")), authority(pem)),
      good: Manifests.joined(verifying(bundle), authority(pem))),
    RuleCase(
      "L158.joint", bad: Manifests.joined(verifying(bundle), authority("none")),
      good: Manifests.joined(verifying(bundle), authority(pem))),
    RuleCase(
      "L123.client", bad: showing("{kind: ConfigMap, name: c}"), good: showing("{name: c}")),
    RuleCase(
      "L123.client", bad: Manifests.joined(showing("{name: c}"), secret("{cert: x}", name: "c")),
      good: Manifests.joined(showing("{name: c}"), certificate("c"))),
    RuleCase(
      "L123.client", bad: Manifests.joined(showing("{name: c}"), certificate("d")),
      good: Manifests.joined(showing("{name: c}"), secret("{apiKey: x}", name: "d"))),
    RuleCase(
      "L150", bad: showing("{name: c, namespace: vault}"),
      good: showing("{name: c, namespace: team-a}")),
    RuleCase(
      "L123.client", bad: certifying("{name: c, namespace: vault}"),
      good: certifying("{name: c, namespace: team-a}")),
    RuleCase(
      "L123.client", bad: Manifests.joined(certifying("{name: c}"), certificate("d")),
      good: Manifests.joined(certifying("{name: c}"), certificate("c"))),
    RuleCase(
      "L123.client", bad: Manifests.joined(certified("{name: c}"), certificate("d")),
      good: Manifests.joined(certified("{name: c, namespace: vault}"), certificate("d"))),
  ]
}

/// Pairs for what Envoy Gateway makes of settings of proxies, ports and programs.
extension RuleCase {
  private static func running(_ kubernetes: String) -> String {
    Manifests.object(
      "gateway.envoyproxy.io/v1alpha1", "EnvoyProxy", name: "p",
      "{provider: {type: Kubernetes, kubernetes: {\(kubernetes)}}}")
  }

  private static func speaking(_ versions: String) -> String {
    Manifests.object(
      "gateway.envoyproxy.io/v1alpha1", "Backend", name: "b",
      "{endpoints: [{fqdn: {hostname: a.b, port: 443}}], "
        + "tls: {wellKnownCACertificates: System, \(versions)}}")
  }

  private static func falling(_ priority: String) -> String {
    Manifests.joined(
      Manifests.rule("{backendRefs: [{name: a}, {name: b\(priority)}]}"), Manifests.service("a"),
      Manifests.service("b"), Manifests.backend("a", "{fqdn: {hostname: a.b, port: 80}}"),
      Manifests.object(
        "gateway.envoyproxy.io/v1alpha1", "Backend", name: "b",
        "{fallback: true, endpoints: [{fqdn: {hostname: b.b, port: 80}}]}"))
  }

  private static func masking(_ body: String, _ ref: String) -> String {
    Manifests.joined(
      Manifests.rule("{backendRefs: [{name: a\(ref)}]}"), Manifests.service("a"),
      Manifests.object(
        "gateway.envoyproxy.io/v1alpha1", "EnvoyExtensionPolicy", name: "e",
        "{targetRefs: [\(Manifests.gateway)], extProc: [{backendRefs: [{name: mask, port: 80}], "
          + "processingMode: {request: {\(body)}}}]}"))
  }

  private static func keeping(_ section: String) -> String {
    Manifests.joined(
      Manifests.gateway(
        "{name: a, port: 443, protocol: HTTPS, hostname: a.b, tls: {certificateRefs: [{name: c}]}}, "
          + "{name: b, port: 443, protocol: HTTPS, hostname: b.b, "
          + "tls: {certificateRefs: [{name: c}]}}"),
      Manifests.object(
        "gateway.envoyproxy.io/v1alpha1", "ClientTrafficPolicy", name: "k",
        "{targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw\(section)}], "
          + "connection: {bufferLimit: 50Mi}, proxyProtocol: {}}"))
  }

  static let runtime: [RuleCase] = [
    RuleCase(
      "L184", bad: speaking("minVersion: \"1.3\""),
      good: speaking("minVersion: \"1.3\", maxVersion: \"1.3\"")),
    RuleCase(
      "L185", bad: running("envoyDaemonSet: {}, envoyServiceAccount: {name: sa}"),
      good: running("envoyDeployment: {}, envoyServiceAccount: {name: sa}")),
    RuleCase(
      "L186", bad: running("envoyDeployment: {replicas: 2}, envoyHpa: {maxReplicas: 9}"),
      good: running("envoyHpa: {minReplicas: 2, maxReplicas: 9}")),
    RuleCase(
      "L187", bad: masking("body: Buffered", ", modelNameOverride: m"),
      good: masking("attributes: [request.path]", ", modelNameOverride: m")),
    RuleCase(
      "L187", bad: masking("body: Streamed", ", modelNameOverride: m"),
      good: masking("body: Streamed", "")),
    RuleCase("L188", bad: keeping(", sectionName: b"), good: keeping("")),
    RuleCase("L189", bad: falling(""), good: falling(", priority: 1")),
    RuleCase(
      "L191", bad: Manifests.backendPolicy("{tcpKeepalive: {idleTime: 10h}}"),
      good: Manifests.backendPolicy("{tcpKeepalive: {idleTime: 5m}}")),
    RuleCase(
      "L191", bad: Manifests.backendPolicy("{tcpKeepalive: {probes: 0}}"),
      good: Manifests.clientPolicy("{tcpKeepalive: {probes: 0}}")),
  ]
}
