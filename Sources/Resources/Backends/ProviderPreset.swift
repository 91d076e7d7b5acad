/// What is known of an AI provider: the API it speaks, where, and how it wants to be asked.
///
/// Hosts, prefixes and models are those of envoyproxy/ai-gateway v1.1.0 (examples/basic,
/// site/docs/capabilities/llm-integrations/supported-providers.md, tests/data-plane), but for the
/// presets that are not confirmed: those are from the providers' own pages, and untried.
package struct ProviderPreset: Hashable, Sendable {
  /// What the user is asked for, and which credentials there are.
  package enum Family: Hashable, Sendable {
    /// A provider with an API key, shown as this type of BackendSecurityPolicy shows it.
    case apiKey(String)
    case azure, aws, google
    /// A model server in the cluster.
    case selfHosted
    /// An InferencePool that an operator or a chart makes.
    case pool
    /// Any other host.
    case custom
  }

  package let name: String
  package let title: String
  package let family: Family
  /// `schema.name` of the AIServiceBackend.
  package let schema: APISchema
  package let prefix: String?
  package let version: String?
  /// The host, with `{region}`, `{resource}`, `{service}` and `{namespace}` to fill in.
  package let host: String
  package let port: Int
  /// The variable that holds the key in the command that makes its Secret.
  package let variable: String
  /// A model as the provider calls it, an example that ages.
  package let model: String
  /// Whether the project itself uses these values.
  package let isConfirmed: Bool

  private init(
    _ name: String, _ title: String, _ host: String, schema: APISchema = .openAI,
    prefix: String? = nil, version: String? = nil, family: Family = .apiKey("APIKey"),
    port: Int = 443, variable: String = "API_KEY", model: String, isConfirmed: Bool = true
  ) {
    self.name = name
    self.title = title
    self.family = family
    self.schema = schema
    self.prefix = prefix
    self.version = version
    self.host = host
    self.port = port
    self.variable = variable
    self.model = model
    self.isConfirmed = isConfirmed
  }

  /// Whether the gateway speaks TLS to it by default.
  package var usesTLS: Bool { port == 443 && family != .selfHosted && family != .pool }

  /// Whether it is a provider on the internet, of a host that is known.
  var isPublic: Bool { family != .selfHosted && family != .pool && family != .custom }

  /// Whether its host begins with the name of an Azure resource.
  package var needsResource: Bool { host.hasPrefix("{resource}") }

  package static func named(_ name: String) -> ProviderPreset? { all.first { $0.name == name } }

  private static let inCluster = "{service}.{namespace}.svc.cluster.local"

  /// Every preset, a line each, in the order in which they are offered.
  package static let all: [ProviderPreset] = [
    .init("openai", "OpenAI", "api.openai.com", variable: "OPENAI_API_KEY", model: "gpt-4o-mini"),
    .init(
      "anthropic", "Anthropic, its own API (/anthropic/v1/messages)", "api.anthropic.com",
      schema: .anthropic, family: .apiKey("AnthropicAPIKey"), variable: "ANTHROPIC_API_KEY",
      model: "claude-sonnet-4-5"),
    .init(
      "anthropic-openai", "Anthropic through its OpenAI API (/v1/chat/completions)",
      "api.anthropic.com", prefix: "/v1", variable: "ANTHROPIC_API_KEY",
      model: "claude-sonnet-4-5", isConfirmed: false),
    .init(
      "azure-openai", "Azure OpenAI, by deployment", "{resource}.openai.azure.com",
      schema: .azureOpenAI, family: .azure, variable: "AZURE_OPENAI_API_KEY", model: "gpt-4o"),
    .init(
      "azure-openai-v1", "Azure OpenAI, its v1 API", "{resource}.openai.azure.com",
      prefix: "/openai/v1", variable: "AZURE_OPENAI_API_KEY", model: "gpt-4o"),
    .init(
      "aws-bedrock", "AWS Bedrock, any model (Converse)", "bedrock-runtime.{region}.amazonaws.com",
      schema: .awsBedrock, family: .aws, model: "us.amazon.nova-micro-v1:0"),
    .init(
      "aws-anthropic", "Claude on AWS Bedrock (InvokeModel)",
      "bedrock-runtime.{region}.amazonaws.com", schema: .awsAnthropic,
      version: "bedrock-2023-05-31", family: .aws,
      model: "anthropic.claude-sonnet-4-20250514-v1:0"),
    .init(
      "gcp-vertex", "Gemini on Google Vertex AI", "{region}-aiplatform.googleapis.com",
      schema: .gcpVertexAI, family: .google, model: "gemini-2.5-flash"),
    .init(
      "gcp-anthropic", "Claude on Google Vertex AI", "{region}-aiplatform.googleapis.com",
      schema: .gcpAnthropic, version: "vertex-2023-10-16", family: .google,
      model: "claude-sonnet-4@20250514"),
    .init(
      "gemini", "Google Gemini (AI Studio)", "generativelanguage.googleapis.com",
      prefix: "/v1beta/openai", variable: "GEMINI_API_KEY", model: "gemini-3.1-flash-lite"),
    .init(
      "cohere", "Cohere, its own API (rerank)", "api.cohere.com", schema: .cohere, version: "v2",
      variable: "COHERE_API_KEY", model: "rerank-english-v3.0"),
    .init(
      "cohere-openai", "Cohere through its OpenAI API", "api.cohere.ai",
      prefix: "/compatibility/v1", variable: "COHERE_API_KEY", model: "command-a-03-2025",
      isConfirmed: false),
    .init(
      "groq", "Groq", "api.groq.com", prefix: "/openai/v1", variable: "GROQ_API_KEY",
      model: "llama-3.1-8b-instant"),
    .init(
      "grok", "Grok (xAI)", "api.x.ai", prefix: "/v1", variable: "XAI_API_KEY", model: "grok-3"),
    .init(
      "together", "Together AI", "api.together.xyz", prefix: "/v1", variable: "TOGETHER_API_KEY",
      model: "meta-llama/Llama-3.3-70B-Instruct-Turbo", isConfirmed: false),
    .init(
      "mistral", "Mistral", "api.mistral.ai", prefix: "/v1", variable: "MISTRAL_API_KEY",
      model: "mistral-small-latest", isConfirmed: false),
    .init(
      "deepinfra", "DeepInfra", "api.deepinfra.com", prefix: "/v1/openai",
      variable: "DEEPINFRA_API_KEY", model: "meta-llama/Meta-Llama-3-8B-Instruct"),
    .init(
      "deepseek", "DeepSeek", "api.deepseek.com", prefix: "/v1", variable: "DEEPSEEK_API_KEY",
      model: "deepseek-chat", isConfirmed: false),
    .init(
      "hunyuan", "Tencent Hunyuan", "api.hunyuan.cloud.tencent.com", prefix: "/v1",
      variable: "HUNYUAN_API_KEY", model: "hunyuan-turbo", isConfirmed: false),
    .init(
      "tencent-lkeap", "Tencent LLM Knowledge Engine", "api.lkeap.cloud.tencent.com",
      prefix: "/v1", variable: "LKEAP_API_KEY", model: "deepseek-v3", isConfirmed: false),
    .init(
      "tars", "Tetrate Agent Router Service", "api.router.tetrate.ai", variable: "TARS_API_KEY",
      model: "gpt-4o-mini"),
    .init(
      "sambanova", "SambaNova", "api.sambanova.ai", prefix: "/v1", variable: "SAMBANOVA_API_KEY",
      model: "Meta-Llama-3.1-8B-Instruct"),
    .init(
      "openrouter", "OpenRouter", "openrouter.ai", prefix: "/api/v1",
      variable: "OPENROUTER_API_KEY", model: "openai/gpt-4o-mini"),
    .init(
      "vllm", "vLLM in the cluster", inCluster, family: .selfHosted, port: 8000,
      variable: "VLLM_API_KEY", model: "Qwen/Qwen2.5-0.5B-Instruct"),
    .init(
      "ollama", "Ollama in the cluster", inCluster, family: .selfHosted, port: 11434,
      variable: "OLLAMA_API_KEY", model: "qwen2.5:0.5b"),
    .init(
      "kserve", "KServe InferenceService", inCluster, prefix: "/openai/v1", family: .selfHosted,
      port: 80, variable: "KSERVE_API_KEY", model: "llama3", isConfirmed: false),
    .init(
      "kserve-llm", "KServe LLMInferenceService (its InferencePool)", "", family: .pool, port: 8000,
      model: "llama3", isConfirmed: false),
    .init(
      "llm-d", "llm-d (its InferencePool)", "", family: .pool, port: 8000, model: "llama3",
      isConfirmed: false),
    .init(
      "llama-stack", "Llama Stack in the cluster", inCluster, prefix: "/v1/openai/v1",
      family: .selfHosted, port: 8321, variable: "LLAMA_STACK_API_KEY", model: "llama3.2:3b"),
    .init(
      "custom", "any other host with OpenAI's API", "{host}", family: .custom, model: "my-model",
      isConfirmed: false),
  ]
}

