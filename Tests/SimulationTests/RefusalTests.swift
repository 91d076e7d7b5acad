import YAML
import Resources
import Simulation
import Testing

/// What Envoy Gateway refuses although the server takes it (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi).
@Suite struct RefusalTests {
  private static let route = Documents.route(Documents.rule("m"))

  private static func gateway(_ listener: String) -> String {
    """
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: gw, namespace: team-a}
    spec: {gatewayClassName: eg, listeners: [\(listener)]}

    """
  }

  private static func policy(
    _ kind: String, _ spec: String, on target: String = "Gateway, name: gw"
  )
    -> String
  {
    """
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: \(kind)
    metadata: {name: own, namespace: team-a}
    spec:
      targetRefs: [{group: gateway.networking.k8s.io, kind: \(target)}]
      \(spec)

    """
  }

  private static func stored(_ kind: String, _ data: String) -> String {
    "---\napiVersion: v1\nkind: \(kind)\nmetadata: {name: s, namespace: team-a}\n\(data)\n"
  }

  private static let issuer = "provider: {issuer: 'https://i'}, clientID: a"
  private static let place = "extractFrom: [{headers: [x-key]}]"

  @Test(
    "a SecurityPolicy that is refused answers 500 for what it covers",
    arguments: [
      ("jwt: {providers: [{name: a, remoteJWKS: {uri: jwks}}]}", ""),
      ("jwt: {providers: [{name: a, issuer: ':x', remoteJWKS: {uri: https://i/j}}]}", ""),
      (
        "jwt: {providers: [{name: a, remoteJWKS: {uri: https://i/j}}, {name: a, "
          + "remoteJWKS: {uri: https://i/k}}]}", ""
      ),
      ("authorization: {rules: [{action: Deny, principal: {clientCIDRs: [10.0.0.0/33]}}]}", ""),
      ("authorization: {rules: [{action: Deny, principal: {clientCIDRs: ['1::2::3/8']}}]}", ""),
      ("oidc: {\(issuer), redirectURL: 'https://a.b', clientSecret: {name: s}}", ""),
      ("oidc: {\(issuer), clientSecret: {name: s}}", "stringData: {secret: x}"),
      (
        "apiKeyAuth: {\(place), credentialRefs: [{name: s}]}",
        "stringData: {a: x}\ndata: {b: eA==}"
      ),
      ("basicAuth: {users: {name: s}}", "stringData: {.htpasswd: 'foo:bar'}"),
      ("basicAuth: {users: {name: s}}", "stringData: {users: 'foo:{SHA}x'}"),
    ])
  func security(spec: String, secret: String) {
    let own = Self.policy("SecurityPolicy", spec)
    let answer = Ask.answer(Self.route + own + Self.stored("Secret", secret))
    #expect(answer.status == .failed, "\(answer.reason)")
    #expect(answer.reason.contains("SecurityPolicy own") && answer.reservations.isEmpty)
    // The policy on the route replaces the Gateway's.
    let near = Self.policy(
      "SecurityPolicy", "cors: {allowOrigins: ['*']}", on: "HTTPRoute, name: chat"
    )
    .replacing("name: own", with: "name: near")
    #expect(Ask.answer(Self.route + own + near).status == .done)
  }

