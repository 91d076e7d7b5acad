import Foundation
import YAML
import Testing

@testable import RouteForm

@Suite("recipes")
struct RecipeTests {
  /// The policy of every recipe: that of step 1, without the names only the user knows.
  private static let policy = """
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata:
      name: client-buffer-limit
      namespace: default
    spec:
      targetRefs:
        - group: gateway.networking.k8s.io
          kind: Gateway
      connection:
        bufferLimit: 50Mi
    ---

    """

  private static let head = """
    apiVersion: aigateway.envoyproxy.io/v1alpha1
    kind: AIGatewayRoute
    metadata:
      namespace: default
    spec:
      parentRefs:
        - kind: Gateway
          group: gateway.networking.k8s.io
      rules:

    """

  /// What the rules of each recipe look like, as the card writes them.
  static let rules: [Recipe: String] = [
    .blank: """
        - matches:
            - headers:
                - type: Exact
                  name: x-ai-eg-model
          backendRefs:
            - {}

    """,
    .singleModel: """
        - matches:
            - headers:
                - type: Exact
                  name: x-ai-eg-model
                  value: gpt-4o-mini
          backendRefs:
            - name: openai-backend

    """,
    .weightedSplit: """
        - matches:
            - headers:
                - type: Exact
                  name: x-ai-eg-model
                  value: gpt-4o
          backendRefs:
            - name: openai-backend
              weight: 80
            - name: azure-openai-backend
              weight: 20

    """,
    .failoverPair: """
        - matches:
            - headers:
                - type: Exact
                  name: x-ai-eg-model
                  value: gpt-4o
          backendRefs:
            - name: primary-openai
              priority: 0
            - name: fallback-openai
              priority: 1
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: BackendTrafficPolicy
    metadata:
      namespace: default
    spec:
      targetRefs:
        - group: gateway.networking.k8s.io
          kind: HTTPRoute
      retry:
        numAttemptsPerPriority: 1
        numRetries: 5
        retryOn:
          triggers:
            - connect-failure
            - refused-stream
            - reset
            - retriable-status-codes
          httpStatusCodes:
            - 429
            - 500
            - 502
            - 503
            - 504

    """,
    .tenantHeader: """
        - matches:
            - headers:
                - type: Exact
                  name: x-ai-eg-model
                  value: gpt-4o
                - type: Exact
                  name: x-tenant
                  value: team-a
          backendRefs:
            - name: team-a-backend
        - matches:
            - headers:
                - type: Exact
                  name: x-ai-eg-model
                  value: gpt-4o
          backendRefs:
            - name: openai-backend

    """,
    .catchAll: """
        - backendRefs:
            - name: my-openai-backend

    """,
    .inferencePool: """
        - matches:
            - headers:
                - type: Exact
                  name: x-ai-eg-model
                  value: llama-3-8b-instruct
          backendRefs:
            - name: my-inference-pool
              group: inference.networking.k8s.io
              kind: InferencePool

    """,
  ]

  @Test(
    "a recipe writes what the card shows, in its order of keys",
    arguments: Recipe.allCases.filter { !$0.isWhole })
  func documents(_ recipe: Recipe) throws {
    let rules = try #require(Self.rules[recipe])
    #expect(recipe.form.yaml == Self.policy + Self.head + rules)
  }

  @Test("a recipe starts without drafts and replays as itself", arguments: Recipe.allCases)
  func clean(_ recipe: Recipe) {
    #expect(recipe.form.invalidTexts.isEmpty)
    #expect(recipe.form.grants.isEmpty)
    #expect(
      recipe.form.writesRetry == (recipe == .failoverPair || recipe == .openAIAzureFailover))
  }

  @Test("a recipe is found by its name, its beginning or one of its words, never by a doubtful one")
  func names() {
    for recipe in Recipe.allCases { #expect(Recipe(named: recipe.rawValue) == recipe) }
    #expect(Recipe(named: "split") == .weightedSplit)
    #expect(Recipe(named: "fail") == .failoverPair)
    #expect(Recipe(named: "pool") == .inferencePool)
    #expect(Recipe(named: "all") == .catchAll)
    #expect(Recipe(named: "") == nil)
    #expect(Recipe(named: "t") == .tenantHeader)
    #expect(Recipe(named: "m") == .singleModel)
    #expect(Recipe(named: "p") == nil, "pair and pool both begin with p")
    #expect(Recipe(named: "Blank") == nil)
  }
}
