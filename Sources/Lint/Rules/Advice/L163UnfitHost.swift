import Schemas
import Resources
import YAML

extension Rule {
  static let unfitHost = Rule(
    "L163", "unfit-host", .error, "a host that does not serve the API of the schema",
    why:
      "The schema determines the path of requests. The APIs of Azure, Bedrock and Vertex AI have "
      + "paths of their own, which other providers' hosts, and other services of AWS and Google, "
      + "answer with 404.",
    bad: "schema: {name: GCPVertexAI}, Backend generativelanguage.googleapis.com",
    good: "schema: {name: GCPVertexAI}, Backend us-central1-aiplatform.googleapis.com",
    reference: Upstream.aiGateway("internal/translator/util.go"),
    .bundle { bundle, report in
      for place in bundle.knownServices {
        guard let schema = place.service.api, let host = place.backend?.hosts.first,
          let advice = schema.advice(at: host)
        else { continue }
        report.add(
          "\(host) does not serve schema \(schema.rawValue) and answers 404; \(advice)",
          at: KnownService.schema.appending("name"), in: place.index)
      }
    })
}

extension APISchema {
  /// What to write where a host does not serve the API, nil where it may.
  fileprivate func advice(at host: String) -> String? {
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