  @Test(
    "a SecurityPolicy that asks a port or Backend that cannot be asked answers 500, or asks nobody",
    arguments: [
      ("extAuth: {http: {backendRefs: [{name: s, port: 81}]}}", true),
      ("extAuth: {grpc: {backendRef: {name: s, port: 53}}}", true),
      ("oidc: {provider: {backendRefs: [{kind: Backend, name: b}]}}", true),
      (
        "jwt: {providers: [{name: a, remoteJWKS: {uri: https://i/j, backendRefs: "
          + "[{kind: Backend, name: b}]}}]}", true
      ),
      ("extAuth: {failOpen: true, http: {backendRefs: [{name: s, port: 81}]}}", false),
      ("extAuth: {http: {backendRefs: [{name: s, port: 80}], backendRef: {name: s}}}", false),
      ("extAuth: {http: {backendRefs: [{name: elsewhere, port: 81}]}}", false),
    ])
  func asked(spec: String, isRefused: Bool) {
    let here =
      "---\napiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: team-a}\n"
      + "spec: {ports: [{port: 80}, {port: 53, protocol: UDP}]}\n"
      + "---\napiVersion: gateway.envoyproxy.io/v1alpha1\nkind: Backend\n"
      + "metadata: {name: b, namespace: team-a}\nspec: {type: DynamicResolver}\n"
    let answer = Ask.answer(Self.route + Self.policy("SecurityPolicy", spec) + here)
    #expect((answer.status == .failed) == isRefused, "\(answer.reason)")
  }

