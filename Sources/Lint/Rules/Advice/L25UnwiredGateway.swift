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
    reference: Upstream.aiGateway("manifests/envoy-gateway-values.yaml"),
    .bundle { bundle, report in
      for (gateway, entry) in bundle.gateways {
        guard let lack = bundle.unservedGateway(gateway) else { continue }
        report.add(
          "\(lack); use another namespace", at: .to("metadata", "namespace"), in: entry.index)
      }
      for (index, installation) in bundle.installations where installation.envoyGateway != nil {
        let lacks = installation.lacks(needsPools: bundle.hasPools)
        guard !lacks.isEmpty else { continue }
        report.add(
          "Envoy Gateway is not set up for AI Gateway; write \(lacks.joined(separator: ", "))",
          at: installation.isBare ? .root : .to("data", "envoy-gateway.yaml"), in: index)
      }
    })
}

extension ControllerConfiguration {
  fileprivate func lacks(needsPools: Bool) -> [String] {
    var lacks: [String] = []
    if !hasExtension { lacks.append("extensionManager") }
    if !takesBackends { lacks.append("extensionApis.enableBackend") }
    if needsPools, hasExtension, !takesPools {
      lacks.append("extensionManager.backendResources with InferencePool")
    }
    return lacks
  }
}

extension ResourceIndex {
  fileprivate var hasPools: Bool {
    routes.contains { $0.route.rules.contains { rule in rule.refs.contains(where: \.isPool) } }
  }
}
