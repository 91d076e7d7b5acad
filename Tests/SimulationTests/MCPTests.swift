import Resources
import Simulation
import Testing

/// What becomes of requests at the path of an MCPRoute.
@Suite struct MCPTests {
  private static func tools(_ more: String) -> String {
    """
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: MCPRoute
    metadata: {name: tools, namespace: team-a}
    spec:
      parentRefs: [{name: gw}]
      backendRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: github}]
    \(more.split(separator: "\n").map { "  \($0)\n" }.joined())
    """
  }

  private static let chat = Documents.route("{backendRefs: [{name: a}]}")

  @Test("a request at the path of an MCPRoute goes to AI Gateway's MCP proxy, not to a model")
  func path() {
    let answer = Ask.answer(Self.chat + Self.tools(""), path: "/mcp")
    #expect(answer.status == .done)
    #expect(answer.route == ObjectKey("team-a", "ai-eg-mcp-main-tools"))
    #expect(answer.warnings.contains { $0.contains("MCPRoute team-a/tools") })
    let chat = Ask.answer(Self.chat + Self.tools(""))
    #expect(chat.route == ObjectKey("team-a", "chat"))
    // It is matched exactly.
    #expect(Ask.answer(Self.chat + Self.tools(""), path: "/mcp/").status == .notFound)
    #expect(Ask.answer(Self.tools("path: /tools"), path: "/tools").status == .done)
  }

  @Test("an MCPRoute whose headers do not fit leaves the request to others")
  func headers() {
    let tools = Self.tools("headers: [{name: x-team, value: a}]")
    #expect(Ask.answer(tools, path: "/mcp").status == .notFound)
    #expect(Ask.answer(tools, path: "/mcp", headers: ["x-team": "a"]).status == .done)
  }

  @Test("an MCPRoute without hostnames is not seen on a host that another route names")
  func hosts() {
    let hosted = Documents.route("{backendRefs: [{name: a}]}", hosts: "a.example.com")
    let answer = Ask.answer(hosted + Self.tools(""), host: "a.example.com", path: "/mcp")
    #expect(answer.status == .notFound)
    let other = Ask.answer(hosted + Self.tools(""), host: "b.example.com", path: "/mcp")
    #expect(other.status == .done)
  }

  @Test("what an MCPRoute asks of clients is told, and where Envoy Gateway refuses it 500")
  func security() {
    let secured = Self.tools(
      "securityPolicy: {apiKeyAuth: {credentialRefs: [{name: keys}], "
        + "extractFrom: [{headers: [x-key]}]}}")
    let asked = Ask.answer(secured, path: "/mcp")
    #expect(asked.status == .unauthorized && asked.reason.contains("ai-eg-mcp-tools asks"))
    let keys =
      "---\n{apiVersion: v1, kind: Secret, metadata: {name: keys, namespace: team-a}, "
      + "stringData: {a: x, b: x}}\n"
    #expect(Ask.answer(secured + keys, path: "/mcp").status == .failed)
  }

  @Test(
    "an MCPRoute takes the place of a SecurityPolicy of its Gateway, and keeps one without its own")
  func gatewayPolicy() {
    let policy = """
      ---
      apiVersion: gateway.envoyproxy.io/v1alpha1
      kind: SecurityPolicy
      metadata: {name: everyone, namespace: team-a}
      spec:
        targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]
        basicAuth: {users: {name: users}}

      """
    let kept = Ask.answer(policy + Self.tools(""), path: "/mcp")
    #expect(kept.status == .unauthorized && kept.reason.contains("SecurityPolicy everyone asks"))
    let tools = Self.tools(
      "securityPolicy: {extAuth: {http: {backendRefs: [{name: auth, port: 80}]}}}")
    let own = Ask.answer(policy + tools, path: "/mcp").reservations.joined(separator: "\n")
    #expect(own.contains("ai-eg-mcp-tools (extAuth)") && !own.contains("everyone"))
  }

  @Test("an MCPRoute at whose server AI Gateway stops asks clients for nothing")
  func stopped() {
    let secured = Self.tools(
      "securityPolicy: {apiKeyAuth: {credentialRefs: [{name: keys}], "
        + "extractFrom: [{headers: [x-key]}]}}")
    let elsewhere = secured.replacing("name: github}", with: "name: github, namespace: tools}")
    let keyed = secured.replacing(
      "name: github}",
      with: "name: github, securityPolicy: {apiKey: {secretRef: {name: s}}}}")
    let secret =
      "---\n{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: team-a}, "
      + "stringData: {token: x}}\n"
    let empty = secured.replacing(
      "name: github}",
      with: "name: github, securityPolicy: {apiKey: {inline: '', queryParam: k}}}")
    for yaml in [elsewhere, keyed + secret, empty] {
      let answer = Ask.answer(yaml, path: "/mcp")
      #expect(answer.reservations.contains { $0.contains("stops at server github") })
    }
    for yaml in [secured, keyed] {
      let answer = Ask.answer(yaml, path: "/mcp")
      #expect(!answer.reservations.contains { $0.contains("stops at server") })
    }
  }

  @Test("an MCPRoute whose HTTPRoute the server refuses serves nothing")
  func refused() {
    let answer = Ask.answer(Self.chat + Self.tools("path: mcp"), path: "/mcp")
    #expect(answer.status == .notFound)
    #expect(answer.warnings.contains { $0.contains("MCPRoute team-a/tools") })
  }
}
