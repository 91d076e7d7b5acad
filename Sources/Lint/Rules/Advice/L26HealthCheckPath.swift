import Resources
import Schemas
import YAML

extension Rule {
  static let healthCheckPath = Rule(
    "L26.health", "health-check-path", .error,
    "a health check at a path of AI requests",
    why: "Envoy answers requests for the path of healthCheck with 200 before any route sees them.",
    bad: "ClientTrafficPolicy {healthCheck: {path: /v1/models}}",
    good: "ClientTrafficPolicy {healthCheck: {path: /healthz}}",
    reference: Citation.envoyGateway("internal/xds/translator/healthcheck.go"),
    .bundle { bundle, report in
      let root = (bundle.rootPrefix ?? "/").withoutSlash
      for holder in bundle.clientPolicies.all {
        guard let path = holder.policy.healthCheckPath,
          Endpoint.paths.contains(where: { root + $0.path == path })
        else { continue }
        report.add(
          "requests for \(path) are answered with 200 by the health check and reach no route; use a "
            + "path such as /healthz", at: .to("spec", "healthCheck", "path"), in: holder.index)
      }
    })
}
