import Schemas
import Lint
import YAML
import Testing

@Suite struct FixOfferTests {
  private let rule =
    "{backendRefs: [{name: a}, {name: b, namespace: shared, priority: 1}, "
    + "{name: c, namespace: other, priority: 2}]}, "
    + "{backendRefs: [{name: p, \(Manifests.pool), namespace: shared}]}"

  private func rules(in documents: [Node], _ ids: Set<String>) -> [String] {
    var linter = Linter()
    return linter.findings(in: documents).map(\.rule).filter(ids.contains)
  }

  @Test("what is offered for a route is what its rules ask for")
  func sufficiency() throws {
    let route = try #require(Manifests.read(Manifests.rules(rule)).first)
    let asked: Set = ["L11", "L33", "L35", "L36", "L37", "L60"]
    #expect(Set(rules(in: [route], asked)) == ["L11", "L33", "L60"])
    let grants = ["shared", "other"].flatMap { namespace in
      Manifests.read(
        """
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata: {name: allow-airoute-team-a, namespace: \(namespace)}
        spec:
          from: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute, namespace: team-a}]
          to:
          - {group: aigateway.envoyproxy.io, kind: AIServiceBackend}
          - {group: inference.networking.k8s.io, kind: InferencePool}
        ---
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata: {name: allow-httproute-team-a, namespace: \(namespace)}
        spec:
          from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: team-a}]
          to:
          - {group: gateway.envoyproxy.io, kind: Backend}
          - {group: inference.networking.k8s.io, kind: InferencePool}
        """)
    }
    let all =
      [SuggestedObjects.bufferPolicy(gateway: "gw", namespace: "team-a")] + grants + [route]
      + [SuggestedObjects.retryPolicy(for: route)]
    #expect(rules(in: all, asked) == [])
    var linter = Linter()
    #expect(!linter.findings(in: all).contains { $0.severity == .error })
  }

  @Test("the retry policy targets the HTTPRoute of the same name and reaches every priority")
  func retries() throws {
    let route = try #require(Manifests.read(Manifests.rules(rule)).first)
    let expected = Manifests.read(
      """
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
            httpStatusCodes: [429, 500, 502, 503, 504]
      """)
    #expect([SuggestedObjects.retryPolicy(for: route)] == expected)
  }

  @Test("the fix for missing grants adds only those that are missing, under free names")
  func partialGrants() throws {
    var documents = Manifests.read(
      Manifests.joined(
        Manifests.rule("{backendRefs: [{name: a, namespace: shared}]}"),
        Manifests.grant(
          "{from: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute, namespace: team-a}], "
            + "to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend}]}",
          name: "allow-httproute-team-a")))
    var linter = Linter()
    let finding = try #require(linter.findings(in: documents).first { $0.rule == "L60" })
    finding.fix?.apply(to: &documents)
    #expect(documents.count == 3)
    #expect(documents[2]["metadata"]?["name"] == .string("allow-httproute-team-a-2"))
    #expect(!linter.findings(in: documents).contains { $0.rule == "L60" })
  }
}
