import Resources
import Schemas
import YAML

extension Rule {
  static let noEjection = Rule(
    "L161", "no-ejection", .warning,
    "a passive health check whose maxEjectionPercent is too low to eject an endpoint",
    why:
      "maxEjectionPercent is 10 by default: of fewer than ten endpoints in a rule Envoy then takes "
      + "none out, and a backend that fails keeps its share.",
    bad: "healthCheck: {passive: {consecutive5XxErrors: 3}}",
    good: "healthCheck: {passive: {consecutive5XxErrors: 3, maxEjectionPercent: 100}}",
    reference: Citation.envoyGateway("api/v1alpha1/healthcheck_types.go"),
    repair: .automatic,
    .policy { policy, report in
      let traffic = policy.traffic
      guard traffic.hasPassiveCheck, traffic.mostEjected < 50, !traffic.ejectsOne else { return }
      let least = (100 + traffic.mostEjected - 1) / traffic.mostEjected
      let path = Path.to("spec", "healthCheck", "passive", "maxEjectionPercent")
      let isZero = policy.node[path]?.integer == 0
      report.add(
        "with fewer than \(least) endpoints in a rule, maxEjectionPercent \(traffic.mostEjected) "
          + "ejects none\(isZero ? " (0 stands for it)" : ""); use 100", at: path,
        caution: policy.node[path] == nil ? nil : .guess, fix: "write maxEjectionPercent 100",
        .set(path, .integer(100)))
    })
}
