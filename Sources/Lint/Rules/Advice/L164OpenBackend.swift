import Resources
import Schemas
import YAML

extension Rule {
  static let openBackend = Rule(
    "L164", "open-backend", .warning, "a provider whose host the client names",
    why: "Requests to a Backend of type DynamicResolver go to the host in the Host header, which "
      + "Envoy Gateway does not rewrite for it. Clients name the Gateway there: their requests come "
      + "back to it. Whoever names another host gets the provider's credentials sent there. "
      + "Without TLS Envoy refuses the cluster that AI Gateway makes of it.",
    bad: "Backend {type: DynamicResolver} behind an AIServiceBackend",
    good: "Backend {endpoints: [{fqdn: {hostname: api.openai.com, port: 443}}]}",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    .bundle { bundle, report in
      for place in bundle.knownAIServiceBackends {
        guard let backend = place.backend, backend.isDynamic else { continue }
        let policy = bundle.credentials(of: .aiServiceBackend, place.service.key).first
        let credentials =
          policy.map { ", with the credentials of BackendSecurityPolicy \($0.key.name)" } ?? ""
        let traffics = bundle.traffics(of: place.service.key).map { $0?.traffic }
        let isRefused = (traffics.isEmpty ? [nil] : traffics).allSatisfy {
          bundle.isRefusedByEnvoy(backend, $0)
        }
        report.add(
          isRefused
            ? "Envoy refuses the cluster of Backend \(backend.key.name), of type DynamicResolver "
              + (bundle.speaksTLS(to: backend) ? "beside proxyProtocol" : "without TLS")
              + ", as AI Gateway completes it: requests get 503, and would go to the host that the "
              + "client names\(credentials) otherwise; use a Backend with the provider's host"
            : "Backend \(backend.key.name) of type DynamicResolver asks the host that the client names"
              + "\(credentials); use a Backend with the provider's host",
          at: .to("spec", "backendRef"), in: place.index, severity: isRefused ? .error : nil)
      }
    })
}

extension ResourceIndex {
  /// What holds for the rules of AI routes that lead to an AIServiceBackend.
  fileprivate func traffics(of service: ObjectKey) -> [EffectiveTraffic?] {
    routes.flatMap { _, route in
      route.rules.filter { rule in
        rule.refs.contains {
          $0.isLive && !$0.isPool && $0.target(from: route.namespace) == service
        }
      }.flatMap { traffic(of: $0, of: route) }
    }
  }
}
