import Resources
import Schemas
import YAML

extension Rule {
  static let rateLimitService = Rule(
    "L76", "rate-limit-service", .info, "a global rate limit without a rate limit service",
    why: "Envoy Gateway counts global limits in Redis, which must be set in its configuration. "
      + "Otherwise it refuses the policy, and every route that the policy covers answers 500.",
    bad: "rateLimit: {type: Global}, EnvoyGateway without rateLimit",
    good: "EnvoyGateway {rateLimit: {backend: {type: Redis, redis: {url: redis:6379}}}}",
    reference: Citation.aiGateway("site/docs/capabilities/traffic/usage-based-ratelimiting.md"),
    .bundle { bundle, report in
      guard !bundle.installations.contains(where: { $0.installation.envoyGateway != nil }) else {
        return
      }
      for holder in bundle.backendPolicies.all
      where holder.policy.spec.given("rateLimit", "global") != nil {
        report.add(
          "global limits need Envoy Gateway's rate limit service; whether it is set up cannot be "
            + "known from these documents", at: .to("spec", "rateLimit"), in: holder.index)
      }
    })
}
