import Schemas
import YAML
import Resources

extension Rule {
  static let oldTLSPolicy = Rule(
    "L68", "old-tls-policy", .warning, "a deprecated version of BackendTLSPolicy",
    why: "v1alpha3 works, with a warning on apply; a later release of Gateway API drops it.",
    bad: "apiVersion: gateway.networking.k8s.io/v1alpha3",
    good: "apiVersion: gateway.networking.k8s.io/v1",
    reference: Citation.gatewayAPICRD("backendtlspolicies"),
    repair: .automatic,
    .document { document, report in
      guard document.isOldTLSPolicy else { return }
      report.add(
        "v1alpha3 of BackendTLSPolicy is deprecated; use gateway.networking.k8s.io/v1",
        at: .to("apiVersion"), fix: "write gateway.networking.k8s.io/v1",
        .set(.to("apiVersion"), .string("gateway.networking.k8s.io/v1")))
    })
}
