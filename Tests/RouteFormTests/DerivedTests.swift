import Foundation
import YAML
import Testing

@testable import RouteForm

@Suite("what follows from the route")
struct DerivedTests {
  private static func named(_ recipe: Recipe = .blank) -> FormState {
    var form = recipe.form
    form.type("openai-route", "route.metadata.name")
    form.type("my-gateway", "route.spec.parentRefs[0].name")
    return form
  }

  @Test("the policy follows the Gateway and its namespace")
  func policy() {
    var form = Self.named()
    #expect(form.text("policy.spec.targetRefs[0].name") == "my-gateway")
    #expect(form.text("policy.metadata.namespace") == "default")
    form.type("infra", "route.spec.parentRefs[0].namespace")
    #expect(form.text("policy.metadata.namespace") == "infra")
    form.type("", "route.spec.parentRefs[0].namespace")
    form.type("team-a", "route.metadata.namespace")
    #expect(form.text("policy.metadata.namespace") == "team-a")
    form.type("other", "route.spec.parentRefs[0].name")
    #expect(form.text("policy.spec.targetRefs[0].name") == "other")
  }

  @Test("the policy targets each Gateway of its own namespace once")
  func targets() {
    var form = Self.named()
    for (index, parent) in [("b", "default"), ("c", "far"), ("my-gateway", "default")].enumerated()
    {
      _ = form.perform(
        .insert(Template.parentRef, into: FormState.parentList, at: form.parentRefs.count))
      form.type(parent.0, "route.spec.parentRefs[\(index + 1)].name")
      form.type(parent.1, "route.spec.parentRefs[\(index + 1)].namespace")
    }
    let names = form.document(.policy)["spec"]?["targetRefs"]?.items.map { $0["name"]?.text }
    #expect(names == ["my-gateway", "b"])
  }

  @Test("what was edited of the policy stays, the rest goes on following")
  func edited() {
    var form = Self.named()
    form.type("https", "policy.spec.targetRefs[0].sectionName")
    form.type("next", "route.spec.parentRefs[0].name")
    #expect(form.text("policy.spec.targetRefs[0].name") == "my-gateway", "the user's list now")
    form.type("infra", "route.spec.parentRefs[0].namespace")
    #expect(form.text("policy.metadata.namespace") == "infra")
    form.type("fixed", "policy.metadata.namespace")
    form.type("elsewhere", "route.spec.parentRefs[0].namespace")
    #expect(form.text("policy.metadata.namespace") == "fixed")
    form.type("", "policy.metadata.namespace")
    #expect(form.text("policy.metadata.namespace") == "elsewhere", "unset follows again")
  }

