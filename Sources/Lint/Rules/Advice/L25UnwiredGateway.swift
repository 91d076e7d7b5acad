import Schemas
import Resources
import YAML

extension Rule {
  static let unwiredGateway = Rule(
    "L25", "unwired-gateway", .warning, "a Gateway that AI Gateway cannot serve",
    why: "Envoy Gateway must be configured for AI Gateway, for Backends and for InferencePools; "
      + "otherwise requests get 404 or 500, and no status says why. Nor does it see what stands in "
      + "namespaces that it does not watch, or apply an EnvoyPatchPolicy that it is not told to. AI "
      + "Gateway 1.0.0 does no AI processing for Gateways in Envoy Gateway's own namespace.",
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
      let isMerging = bundle.proxySetup.proxies.values.contains(where: \.mergesGateways)
      for (_, route) in bundle.routes where isMerging {
        for gateway in bundle.gateways(of: route) {
          guard let proxy = bundle.mergingProxy(of: gateway), seen.insert(gateway.name).inserted,
            let index = bundle.gateways[gateway.name]?.index
          else { continue }
          report.add(
            "AI Gateway adds no external processor to the proxies of merged Gateways, so AI routes "
              + "fail here; remove mergeGateways from EnvoyProxy \(proxy.key)",
            at: .to("spec", "gatewayClassName"), in: index, severity: .error)
        }
      }
      for (index, installation) in bundle.installations where installation.envoyGateway != nil {
        if let refusal = installation.refusal {
          report.add(
            "Envoy Gateway does not start with it (\(refusal.condition))",
            at: installation.isBare ? refusal.path : ControllerConfiguration.place, in: index,
            severity: .error)
        }
        let missing = installation.missingSettings(needsPools: bundle.hasPools)
        guard !missing.isEmpty else { continue }
        report.add(
          "Envoy Gateway is not set up for AI Gateway; write \(missing.joined(separator: ", "))",
          at: installation.isBare ? .root : ControllerConfiguration.place, in: index)
      }
      addUnseen(in: bundle, &report)
      guard bundle.configuration(lacks: \.takesPatches) else { return }
      for patch in bundle.others(.envoyPatchPolicy) {
        report.add(
          "Envoy Gateway applies no EnvoyPatchPolicy here; write extensionApis "
            + "{enableEnvoyPatchPolicy: true} in its configuration", at: .to("spec"),
          in: patch.index)
      }
    })

  /// Reports what stands in namespaces that Envoy Gateway does not watch.
  private static func addUnseen(in bundle: ResourceIndex, _ report: inout Report) {
    guard !bundle.installations.isEmpty else { return }
    let objects =
      bundle.gateways.map { ($0.value.index, $0.key) }
      + bundle.routes.map { ($0.index, $0.route.key) }
      + bundle.plainHTTPRoutes.map { ($0.index, $0.route.key) }
      + bundle.backends.map { ($0.value.index, $0.key) }
    for (document, key) in objects.sorted(by: { $0.0 < $1.0 }) {
      // Where none is written, another may come with the command that applies it.
      guard bundle.documents[document].node["metadata"]?.given("namespace") != nil,
        let reason = bundle.unwatchedReason(for: key.namespace)
      else { continue }
      report.add(
        "\(reason); add it to provider.kubernetes.watch.namespaces",
        at: .to("metadata", "namespace"), in: document)
    }
  }
}

extension ControllerConfiguration {
  /// Where it stands in a ConfigMap.
  fileprivate static let place = Path.to("data", "envoy-gateway.yaml")

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
