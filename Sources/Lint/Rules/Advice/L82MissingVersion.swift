import Schemas
import Resources
import YAML

extension Rule {
  static let missingVersion = Rule(
    "L82", "missing-version", .error, "a schema without its required version",
    why: "Azure gets an empty api-version and answers 404. Cohere requests go to /rerank in "
      + "place of /v2/rerank. Claude on Vertex AI answers 500 to messages and count_tokens, and "
      + "Claude on Bedrock refuses them, as their anthropic_version is empty; chat has a default.",
    bad: "schema: {name: GCPAnthropic}",
    good: "schema: {name: GCPAnthropic, version: vertex-2023-10-16}",
    reference: Citation.aiGateway("internal/translator/anthropic_gcpanthropic.go"),
    repair: .automatic,
    .bundle { bundle, report in
      for place in bundle.knownAIServiceBackends where (place.service.version ?? "").isEmpty {
        guard let missing = place.service.api?.missingVersion else { continue }
        let hosts = place.backend?.hosts ?? []
        let isCertain = missing.hosts.contains { suffix in
          hosts.isEmpty ? missing.isCertainAlone : hosts.contains { $0.hasSuffix(suffix) }
        }
        let path = KnownAIServiceBackend.schema.appending("version")
        report.add(
          "schema \(place.service.schema ?? "") needs a version: without one \(missing.effect); write "
            + (missing.version ?? "one such as 2025-01-01-preview"), at: path, in: place.index,
          severity: isCertain ? .error : .warning)
        guard let version = missing.version else { continue }
        report.attach(
          Fix("write \(version)", [.set(document: place.index, path, .string(version))]))
      }
    })
}

/// What comes of a schema without its version.
private struct MissingVersion {
  let effect: String
  /// The version that there is, nil where there are many.
  let version: String?
  /// What the hosts end in at which nothing works without it.
  let hosts: [String]
  /// Whether nothing works where the host is not known.
  var isCertainAlone = false
}

extension APISchema {
  fileprivate var missingVersion: MissingVersion? {
    switch self {
    case .azureOpenAI:
      MissingVersion(
        effect: "api-version is empty, and Azure answers 404", version: nil,
        hosts: [".azure.com"], isCertainAlone: true)
    case .cohere:
      MissingVersion(
        effect: "requests go to /rerank, which Cohere answers with 404", version: "v2",
        hosts: [".cohere.com", ".cohere.ai"])
    case .gcpAnthropic:
      MissingVersion(
        effect: "/anthropic/v1/messages answers 500", version: "vertex-2023-10-16", hosts: [])
    case .awsAnthropic:
      MissingVersion(
        effect: "AWS refuses what comes from /anthropic/v1/messages",
        version: "bedrock-2023-05-31", hosts: [])
    case .openAI, .anthropic, .awsBedrock, .gcpVertexAI: nil
    }
  }
}
