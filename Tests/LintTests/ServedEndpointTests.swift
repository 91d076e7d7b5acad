import Resources
import Schemas
import Testing

@Suite struct ServedEndpointTests {
  private static let vertex: [APISchema] = [.gcpVertexAI, .gcpAnthropic]
  private static let chat: [APISchema] =
    [.openAI, .azureOpenAI, .awsBedrock, .awsAnthropic] + vertex

  @Test(
    "each endpoint is served by the schemas for which upstream has a translator",
    arguments: [
      (ServedEndpoint.chatCompletions, Release.v0_6, chat), (.chatCompletions, .v1_1, chat),
      (.completions, .v1_1, [.openAI]), (.imageGenerations, .v0_6, [.openAI]),
      (.embeddings, .v0_6, [.openAI, .azureOpenAI, .awsBedrock, .gcpVertexAI]),
      (.responses, .v0_6, [.openAI]), (.responses, .v0_7, [.openAI, .azureOpenAI]),
      (.responsesInputTokens, .v1_0, []), (.responsesInputTokens, .v1_1, [.openAI, .azureOpenAI]),
      (.speech, .v0_6, [.openAI]), (.transcriptions, .v0_6, []), (.translations, .v0_7, [.openAI]),
      (.tokenize, .v1_0, []),
      (.tokenize, .v1_1, [.openAI, .awsBedrock, .awsAnthropic] + vertex),
      (.rerank, .v0_6, [.cohere]),
      (.messages, .v0_6, [.openAI, .anthropic, .awsAnthropic, .gcpAnthropic]),
      (.messages, .v0_7, [.openAI, .anthropic, .awsAnthropic, .gcpAnthropic, .awsBedrock]),
      (.countTokens, .v1_0, []),
      (.countTokens, .v1_1, [.anthropic, .awsBedrock, .awsAnthropic, .gcpAnthropic]),
    ] as [(ServedEndpoint, Release, [APISchema])])
  func table(endpoint: ServedEndpoint, release: Release, schemas: [APISchema]) {
    #expect(Set(endpoint.schemas(in: release)) == Set(schemas))
    for schema in APISchema.allCases {
      #expect(schema.endpoints(in: release).contains(endpoint) == schemas.contains(schema))
    }
  }
}