  @Test(
    "a sound SecurityPolicy decides who is let in, and no more",
    arguments: [
      (
        "jwt: {providers: [{name: a, issuer: 'https://i', remoteJWKS: {uri: https://i/j}}]}", 401, 0
      ),
      (
        "authorization: {defaultAction: Allow, rules: [{action: Deny, principal: {clientCIDRs: ['2001:db8::/32', "
          + "'::ffff:10.0.0.0/104', 10.0.0.0/8]}}]}", 200, 1
      ),
      // Where to send clients is for the issuer to say.
      (
        "oidc: {\(issuer), redirectURL: 'https://a.b/oauth2/callback', clientSecret: {name: s}}",
        302, 1
      ),
      ("apiKeyAuth: {\(place), credentialRefs: [{name: other}]}", 401, 0),
    ])
  func sound(spec: String, status: Int, count: Int) {
    let answer = Ask.answer(Self.route + Self.policy("SecurityPolicy", spec))
    #expect(
      answer.status.rawValue == status && answer.reservations.count == count, "\(answer.reason)")
  }

  @Test("a SecurityPolicy that is left aside asks nobody, and the Gateway's holds instead")
  func ignored() {
    let own = Self.policy(
      "SecurityPolicy", "apiKeyAuth: {extractFrom: [{headers: [a], cookies: [b]}]}",
      on: "HTTPRoute, name: chat")
    let alone = Ask.answer(Self.route + own)
    #expect(alone.status == .done && alone.reservations.isEmpty)
    #expect(alone.hasWarning("does nothing that it asks for"))
    let wide = Self.policy(
      "SecurityPolicy", "jwt: {providers: [{name: a, remoteJWKS: {uri: https://i/j}}]}"
    )
    .replacing("name: own", with: "name: wide")
    #expect(Ask.answer(Self.route + own + wide).reason.contains("SecurityPolicy wide asks"))
  }

  @Test(
    "so does a BackendTrafficPolicy",
    arguments: [
      "rateLimit: {global: {rules: [{clientSelectors: [{sourceCIDR: {value: 10.0.0.0/33}}]}]}}",
      "telemetry: {metrics: {routeStatName: '%ROUTE_NAME%-%HOST%'}}",
      "telemetry: {metrics: {routeStatName: '50%'}}",
      "responseOverride: [{response: {body: {type: ValueRef, valueRef: {name: s}}}}]",
    ])
  func backend(spec: String) {
    let yaml = Self.route + Ask.backendPolicy(spec) + Self.stored("ConfigMap", "data: {}")
    #expect(Ask.answer(yaml).status == .failed)
  }

  @Test("a global limit is refused where Envoy Gateway is set up without the service that counts")
  func uncounted() {
    let limit = Ask.backendPolicy("rateLimit: {type: Global, global: {rules: []}}")
    func answer(_ configuration: String) -> Answer {
      Ask.answer(
        Self.route + limit + """
          ---
          apiVersion: gateway.envoyproxy.io/v1alpha1
          kind: EnvoyGateway
          extensionApis: {enableBackend: true}
          \(configuration)

          """)
    }
    #expect(answer("gateway: {}").status == .failed)
    #expect(answer("rateLimit: {backend: {type: Redis}}").status == .done)
    #expect(Ask.answer(Self.route + limit).status == .done)
  }

  @Test("Backends that Envoy Gateway's configuration does not take answer 500")
  func notTaken() {
    let off = "---\napiVersion: gateway.envoyproxy.io/v1alpha1\nkind: EnvoyGateway\n"
    #expect(Ask.answer(Self.route + off).status == .failed)
    let on = off + "extensionApis: {enableBackend: true}\n"
    #expect(Ask.answer(Self.route + on).status == .done)
  }

  @Test(
    "clients' certificates cannot be verified on an HTTPS listener without what to verify them by",
    arguments: [
      ("{}", true), ("{optional: true}", true), ("{mode: VerifyIfGiven}", true),
      ("{mode: Request}", false), ("{caCertificateRefs: [{name: ca}]}", false),
    ])
  func clients(validation: String, isRefused: Bool) {
    let policy = Self.policy("ClientTrafficPolicy", "tls: {clientValidation: \(validation)}")
    let https = Self.gateway(
      "{name: a, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: c}]}}")
    #expect(Ask.answer(Self.route + https + policy).status == (isRefused ? .failed : .done))
    let http = Self.gateway("{name: a, protocol: HTTP, port: 80}")
    #expect(Ask.answer(Self.route + http + policy).status == .done)
  }

  @Test(
    "a Backend that is refused answers 500 for its part",
    arguments: [
      "{unix: {path: /run/a.sock}}", "{ip: {address: 127.0.0.2, port: 80}}",
      "{fqdn: {hostname: ollama, port: 80}}", "{fqdn: {hostname: 10.0.0.1, port: 80}}",
    ])
  func backends(endpoint: String) {
    let services = Documents.service("a") + Documents.service("b")
    let refused =
      services + TrafficSplitTests.backend("a", endpoint)
      + TrafficSplitTests.backend("b", TrafficSplitTests.byName)
    #expect(Ask.answer(Self.route + refused).status == .failed)
    let both = Ask.answer(TrafficSplitTests.route("{name: a}, {name: b, priority: 1}") + refused)
    #expect(both.status == .done && both.shares == [0.5, 0.5])
    #expect(both.hasWarning("50% of the requests get 500"))
  }

  @Test("HTTPS without a certificate is not programmed, and leaves its port to others")
  func certificates() {
    let bare = "{name: a, protocol: HTTPS, port: 80"
    let plain = "{name: b, protocol: HTTP, port: 80}"
    for tls in ["}", ", tls: {}}", ", tls: {certificateRefs: [{kind: ConfigMap, name: c}]}}"] {
      #expect(Ask.answer(Self.route + Self.gateway(bare + tls)).status == .notFound)
      #expect(Ask.answer(Self.route + Self.gateway("\(bare)\(tls), \(plain)")).listener == "b")
    }
    let whole = bare + ", tls: {certificateRefs: [{name: c}]}}"
    #expect(Ask.answer(Self.route + Self.gateway("\(whole), \(plain)")).status == .notFound)
  }

  @Test("the name of a namespace decides without its Namespace, other labels are taken to fit")
  func namespaces() {
    func answer(_ labels: String) -> Answer {
      Ask.answer(
        Self.route
          + Self.gateway(
            "{name: a, protocol: HTTP, port: 80, allowedRoutes: {namespaces: {from: Selector, "
              + "selector: {matchLabels: {\(labels)}}}}}"))
    }
    let name = "kubernetes.io/metadata.name"
    #expect(answer("\(name): team-a").reservations.isEmpty)
    #expect(answer("\(name): team-a").status == .done && answer("").reservations.isEmpty)
    #expect(answer("\(name): team-b").status == .notFound)
    #expect(answer("\(name): team-b, a: b").status == .notFound)
    #expect(answer("\(name): team-a, a: b").reservations.count == 1)
  }
}
