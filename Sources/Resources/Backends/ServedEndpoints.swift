package import Schemas

/// An endpoint for which AI Gateway looks for a backend, and the schemas that serve it.
///
/// A backend of another schema answers it with 500 (envoyproxy/ai-gateway v1.1.0,
/// internal/endpointspec/endpointspec.go and internal/extproc/server.go; the same files of v0.6.0,
/// v0.7.0 and v1.0.0).
package enum ServedEndpoint: String, CaseIterable, Sendable {
  case chatCompletions = "/v1/chat/completions"
  case completions = "/v1/completions"
  case embeddings = "/v1/embeddings"
  case responses = "/v1/responses"
  case responsesInputTokens = "/v1/responses/input_tokens"
  case speech = "/v1/audio/speech"
  case transcriptions = "/v1/audio/transcriptions"
  case translations = "/v1/audio/translations"
  case imageGenerations = "/v1/images/generations"
  case tokenize = "/tokenize"
  case rerank = "/cohere/v2/rerank"
  case messages = "/anthropic/v1/messages"
  case countTokens = "/anthropic/v1/messages/count_tokens"

  /// The path of its requests, below the controller's root prefix.
  package var path: String { rawValue }

  /// Whether a backend of a schema serves it in a release.
  package func isServed(by schema: APISchema, in release: Release) -> Bool {
    ServedEndpoint.services.contains { service in
      service.endpoint == self && service.since <= release && service.schemas.contains(schema)
    }
  }

  /// The schemas that serve it in a release; none before the release that brought it.
  package func schemas(in release: Release) -> [APISchema] {
    APISchema.allCases.filter { isServed(by: $0, in: release) }
  }

  private struct Service {
    let endpoint: ServedEndpoint
    let since: Release
    let schemas: [APISchema]

    init(_ endpoint: ServedEndpoint, _ since: Release, _ schemas: APISchema...) {
      self.endpoint = endpoint
      self.since = since
      self.schemas = schemas
    }
  }

  /// Who serves what, and since when.
  private static let services = [
    Service(
      .chatCompletions, .v0_6, .openAI, .azureOpenAI, .awsBedrock, .awsAnthropic, .gcpVertexAI,
      .gcpAnthropic),
    Service(.completions, .v0_6, .openAI),
    Service(.embeddings, .v0_6, .openAI, .azureOpenAI, .awsBedrock, .gcpVertexAI),
    Service(.responses, .v0_6, .openAI),
    Service(.responses, .v0_7, .azureOpenAI),
    Service(.responsesInputTokens, .v1_1, .openAI, .azureOpenAI),
    Service(.speech, .v0_6, .openAI),
    Service(.transcriptions, .v0_7, .openAI),
    Service(.translations, .v0_7, .openAI),
    Service(.imageGenerations, .v0_6, .openAI),
    Service(
      .tokenize, .v1_1, .openAI, .awsBedrock, .awsAnthropic, .gcpVertexAI, .gcpAnthropic),
    Service(.rerank, .v0_6, .cohere),
    Service(.messages, .v0_6, .openAI, .anthropic, .awsAnthropic, .gcpAnthropic),
    Service(.messages, .v0_7, .awsBedrock),
    Service(.countTokens, .v1_1, .anthropic, .awsBedrock, .awsAnthropic, .gcpAnthropic),
  ]
}

extension APISchema {
  /// The endpoints that a backend of the schema serves in a release.
  package func endpoints(in release: Release) -> [ServedEndpoint] {
    ServedEndpoint.allCases.filter { $0.isServed(by: self, in: release) }
  }
}
