import Schemas
import YAML
import Resources

extension Rule {
  static let missingCredentials = Rule(
    "L79.missing", "missing-credentials", .warning,
    "a cloud backend without a BackendSecurityPolicy",
    why: "The path of a Vertex AI request begins with the project and region of the "
      + "BackendSecurityPolicy: without one Google answers 404. AWS Bedrock answers 403 to "
      + "unsigned requests, unless clients send a key of their own.",
    bad: "AIServiceBackend {schema: {name: GCPVertexAI}} alone",
    good: "the same and a BackendSecurityPolicy {type: GCPCredentials} with it in targetRefs",
    reference: Citation.aiGateway("internal/backendauth/gcp.go"),
    .bundle { bundle, report in
      let targets = Set(
        bundle.credentials.flatMap(\.credentials.targets).filter { $0.kind == "AIServiceBackend" }
          .map(\.object))
      let namespaces = Set(bundle.credentials.map(\.credentials.key.namespace))
      for place in bundle.knownAIServiceBackends where !targets.contains(place.service.key) {
        guard let effect = place.effectOfNoCredentials else { continue }
        report.add(
          "no BackendSecurityPolicy here is for AIServiceBackend \(place.service.key.name): "
            + "without one \(effect)", at: .to("spec", "schema", "name"), in: place.index,
          severity: namespaces.contains(place.service.key.namespace) ? .warning : .info)
      }
    })
}

extension KnownAIServiceBackend {
  /// What comes of requests that nobody proves to be allowed, nil where they may well be taken.
  fileprivate var effectOfNoCredentials: String? {
    switch service.api {
    case .gcpVertexAI, .gcpAnthropic:
      return "the path has no project and region, and requests get 404"
    case .awsBedrock, .awsAnthropic:
      let isAWS =
        backend?.hosts.contains { ProviderHost.writtenBedrockRegion(of: $0) != nil } ?? true
      return isAWS ? "requests are not signed, and AWS answers 403" : nil
    case .openAI, .azureOpenAI, .anthropic, .cohere, nil: return nil
    }
  }
}