  @Test("the policy is written as the card's step 1")
  func card() {
    #expect(
      Self.named().yaml(.policy) == """
        apiVersion: gateway.envoyproxy.io/v1alpha1
        kind: ClientTrafficPolicy
        metadata:
          name: client-buffer-limit
          namespace: default
        spec:
          targetRefs:
            - group: gateway.networking.k8s.io
              kind: Gateway
              name: my-gateway
          connection:
            bufferLimit: 50Mi

        """)
  }

  @Test("the retry policy targets the HTTPRoute that has the route's name")
  func retry() {
    var form = Self.named(.failoverPair)
    #expect(
      form.yaml(.retry).hasPrefix(
        """
        apiVersion: gateway.envoyproxy.io/v1alpha1
        kind: BackendTrafficPolicy
        metadata:
          name: openai-route-retry
          namespace: default
        spec:
          targetRefs:
            - group: gateway.networking.k8s.io
              kind: HTTPRoute
              name: openai-route
          retry:

        """))
    form.type("llm", "route.metadata.name")
    form.type("team-a", "route.metadata.namespace")
    #expect(form.text("retry.metadata.name") == "llm-retry")
    #expect(form.text("retry.metadata.namespace") == "team-a")
    #expect(form.text("retry.spec.targetRefs[0].name") == "llm")
    form.type("mine", "retry.metadata.name")
    form.type("llm-2", "route.metadata.name")
    #expect(form.text("retry.metadata.name") == "mine")
  }

  @Test("the retries reach the last of many priorities")
  func retries() {
    var form = Recipe.blank.form
    for row in 0..<8 {
      form.type("\(row)", "route.spec.rules[0].backendRefs[\(row)].priority")
    }
    form.writeRetry(true)
    #expect(form.text("retry.spec.retry.numRetries") == "7")
    #expect(form.text("retry.spec.retry.numAttemptsPerPriority") == "1")
    form.type("9", "retry.spec.retry.numRetries")
    form.writeRetry(false)
    #expect(form.objects == [.policy, .route])
    form.writeRetry(true)
    #expect(form.text("retry.spec.retry.numRetries") == "9", "what was set is still there")
  }

  @Test("a foreign namespace takes two grants, one for each controller")
  func grants() {
    var form = Self.named()
    form.type("team-a", "route.metadata.namespace")
    form.type("shared", "route.spec.rules[0].backendRefs[0].namespace")
    #expect(form.foreignNamespaces == ["shared"])
    form.writeGrants(for: "shared", true)
    #expect(form.objects == [.policy, .grant(0), .grant(1), .route])
    #expect(
      form.yaml(.grant(0)) == """
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata:
          name: allow-airoute-team-a
          namespace: shared
        spec:
          from:
            - group: aigateway.envoyproxy.io
              kind: AIGatewayRoute
              namespace: team-a
          to:
            - group: aigateway.envoyproxy.io
              kind: AIServiceBackend

        """)
    #expect(
      form.yaml(.grant(1)) == """
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata:
          name: allow-httproute-team-a
          namespace: shared
        spec:
          from:
            - group: gateway.networking.k8s.io
              kind: HTTPRoute
              namespace: team-a
          to:
            - group: gateway.envoyproxy.io
              kind: Backend

        """)
  }

  @Test("a pool in a foreign namespace is what its grants allow")
  func poolGrants() {
    var form = Self.named(.inferencePool)
    form.type("gpu", "route.spec.rules[0].backendRefs[0].namespace")
    form.writeGrants(for: "gpu", true)
    for index in 0...1 {
      #expect(
        form.document(.grant(index))["spec"]?["to"]
          == .sequence([
            .map([
              "group": .string("inference.networking.k8s.io"), "kind": .string("InferencePool"),
            ])
          ]))
    }
  }

  @Test("backends and a pool in one foreign namespace are both allowed by each grant")
  func bothKinds() {
    var form = Self.named(.inferencePool)
    form.type("far", "route.spec.rules[0].backendRefs[0].namespace")
    _ = form.perform(.insert(Template.rule, into: FormState.ruleList, at: 1))
    form.type("far", "route.spec.rules[1].backendRefs[0].namespace")
    form.writeGrants(for: "far", true)
    let kinds = (0...1).map { index in
      form.document(.grant(index))["spec"]?["to"]?.items.compactMap { $0["kind"]?.text }
    }
    #expect(kinds == [["AIServiceBackend", "InferencePool"], ["Backend", "InferencePool"]])
  }

  @Test("the route's own namespace needs no grant")
  func ownNamespace() {
    var form = Self.named()
    form.type("default", "route.spec.rules[0].backendRefs[0].namespace")
    #expect(form.foreignNamespaces.isEmpty)
  }

  @Test("taking one namespace's grants away leaves what was typed into another's")
  func otherGrants() {
    var form = Self.named()
    form.writeGrants(for: "a", true)
    form.writeGrants(for: "b", true)
    form.type("mine", "grant[2].metadata.name")
    form.type("Not A Name", "grant[3].metadata.name")
    form.writeGrants(for: "a", false)
    #expect(form.grants.map(\.namespace) == ["b", "b"])
    #expect(form.text("grant[0].metadata.name") == "mine")
    #expect(form.text("grant[1].metadata.name") == "Not A Name")
  }

  @Test("faults in what follows from the route are the route's, those in what was set are not")
  func derived() throws {
    var form = Self.named(.failoverPair)
    form.writeGrants(for: "a", true)
    func isDerived(_ path: String) throws -> Bool { form.isDerived(try #require(Address(path))) }
    #expect(try isDerived("policy.metadata.namespace"))
    #expect(try isDerived("policy.spec.targetRefs[0].name"))
    #expect(try isDerived("retry.metadata.name"))
    #expect(try isDerived("grant[0].spec.from[0].namespace"))
    #expect(try !isDerived("policy.metadata.name"))
    #expect(try !isDerived("policy.spec.connection.bufferLimit"))
    #expect(try !isDerived("retry.spec.retry.numRetries"))
    #expect(try !isDerived("route.metadata.namespace"))
    form.type("mine", "retry.metadata.name")
    #expect(try !isDerived("retry.metadata.name"))
  }
}
