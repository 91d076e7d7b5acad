/// The API that a backend speaks: `schema.name` of an AIServiceBackend (envoyproxy/ai-gateway
/// v1.1.0, api/v1beta1/shared_types.go). Pools speak OpenAI's.
package enum APISchema: String, CaseIterable, Sendable {
  case openAI = "OpenAI"
  case cohere = "Cohere"
  case awsBedrock = "AWSBedrock"
  case azureOpenAI = "AzureOpenAI"
  case gcpVertexAI = "GCPVertexAI"
  case gcpAnthropic = "GCPAnthropic"
  case anthropic = "Anthropic"
  case awsAnthropic = "AWSAnthropic"

  /// Whether the provider reads the model in the body, and not in the path.
  package var takesModelFromBody: Bool {
    switch self {
    case .openAI, .anthropic, .cohere: true
    case .azureOpenAI, .awsBedrock, .awsAnthropic, .gcpVertexAI, .gcpAnthropic: false
    }
  }
}
