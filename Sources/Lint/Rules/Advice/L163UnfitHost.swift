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
    reference: Citation.aiGateway("internal/translator/gemini_helper.go"),
    .bundle { bundle, report in
      for place in bundle.knownAIServiceBackends {
        guard let schema = place.service.api, let host = place.backend?.hosts.first,
          let advice = schema.alternative(toHost: host)
        else { continue }
        report.add(
          "\(host) does not serve schema \(schema.rawValue) and answers 404; \(advice)",
          at: KnownAIServiceBackend.schema.appending("name"), in: place.index)
      }
    })
}
