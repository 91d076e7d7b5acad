import Resources
import Kinds
import Manifest

extension Rule {
  static let rateLimitService = Rule(
    "L76", .warning, "a global rate limit without the service that counts",
    why: "Envoy Gateway counts global limits in Redis, which its configuration has to name. "
      + "Without that nothing is limited.",
    bad: "rateLimit: {type: Global}, EnvoyGateway without rateLimit",
    good: "EnvoyGateway {rateLimit: {backend: {type: Redis, redis: {url: redis:6379}}}}",
    .bundle { bundle, report in
      let known = bundle.installations.filter { $0.installation.envoyGateway != nil }
      guard !known.contains(where: \.installation.hasRateLimit) else { return }
      for holder in bundle.backendPolicies.all {
        let index = holder.index
        let limit = holder.policy.spec["rateLimit"]
        guard limit?["global"].map({ !$0.isNull }) ?? false else { continue }
        let path = Path.to("spec", "rateLimit")
        if known.isEmpty {
          report.add(
            "global limits need Envoy Gateway's rate limit service; whether it is set up cannot "
              + "be known from these documents", at: path, in: index, severity: .info)
        } else {
          report.add(
            "Envoy Gateway has no rate limit service here, so nothing is limited; write "
              + "rateLimit.backend in its configuration", at: path, in: index)
        }
      }
    })
}
