/// Which hosts serve an API.
extension APISchema {
  /// What to use in place of a host that does not serve the API, nil for one that may.
  package func alternative(toHost host: String) -> String? {
    let service = ProviderHost.bedrockService(of: host)
    if service == "bedrock-agent" || service == "bedrock-agent-runtime" {
      return "use bedrock-runtime.REGION.amazonaws.com"
    }
    switch self {
    case .gcpVertexAI, .gcpAnthropic:
      if host == "generativelanguage.googleapis.com" {
        return "use REGION-aiplatform.googleapis.com, or schema OpenAI with prefix /v1beta/openai "
          + "and an API key"
      }
      return isOfOthers(host, but: "googleapis.com")
        ? "use REGION-aiplatform.googleapis.com, or schema OpenAI" : nil
    case .awsBedrock, .awsAnthropic:
      if service == "bedrock-mantle" {
        return "use bedrock-runtime.REGION.amazonaws.com, or schema OpenAI or Anthropic"
      }
      return service == nil && isOfOthers(host, but: "amazonaws.com")
        ? "use bedrock-runtime.REGION.amazonaws.com, or schema OpenAI" : nil
    case .azureOpenAI:
      return isOfOthers(host, but: "azure.com")
        ? "use RESOURCE.openai.azure.com, or schema OpenAI" : nil
    case .openAI, .anthropic, .cohere: return nil
    }
  }

  /// Whether a host is known as one of another provider than who has a domain.
  private func isOfOthers(_ host: String, but domain: String) -> Bool {
    !host.hasSuffix("." + domain) && KnownHost.of(host) != nil
  }
}
