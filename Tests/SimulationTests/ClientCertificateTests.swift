import Resources
import Schemas
import Simulation
import Testing

/// The certificates that proxies show to backends with TLS.
@Suite struct ClientCertificateTests {
  private static let routed =
    Documents.route("{backendRefs: [{name: a}]}") + Documents.service("a", backend: "a")

  private static func backend(_ tls: String = "{wellKnownCACertificates: System, sni: a.b}")
    -> String
  {
    """
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: Backend
    metadata: {name: a, namespace: team-a}
    spec: {endpoints: [{fqdn: {hostname: a.b, port: 443}}]\(tls.isEmpty ? "" : ", tls: \(tls)")}

    """
  }

  private static func gateway(_ more: String) -> String {
    """
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: gw, namespace: team-a}
    spec: {gatewayClassName: eg, listeners: [{name: http, port: 80, protocol: HTTP}], \(more)}

    """
  }

  private static func secret(_ name: String, _ data: String = "{tls.crt: x, tls.key: y}") -> String
  {
    """
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: \(name), namespace: team-a}
    type: kubernetes.io/tls
    stringData: \(data)

    """
  }

  private static let proxied = gateway(
    "infrastructure: {parametersRef: {group: gateway.envoyproxy.io, kind: EnvoyProxy, name: p}}")

  private static func proxy(_ ref: String) -> String {
    """
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: EnvoyProxy
    metadata: {name: p, namespace: team-a}
    spec: {backendTLS: {clientCertificateRef: \(ref)}}

    """
  }

  private static func shown(by ref: String) -> String {
    gateway("tls: {backend: {clientCertificateRef: \(ref)}}")
  }

  private func doubts(_ yaml: String) -> [String] {
    Ask.answer(Self.routed + yaml).reservations.filter { $0.contains("certificate") }
  }

  @Test("a Gateway whose certificate for backends is none shows none, and requests are sent")
  func ofGateway() {
    let bad = Self.backend() + Self.shown(by: "{name: c}") + Self.secret("c", "{cert: x}")
    #expect(Ask.answer(Self.routed + bad).status == .done)
    #expect(doubts(bad).count == 1)
    let good = Self.backend() + Self.shown(by: "{name: c}") + Self.secret("c")
    #expect(doubts(good) == [])
    let missing = Self.backend() + Self.shown(by: "{name: c}") + Self.secret("d")
    #expect(doubts(missing).count == 1)
    let elsewhere = Self.backend() + Self.shown(by: "{name: c, namespace: vault}")
    #expect(doubts(elsewhere).count == 1)
  }

  @Test("a certificate for backends says nothing of a backend without TLS")
  func plainText() {
    let plain = Self.backend("") + Self.secret("c", "{cert: x}")
    #expect(doubts(plain + Self.shown(by: "{name: c}")) == [])
    #expect(
      Ask.answer(Self.routed + plain + Self.proxied + Self.proxy("{name: c, namespace: vault}"))
        .status == .done)
  }

  @Test("an EnvoyProxy's certificate of another namespace makes backends with TLS answer 500")
  func ofProxy() {
    let bad = Self.backend() + Self.proxied + Self.proxy("{name: c, namespace: vault}")
    #expect(Ask.answer(Self.routed + bad).status == .failed)
    let good = Self.backend() + Self.proxied + Self.proxy("{name: c}")
    #expect(Ask.answer(Self.routed + good).status == .done)
  }

  @Test("a Gateway's own certificate for backends counts, not the EnvoyProxy's")
  func both() {
    let both = Self.proxied.replacing(
      "infrastructure:", with: "tls: {backend: {clientCertificateRef: {name: c}}}, infrastructure:")
    let yaml = Self.backend() + both + Self.proxy("{name: c, namespace: vault}") + Self.secret("c")
    #expect(Ask.answer(Self.routed + yaml).status == .done)
    #expect(doubts(yaml) == [])
  }

  @Test(
    "Envoy Gateway 1.7, which goes with AI Gateway 0.6, ignores a Gateway's certificate")
  func release() {
    let yaml = Self.routed + Self.backend() + Self.shown(by: "{name: c}") + Self.secret("c")
    let simulator = Simulator(documents: Documents.read(yaml), release: .v0_6)
    let answer = simulator.answer(to: Request(model: "m"))
    #expect(answer.status == .done)
    #expect(answer.reservations.contains { $0.contains("Envoy Gateway 1.7") })
  }
}
