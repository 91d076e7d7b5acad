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
}
