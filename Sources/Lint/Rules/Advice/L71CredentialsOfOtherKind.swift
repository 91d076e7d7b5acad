import Schemas
import YAML
import Resources

extension Rule {
  static let credentialsOfOtherKind = Rule(
    "L71.type", "credentials-of-other-kind", .warning,
    "credentials of another provider than the backend's",
    why: "Each provider is asked in its own way: AWS by signed requests, Azure and GCP by tokens, "
      + "Anthropic by a header of its own.",
    bad: "schema: {name: AWSBedrock} with type: AzureCredentials",
    good: "schema: {name: AWSBedrock} with type: AWSCredentials",
    reference: Upstream.aiGatewayCRD("backendsecuritypolicies"),
    .bundle { bundle, report in
      guard !bundle.services.isEmpty else { return }
      for (index, credentials) in bundle.credentials {
        guard let type = credentials.type else { continue }
        for target in credentials.targets where target.kind == "AIServiceBackend" {
          guard let schema = bundle.services[target.object]?.service.schema,
            let types = BackendSecurityPolicy.types(for: schema), !types.contains(type)
          else { continue }
          report.add(
            "\(type) does not fit schema \(schema) of AIServiceBackend \(target.object.name); use "
              + types.alternatives, at: .to("spec", "type"), in: index)
        }
      }
    })
}

extension BackendSecurityPolicy {
  /// The types that a schema is served with, the usual one first; nil where any may do.
  fileprivate static func types(for schema: String) -> [String]? {
    switch schema {
    // Bedrock also takes keys as bearers.
    case "OpenAI": ["APIKey", "AzureAPIKey", "AzureCredentials"]
    case "Cohere": ["APIKey"]
    case "AWSBedrock", "AWSAnthropic": ["AWSCredentials", "APIKey"]
    case "AzureOpenAI": ["AzureAPIKey", "AzureCredentials"]
    case "GCPVertexAI", "GCPAnthropic": ["GCPCredentials"]
    case "Anthropic": ["AnthropicAPIKey"]
    case _: nil
    }
  }
}
