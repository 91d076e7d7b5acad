import Schemas

/// A provider's host, and below which prefixes it serves the APIs of OpenAI and Anthropic, as the
/// presets say (envoyproxy/ai-gateway v1.1.0,
/// site/docs/capabilities/llm-integrations/supported-providers.md and examples/basic) and the
/// providers' own pages.
package struct KnownHost: Sendable {
  /// The host, or what it ends in.
  package let host: String
  /// Whether names below it are the provider's too, with the same paths.
  private let hasSubdomains: Bool
  /// The prefixes below which requests find an API, without slashes at the ends, the usual first.
  /// `{account}` stands for any one part, and `*` for some more at the end.
  private let prefixes: [APISchema: [String]]

  /// What is known of a host, nil for one of nobody known.
  package static func of(_ host: String) -> KnownHost? {
    if ProviderHost.bedrockRegion(of: host) != nil { return bedrock }
    if ProviderHost.bedrockService(of: host) == "bedrock-mantle" { return mantle }
    return all.first {
      host == $0.host || $0.hasSubdomains && host.hasSuffix("." + $0.host)
    }
  }

  /// The prefix below which the host usually serves an API, nil where none is known.
  package func usualPrefix(for schema: APISchema) -> String? { prefixes[schema]?.first }

  /// Whether a path is one of its APIs.
  package func serves(path: String) -> Bool {
    prefixes.values.joined().contains { !$0.isEmpty && path.hasPrefix("/\($0)/") }
  }

  /// Whether the host serves an API below a prefix, as far as is known.
  package func serves(_ schema: APISchema, below prefix: String) -> Bool {
    prefixes[schema]?.contains { KnownHost.matches(prefix, $0) } ?? true
  }

  private static func matches(_ prefix: String, _ pattern: String) -> Bool {
    var parts = prefix.split(separator: "/")[...]
    for step in pattern.split(separator: "/") {
      guard let part = parts.popFirst() else { return false }
      if step == "*" { return true }
      guard step == part || step.hasPrefix("{") else { return false }
    }
    return parts.isEmpty
  }

  private static let bedrock = KnownHost(
    host: "amazonaws.com", hasSubdomains: true, prefixes: [.openAI: ["openai/v1"]])

  /// Where Bedrock speaks other APIs than its own (docs.aws.amazon.com/bedrock).
  private static let mantle = KnownHost(
    host: "api.aws", hasSubdomains: true,
    prefixes: [.openAI: ["v1", "openai/v1"], .anthropic: ["anthropic/v1"]])

  /// The prefixes that the presets' providers serve OpenAI's API below besides those.
  private static let furtherPrefixes = [
    "generativelanguage.googleapis.com": ["v1/openai", "v1alpha/openai"],
    "api.deepseek.com": ["beta", ""],
    "api.cohere.com": ["compatibility/v1"],
  ]

  /// Hosts without a preset, and the prefixes that they serve OpenAI's API below.
  private static let furtherHosts = [
    "api.fireworks.ai": ["inference/v1"],
    "dashscope.aliyuncs.com": qwen, "dashscope-intl.aliyuncs.com": qwen,
    "dashscope-us.aliyuncs.com": qwen,
    "ark.cn-beijing.volces.com": ["api/v3", "api/coding/v3", "api/v3/bots"],
    "ark.ap-southeast.bytepluses.com": ["api/v3", "api/coding/v3", "api/v3/bots"],
    "open.bigmodel.cn": ["api/paas/v4", "api/coding/paas/v4"],
    "api.z.ai": ["api/paas/v4", "api/coding/paas/v4"],
    "models.github.ai": ["inference", "orgs/{organization}/inference"],
    "api.novita.ai": ["openai/v1", "openai", "v3/openai"],
    "qianfan.baidubce.com": ["v2", "v2/coding"],
    "api.ai21.com": ["studio/v1"],
    "api.friendli.ai": ["serverless/v1", "serverless/tools/v1", "dedicated/v1"],
    "api.llama.com": ["compat/v1"],
    "api.cerebras.ai": ["v1"],
    "api.moonshot.ai": ["v1"], "api.moonshot.cn": ["v1"],
    "api.cloudflare.com": ["client/v4/accounts/{account}/ai/v1"],
    "gateway.ai.cloudflare.com": [
      "v1/{account}/{gateway}/compat", "v1/{account}/{gateway}/*",
    ],
  ]

  private static let qwen = ["compatible-mode/v1", "api/v2/apps/protocols/compatible-mode/v1"]

  /// The prefixes that hosts serve Anthropic's API below, beside those of presets.
  private static let anthropicPrefixes = [
    "api.deepseek.com": ["anthropic/v1"],
    "api.moonshot.ai": ["anthropic/v1"], "api.moonshot.cn": ["anthropic/v1"],
    "open.bigmodel.cn": ["api/anthropic/v1"], "api.z.ai": ["api/anthropic/v1"],
    "dashscope.aliyuncs.com": ["apps/anthropic/v1"],
    "openrouter.ai": ["api/v1"],
    "api.fireworks.ai": ["inference/v1"],
  ]

  /// Azure's hosts for models of all vendors, which begin with the name of a resource
  /// (learn.microsoft.com/azure/ai-foundry).
  private static let foundry = KnownHost(
    host: "services.ai.azure.com", hasSubdomains: true,
    prefixes: [
      .openAI: ["openai/v1", "api/projects/{project}/openai/v1", "models"],
      .anthropic: ["anthropic/v1"],
    ])

  private static let all: [KnownHost] = {
    var ofPresets: [String: [APISchema: [String]]] = [:]
    for preset in ProviderPreset.all
    where preset.isPublic && [.openAI, .anthropic].contains(preset.schema) {
      let name =
        preset.needsResource ? preset.host.drop { $0 != "." }.dropFirst() : preset.host[...]
      ofPresets[String(name), default: [:]][preset.schema, default: []]
        .append((preset.prefix ?? "v1").trimmed("/"))
    }
    for (host, prefixes) in furtherPrefixes {
      ofPresets[host, default: [:]][.openAI, default: []] += prefixes
    }
    var others = furtherHosts.mapValues { [APISchema.openAI: $0] }
    for (host, prefixes) in anthropicPrefixes {
      if ofPresets[host] != nil {
        ofPresets[host]?[.anthropic] = prefixes
      } else {
        others[host, default: [:]][.anthropic] = prefixes
      }
    }
    return ofPresets.map { KnownHost(host: $0, hasSubdomains: true, prefixes: $1) }
      + others.map { KnownHost(host: $0, hasSubdomains: false, prefixes: $1) } + [foundry]
  }()
}
