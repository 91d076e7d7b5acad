import Schemas
import Resources
import YAML

extension Rule {
  static let unwiredGateway = Rule(
    "L25", "unwired-gateway", .warning, "a Gateway that AI Gateway cannot serve",
    why: "Envoy Gateway must be configured for AI Gateway, for Backends and for InferencePools; "
      + "otherwise requests get 404 or 500, and no status says why. AI Gateway 1.0.0 does no AI "
      + "processing for Gateways in Envoy Gateway's own namespace.",
    bad: "EnvoyGateway without extensionManager",
    good: "EnvoyGateway {extensionManager: ..., extensionApis: {enableBackend: true}}",
    reference: Citation.aiGateway("manifests/envoy-gateway-values.yaml"),
    .bundle { bundle, report in
      var seen: Set<ObjectKey> = []
      for (gateway, entry) in bundle.gateways {
        guard let refusal = bundle.unservedGateway(gateway) else { continue }
        report.add(
          "\(refusal); use another namespace", at: .to("metadata", "namespace"), in: entry.index)
      }
      for (_, route) in bundle.routes {
        for gateway in bundle.gateways(of: route) {
          guard let proxy = bundle.mergingProxy(of: gateway), seen.insert(gateway.name).inserted,
            let index = bundle.gateways[gateway.name]?.index
          else { continue }
          report.add(
            "AI Gateway adds nothing to proxies that Gateways share, so that AI routes fail here; "
              + "leave mergeGateways out of EnvoyProxy \(proxy.key)",
            at: .to("spec", "gatewayClassName"), in: index, severity: .error)
        }
      }
      for (index, installation) in bundle.installations where installation.envoyGateway != nil {
        let missing = installation.missingSettings(needsPools: bundle.hasPools)
        guard !missing.isEmpty else { continue }
        report.add(
          "Envoy Gateway is not set up for AI Gateway; write \(missing.joined(separator: ", "))",
          at: installation.isBare ? .root : .to("data", "envoy-gateway.yaml"), in: index)
      }
    })
}

extension ControllerConfiguration {
  fileprivate func missingSettings(needsPools: Bool) -> [String] {
    var missing: [String] = []
    missing += missingExtensionSettings(needsPools: needsPools)
    if !takesBackends { missing.append("extensionApis.enableBackend") }
    if needsPools, !takesPools {
      missing.append("extensionManager.backendResources with InferencePool")
    }
    return missing
  }
}
