import Lint
import YAML
import Testing

/// The examples of the card that the wizard was asked for.
@Suite struct ExampleRouteTests {
  private static let policy = """
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata: {name: client-buffer-limit, namespace: default}
    spec:
      targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]
      connection: {bufferLimit: 50Mi}
    ---

    """

  private static func route(_ rules: String) -> String {
    policy + """
      apiVersion: aigateway.envoyproxy.io/v1alpha1
      kind: AIGatewayRoute
      metadata: {name: openai-route, namespace: default}
      spec:
        parentRefs: [{name: gw, kind: Gateway, group: gateway.networking.k8s.io}]
        rules: [\(rules)]
      """
  }

  private static let gpt =
    "matches: [{headers: [{type: Exact, name: x-ai-eg-model, value: gpt-4o}]}]"

  @Test(
    "the card's examples are free of errors and warnings",
    arguments: [
      "{\(gpt), backendRefs: [{name: openai}]}",
      "{\(gpt), backendRefs: [{name: openai, weight: 80}, {name: azure, weight: 20}]}",
      "{backendRefs: [{name: openai}]}",
      "{\(gpt), timeouts: {request: 300s}, backendRefs: [{name: openai}]}",
      "{\(gpt), backendRefs: [{name: azure, modelNameOverride: gpt-4o}]}",
      "{\(gpt), backendRefs: [{name: pool, \(Manifests.pool)}]}",
    ])
  func good(rule: String) {
    var linter = Linter()
    let findings = linter.findings(in: Manifests.read(Self.route(rule)))
    #expect(findings.filter { $0.severity != .info }.map(\.rule) == [])
    #expect(findings.contains { $0.rule == "L01" && $0.fix != nil })
  }

  @Test("the card's failover lacks its retry policy, and nothing else")
  func failover() throws {
    var documents = Manifests.read(
      Self.route(
        "{\(Self.gpt), backendRefs: [{name: a, priority: 0}, {name: b, priority: 1}]}"))
    var linter = Linter()
    // The policy may be in another file, so that this is no more than an info.
    let findings = linter.findings(in: documents).filter { $0.fix?.title == "write a retry policy" }
    #expect(findings.map(\.rule) == ["L33"])
    #expect(findings.map(\.severity) == [.info])
    try #require(findings.first?.fix).apply(to: &documents)
    #expect(linter.findings(in: documents).allSatisfy { $0.severity == .info })
  }
}
