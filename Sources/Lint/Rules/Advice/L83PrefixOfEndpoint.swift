import Schemas
import Resources
import YAML

extension Rule {
  static let prefixOfEndpoint = Rule(
    "L83", "prefix-of-endpoint", .error, "a prefix that contains the host or the endpoint",
    why: "The endpoint is appended to the prefix: /v1/chat/completions becomes "
      + "/v1/chat/completions/chat/completions, and the provider answers 404. The host belongs in "
      + "the Backend.",
    bad: "schema: {name: OpenAI, prefix: https://api.groq.com/openai/v1}",
    good: "schema: {name: OpenAI, prefix: /openai/v1}",
    reference: Citation.aiGateway("internal/translator/openai_openai.go"),
    repair: .automatic,
    .service { service, report in
      guard let excess = service.excessOfPrefix, let prefix = service.prefix else { return }
      let path = KnownAIServiceBackend.schema.appending("prefix")
      report.add(
        "prefix \(prefix.quoted) holds \(excess.description); write the start of the path alone",
        at: path)
      guard let rest = excess.rest else { return }
      report.attach(
        Fix("write \(rest)", [.set(document: report.document, path, .string(rest))]))
    })
}

extension AIServiceBackend {
  /// What a prefix holds that it should not, and what is left without it where that is certain.
  var excessOfPrefix: (description: String, rest: String?)? {
    guard api == .openAI || api == .anthropic, let prefix, !prefix.isEmpty else { return nil }
    if prefix.contains("?") || prefix.contains("#") { return ("a query", nil) }
    var parts = prefix.split(separator: "/")
    var description: String?
    if parts.first?.hasSuffix(":") == true {
      description = "a scheme and host"
      parts.removeFirst(min(2, parts.count))
    }
    if let count = AIServiceBackend.endpointLength(at: parts) {
      description = description ?? "an endpoint"
      parts.removeLast(count)
    }
    guard let description else { return nil }
    return (description, parts.isEmpty ? nil : "/" + parts.joined(separator: "/"))
  }

  /// How many parts at the end are those of an endpoint behind its version, nil where none are.
  private static func endpointLength(at parts: [Substring]) -> Int? {
    ServedEndpoint.allCases.lazy.compactMap { endpoint -> Int? in
      let tail = endpoint.path.split(separator: "/").drop { $0 != "v1" && $0 != "v2" }.dropFirst()
      guard !tail.isEmpty, parts.count >= tail.count, parts.suffix(tail.count).elementsEqual(tail)
      else { return nil }
      let isVersioned = parts.dropLast(tail.count).last.map { $0.first == "v" } ?? false
      return tail.count > 1 || isVersioned ? tail.count : nil
    }.max()
  }
}
