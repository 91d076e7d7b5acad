internal import Schemas
import YAML

/// A form to start from, without the names that only the user knows (route and Gateway).
package enum Recipe: String, CaseIterable, Sendable {
  case blank
  case singleModel = "single-model"
  case weightedSplit = "weighted-split"
  case failoverPair = "failover-pair"
  case tenantHeader = "tenant-header"
  case catchAll = "catch-all"
  case inferencePool = "inference-pool"
  case openAI = "openai"
  case openAIAzureFailover = "openai-azure-failover"
  case anthropicAndOpenAI = "anthropic-and-openai"
  case bedrock
  case selfHostedVLLM = "self-hosted-vllm"

  /// What it is for, in one line.
  package var summary: String {
    switch self {
    case .blank: "an empty route with its buffer policy"
    case .singleModel: "one model to one backend"
    case .weightedSplit: "one model over two backends, 80/20"
    case .failoverPair: "a primary, a fallback backend and retries"
    case .tenantHeader: "a tenant's own backend, by a second header"
    case .catchAll: "every model to one backend"
    case .inferencePool: "one model to a self-hosted InferencePool"
    case .openAI: "everything for OpenAI, from Gateway to key"
    case .openAIAzureFailover: "everything for OpenAI, Azure when it fails"
    case .anthropicAndOpenAI: "everything for Anthropic and OpenAI"
    case .bedrock: "everything for a model on AWS Bedrock"
    case .selfHostedVLLM: "everything for vLLM in the cluster"
    }
  }

  /// The recipe of a name, or of an unambiguous beginning or word of it (`split`).
  package init?(named name: String) {
    if let exact = Recipe(rawValue: name) {
      self = exact
      return
    }
    let found = Recipe.all(named: name)
    guard found.count == 1, let only = found.first else { return nil }
    self = only
  }

  /// The recipes of which a text is the only beginning, or the beginning of a word.
  package static func all(named name: String) -> [Recipe] {
    if name.isEmpty { return [] }
    let beginnings = allCases.filter { $0.rawValue.hasPrefix(name) }
    if beginnings.count == 1 { return beginnings }
    return allCases.filter { recipe in
      recipe.rawValue.split(separator: "-").contains { $0.hasPrefix(name) }
    }
  }

  /// The form as this recipe starts it.
  package var form: FormState {
    var form = FormState(
      route: .map([
        "apiVersion": .string("aigateway.envoyproxy.io/v1alpha1"),
        "kind": .string("AIGatewayRoute"),
        "metadata": .map(["namespace": .string("default")]),
        "spec": .map([
          "parentRefs": .sequence([Template.parentRef]),
          "rules": .sequence(rules),
        ]),
      ]),
      policy: .map([
        "metadata": .map(["name": .string("client-buffer-limit")]),
        "spec": .map(["connection": .map(["bufferLimit": .string("50Mi")])]),
      ]),
      retry: .map([:]))
    if self == .failoverPair || self == .openAIAzureFailover { form.writeRetry(true) }
    for (name, preset) in providers {
      form.providers.append(FormState.Provider(name: name, preset: preset))
    }
    form.writesGateway = !providers.isEmpty
    form.writesClass = !providers.isEmpty
    return form
  }

  /// Whether it is a whole route, with its Gateway and backends.
  package var isWhole: Bool { !providers.isEmpty }

  /// The backends that it describes, and the preset of each.
  private var providers: [(name: String, preset: String)] {
    switch self {
    case .blank, .singleModel, .weightedSplit, .failoverPair, .tenantHeader, .catchAll,
      .inferencePool:
      []
    case .openAI: [("openai", "openai")]
    case .openAIAzureFailover: [("openai", "openai"), ("azure-openai", "azure-openai")]
    case .anthropicAndOpenAI: [("anthropic", "anthropic"), ("openai", "openai")]
    case .bedrock: [("bedrock", "aws-bedrock")]
    case .selfHostedVLLM: [("vllm", "vllm")]
    }
  }

  private var rules: [Node] {
    switch self {
    case .blank: [Template.rule]
    case .singleModel: [rule(model: "gpt-4o-mini", [backend("openai-backend")])]
    case .weightedSplit:
      [
        rule(
          model: "gpt-4o",
          [
            backend("openai-backend", "weight", 80),
            backend("azure-openai-backend", "weight", 20),
          ])
      ]
    case .failoverPair:
      [
        rule(
          model: "gpt-4o",
          [
            backend("primary-openai", "priority", 0), backend("fallback-openai", "priority", 1),
          ])
      ]
    case .tenantHeader:
      [
        .map([
          "matches": .sequence([
            .map([
              "headers": .sequence([
                Template.header(name: Template.modelHeader, value: "gpt-4o"),
                Template.header(name: "x-tenant", value: "team-a"),
              ])
            ])
          ]),
          "backendRefs": .sequence([backend("team-a-backend")]),
        ]),
        rule(model: "gpt-4o", [backend("openai-backend")]),
      ]
    case .catchAll: [.map(["backendRefs": .sequence([backend("my-openai-backend")])])]
    case .inferencePool:
      [rule(model: "llama-3-8b-instruct", [Template.poolRef(name: "my-inference-pool")])]
    case .openAI: [patient(rule(model: "gpt-4o-mini", [backend("openai")]))]
    case .openAIAzureFailover:
      [
        patient(
          rule(
            model: "gpt-4o",
            [backend("openai", "priority", 0), backend("azure-openai", "priority", 1)]))
      ]
    case .anthropicAndOpenAI:
      [
        patient(rule(model: "claude-sonnet-4-5", [backend("anthropic")])),
        patient(rule(model: "gpt-4o-mini", [backend("openai")])),
      ]
    case .bedrock:
      [
        patient(
          rule(
            model: "nova-micro",
            [
              .map([
                "name": .string("bedrock"),
                "modelNameOverride": .string("us.amazon.nova-micro-v1:0"),
              ])
            ]))
      ]
    case .selfHostedVLLM:
      [patient(rule(model: "Qwen/Qwen2.5-0.5B-Instruct", [backend("vllm")]))]
    }
  }

  private func rule(model: String, _ refs: [Node]) -> Node {
    .map(["matches": .sequence([Template.match(model: model)]), "backendRefs": .sequence(refs)])
  }

  /// A rule that waits as long as a long answer takes.
  private func patient(_ rule: Node) -> Node {
    var rule = rule
    rule.set(
      .map(["request": .string("300s")]), at: Path([.key("timeouts")]),
      in: ResourceKind.aiGatewayRoute.property(at: Path([.key("spec"), .key("rules"), .index(0)]))?
        .schema ?? .any)
    return rule
  }

  private func backend(_ name: String) -> Node { .map(["name": .string(name)]) }

  private func backend(_ name: String, _ key: String, _ value: Int) -> Node {
    .map(["name": .string(name), key: .integer(value)])
  }
}
