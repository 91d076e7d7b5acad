import Resources
import Schemas
import YAML

extension Rule {
  static let lateGatewayConfig = Rule(
    "L128.late", "late-gateway-config", .info, "a GatewayConfig annotation that takes effect late",
    why: "Changing the annotation alone does not trigger a reconcile: it takes effect when the "
      + "GatewayConfig, a route or the Gateway's spec changes next.",
    bad: "kubectl annotate gateway gw \(Gateway.configurationKey)=tracing",
    good: "the annotation, and a change of the GatewayConfig after it",
    reference: Citation.aiGateway("internal/controller/controller.go"),
    .document { document, report in
      guard case .gateway(let gateway) = document.content, gateway.configuration != nil else {
        return
      }
      report.add(
        "on an existing Gateway this takes effect only with the next change of its "
          + "GatewayConfig or spec; change one of them afterwards",
        at: .to("metadata", "annotations", Gateway.configurationKey))
    })
}
