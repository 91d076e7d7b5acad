import Manifest
import Simulation
import Testing

/// What the controller writes (domain.md 2).
@Suite struct GeneratedTests {
  static let sample =
    Documents.route(
      "{name: gpt, matches: [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}], "
        + "timeouts: {request: 120s}, backendRefs: [{name: openai, weight: 9}, "
        + "{name: azure, namespace: shared, priority: 1, modelNameOverride: gpt-4o-eu}]}",
      more: ", labels: {app: chat}")
    + Documents.service("openai") + Documents.service("azure", namespace: "shared")
    + Documents.grant(in: "shared")

  static func generated(_ yaml: String) throws -> Generated {
    try #require(Generated.all(in: Documents.read(yaml)).first)
  }

  @Test("the sample of domain.md 2.5 reads back as it stands there")
  func stored() throws {
    let generated = try GeneratedTests.generated(
      GeneratedTests.sample.replacing("gw, namespace: team-a", with: "gw"))
    #expect(generated.failure == nil && generated.warnings.isEmpty)
    let expected = Documents.read(
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata:
        annotations:
          gateway.envoyproxy.io/ai-gateway-generated: "true"
          gateway.envoyproxy.io/backend-ref-priority: 0:openai:0,0:azure:1
        labels:
          app: chat
        name: chat
        namespace: team-a
        ownerReferences:
        - apiVersion: aigateway.envoyproxy.io/v1beta1
          blockOwnerDeletion: true
          controller: true
          kind: AIGatewayRoute
          name: chat
          uid: <uid of the AIGatewayRoute>
      spec:
        parentRefs:
        - group: gateway.networking.k8s.io
          kind: Gateway
          name: gw
        rules:
        - backendRefs:
          - group: gateway.envoyproxy.io
            kind: Backend
            name: openai-be
            weight: 9
          - group: gateway.envoyproxy.io
            kind: Backend
            name: azure-be
            namespace: shared
            weight: 1
          filters:
          - extensionRef:
              group: gateway.envoyproxy.io
              kind: HTTPRouteFilter
              name: ai-eg-host-rewrite-chat
            type: ExtensionRef
          matches:
          - headers:
            - name: x-ai-eg-model
              type: Exact
              value: gpt-4o
            path:
              type: PathPrefix
              value: /
          name: gpt
          timeouts:
            request: 120s
        - filters:
          - extensionRef:
              group: gateway.envoyproxy.io
              kind: HTTPRouteFilter
              name: ai-eg-route-not-found-response-chat
            type: ExtensionRef
          matches:
          - path:
              type: PathPrefix
              value: /
          name: route-not-found
      """)
    #expect(generated.objects(.stored).map(\.node).first == expected.first)
  }
}
