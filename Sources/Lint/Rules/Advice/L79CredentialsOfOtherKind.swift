import Schemas
import YAML
import Resources

extension Rule {
  static let credentialsOfOtherKind = Rule(
    "L79", "credentials-of-other-kind", .warning,
    "credentials for another provider than the backend's",
    why: "Providers authenticate differently: AWS by signed requests, Azure and GCP by tokens, "
      + "Anthropic by a header of its own. Nothing checks the policy's type against the backend's "
      + "schema, and the provider answers 401 or 403.",
    bad: "schema: {name: AWSBedrock} with type: AzureCredentials",
    good: "schema: {name: AWSBedrock} with type: AWSCredentials",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    .bundle { bundle, report in
      guard !bundle.services.isEmpty else { return }
      for (index, credentials) in bundle.credentials {
        guard let type = credentials.type else { continue }
        for target in credentials.targets where target.kind == "AIServiceBackend" {
          guard let schema = bundle.services[target.object]?.service.api else { continue }
          let types = BackendSecurityPolicy.types(for: schema)
          let hosts = bundle.backend(ofService: target.object)?.hosts ?? []
          guard !types.contains(type), !BackendSecurityPolicy.fits(type, schema, at: hosts) else {
            continue
          }
          report.add(
            "\(type) does not fit schema \(schema.rawValue) of AIServiceBackend "
              + "\(target.object.name); use \(types.alternatives)", at: .to("spec", "type"),
            in: index)
        }
      }
    })
}

extension BackendSecurityPolicy {
  /// The types that a schema is served with, the usual one first.
  fileprivate static func types(for schema: APISchema) -> [String] {
    switch schema {
    case .openAI: ["APIKey", "AzureAPIKey", "AzureCredentials"]
    case .cohere: ["APIKey"]
    // Bedrock also takes keys as bearers.
    case .awsBedrock, .awsAnthropic: ["AWSCredentials", "APIKey"]
    case .azureOpenAI: ["AzureAPIKey", "AzureCredentials"]
    case .gcpVertexAI, .gcpAnthropic: ["GCPCredentials"]
    case .anthropic: ["AnthropicAPIKey"]
    }
  }

  /// Whether a type fits because of who answers: Bedrock signs OpenAI's API too, who only speaks
  /// Anthropic's may want a bearer, and Azure serves that with its own credentials.
  fileprivate static func fits(_ type: String, _ schema: APISchema, at hosts: [String]) -> Bool {
    switch (schema, type) {
    case (.openAI, "AWSCredentials"):
      hosts.contains { ProviderHost.bedrockRegion(of: $0) != nil }
    case (.anthropic, "AzureAPIKey"), (.anthropic, "AzureCredentials"):
      hosts.contains { $0.hasSuffix(".azure.com") }
    case (.anthropic, "APIKey"): !hosts.isEmpty && !hosts.contains("api.anthropic.com")
    case _: false
    }
  }
}
