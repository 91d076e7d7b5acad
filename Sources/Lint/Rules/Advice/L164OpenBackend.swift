import Resources
import Schemas
import YAML

extension Rule {
  static let openBackend = Rule(
    "L164", "open-backend", .warning, "a provider whose host the client names",
    why: "Requests to a Backend of type DynamicResolver go to the host in the Host header, which "
      + "Envoy Gateway does not rewrite for it. Clients name the Gateway there: their requests come "
      + "back to it. Whoever names another host gets the provider's credentials sent there.",
    bad: "Backend {type: DynamicResolver} behind an AIServiceBackend",
    good: "Backend {endpoints: [{fqdn: {hostname: api.openai.com, port: 443}}]}",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    .bundle { bundle, report in
      for place in bundle.knownAIServiceBackends {
        guard let backend = place.backend, backend.isDynamic else { continue }
        let policy = bundle.credentials(of: .aiServiceBackend, place.service.key).first
        report.add(
          "Backend \(backend.key.name) of type DynamicResolver asks the host that the client names"
            + (policy.map { ", with the credentials of BackendSecurityPolicy \($0.key.name)" } ?? "")
            + "; use a Backend with the provider's host", at: .to("spec", "backendRef"),
          in: place.index)
      }
    })
}
