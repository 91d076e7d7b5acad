import Schemas

/// A provider's host, and below which prefixes it serves OpenAI's API, as the presets say
/// (envoyproxy/ai-gateway v1.1.0, site/docs/capabilities/llm-integrations/supported-providers.md and
/// examples/basic).
package struct KnownHost: Sendable {
  /// The host, or what it ends in.
  package let host: String
  /// The prefixes below which requests find the API, without slashes at the ends, the usual first.
  package let prefixes: [String]

  /// What is known of a host, nil for one of nobody known.
  package static func of(_ host: String) -> KnownHost? {
    if ProviderHost.bedrockRegion(of: host) != nil { return bedrock }
    return all.first { host == $0.host || host.hasSuffix("." + $0.host) }
  }

  private static let bedrock = KnownHost(host: "amazonaws.com", prefixes: ["openai/v1"])

  /// The prefixes that providers serve the API below besides those of their presets.
  private static let furtherPrefixes = [
    "generativelanguage.googleapis.com": ["v1/openai", "v1alpha/openai"],
    "api.deepseek.com": ["beta", ""],
    "api.cohere.com": ["compatibility/v1"],
  ]

  private static let all: [KnownHost] = {
    var prefixes: [String: [String]] = [:]
    for preset in ProviderPreset.all where preset.isPublic && preset.schema == .openAI {
      let name =
        preset.needsResource ? preset.host.drop { $0 != "." }.dropFirst() : preset.host[...]
      prefixes[String(name), default: []].append((preset.prefix ?? "v1").trimmed("/"))
    }
    prefixes.merge(furtherPrefixes, uniquingKeysWith: +)
    return prefixes.map { KnownHost(host: $0, prefixes: $1) }
  }()
}
