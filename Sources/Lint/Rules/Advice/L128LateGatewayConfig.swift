import Resources
import Schemas
import YAML

extension Rule {
  static let lateGatewayConfig = Rule(
    "L128.late", "late-gateway-config", .info, "an annotation that is heeded late",
    why: "Adding or changing the annotation alone does not wake the controller: it shows when the "
      + "GatewayConfig, a route or the Gateway's spec changes next.",
    bad: "kubectl annotate gateway gw \(Gateway.configurationKey)=tracing",
    good: "the annotation, and a change of the GatewayConfig after it",
    reference: Upstream.aiGateway("internal/controller/controller.go"),
    .document { document, report in
      guard case .gateway(let gateway) = document.content, gateway.configuration != nil else {
        return
      }
      report.add(
        "written on a Gateway that is there already, this is heeded with the next change of its "
          + "GatewayConfig or spec only; change one of them after it",
        at: .to("metadata", "annotations", Gateway.configurationKey))
    })
}
