import Resources
import Schemas
import YAML

extension Rule {
  static let quotaService = Rule(
    "L133", "quota-service", .info, "a quota without a rate limit service",
    why: "AI Gateway's quotas are counted by a separate rate limit service, which its Helm chart "
      + "does not install. Without it requests pass, after a delay of five seconds.",
    bad: "QuotaPolicy alone", good: "the same and Service envoy-ai-gateway-ratelimit",
    reference: Citation.aiGateway("manifests/charts/ai-gateway-helm/values.yaml"),
    .bundle { index, report in
      guard index.release >= .v0_7,
        !index.servicePorts.keys.contains(where: { $0.name == "envoy-ai-gateway-ratelimit" })
      else { return }
      for policy in index.quotaPolicies {
        report.add(
          "quotas need AI Gateway's own rate limit service, which is not here; its chart does not "
            + "install it", at: .to("spec"), in: policy.index)
      }
    })
}