extension ProviderPreset {
  /// How the gateway shows a provider who it is.
  package enum Credentials: String, Hashable, Sendable, CaseIterable {
    case key, none, oidc
    case podIdentity = "pod-identity"
    case irsa
    case clientSecret = "client-secret"
    case federation, adc

    /// Whether it is the identity that the Envoy pods run as.
    package var isIdentityOfProxies: Bool {
      switch self {
      case .podIdentity, .irsa, .adc: true
      case .key, .none, .oidc, .clientSecret, .federation: false
      }
    }

    /// What it is, in a few words.
    package var summary: String {
      switch self {
      case .key: "a key from a Secret"
      case .none: "no credentials"
      case .oidc: "tokens that an OIDC issuer gives to a client"
      case .podIdentity: "the EKS Pod Identity of the Envoy pods"
      case .irsa: "the IAM role of the Envoy pods' ServiceAccount"
      case .clientSecret: "the client secret of an Entra application"
      case .federation: "workload identity federation, by an OIDC issuer"
      case .adc: "the Google identity of the Envoy pods (Workload Identity)"
      }
    }
  }

  /// The kinds of credentials that it takes, its own first.
  package var credentials: [Credentials] {
    switch family {
    case .apiKey, .custom: [.key, .none]
    case .aws: [.key, .oidc, .podIdentity, .irsa]
    case .azure: [.key, .clientSecret, .oidc]
    case .google: [.key, .federation, .adc]
    case .selfHosted, .pool: [.none, .key]
    }
  }

  /// What the help says where the project does not use the values itself.
  package var caution: String? {
    isConfirmed ? nil : "not tried by AI Gateway's authors: check host and prefix with the provider"
  }
}
