import Resources
import Schemas
import YAML

extension Rule {
  static let idleGatewayConfig = Rule(
    "L128", "idle-gateway-config", .warning, "a GatewayConfig that no Gateway uses",
    why: "A Gateway names its GatewayConfig in an annotation; the GatewayConfig must be in the "
      + "same namespace. Otherwise the defaults apply, and only a log says so.",
    bad: "GatewayConfig in ai, Gateway in infra with gateway-config: tracing",
    good: "both in infra, annotation \(Gateway.configurationKey): tracing",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    .bundle { bundle, report in
      let configs = bundle.others(.gatewayConfig)
      guard !configs.isEmpty else { return }
      let presence = ObjectPresence(of: configs.map(\.key))
      var names: Set<String> = []
      for (index, gateway) in bundle.gateways.values {
        guard let key = gateway.configuration else { continue }
        names.insert(key.name)
        guard let missing = presence.missingObject(key) else { continue }
        report.addMissing(
          "GatewayConfig", key, missing, effect: "the defaults hold",
          at: .to("metadata", "annotations", Gateway.configurationKey), in: index)
      }
      let namespaces = Set(bundle.gateways.keys.map(\.namespace))
      for config in configs where !names.contains(config.name) {
        report.add(
          "no Gateway here names it, so that it has no effect; write the annotation "
            + "\(Gateway.configurationKey): \(config.name)", at: .to("metadata", "name"),
          in: config.index, severity: namespaces.contains(config.namespace) ? .warning : .info)
      }
    })
}
