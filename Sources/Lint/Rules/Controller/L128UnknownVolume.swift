import Resources
import Schemas
import YAML

extension Rule {
  static let unknownVolume = Rule(
    "L128.volume", "unknown-volume", .error, .controller,
    "a volumeMount of a volume that the proxies do not have, or at a path that is taken",
    why: "A GatewayConfig only mounts volumes; the EnvoyProxy defines them. A Pod that mounts an "
      + "undefined volume is refused, so no new proxy starts.",
    bad: "volumeMounts: [{name: ca, mountPath: /ca}] alone",
    good: "the same and envoyDeployment {pod: {volumes: [{name: ca, ...}]}} in the EnvoyProxy",
    reference: Citation.aiGateway("internal/controller/gateway_mutator.go"),
    .bundle { bundle, report in
      let configs = bundle.others(.gatewayConfig)
      guard !configs.isEmpty else { return }
      let setup = bundle.proxySetup
      for config in configs {
        let path = Path.to("spec", "extProc", "kubernetes", "volumeMounts")
        let mounts = config.node[path]?.items ?? []
        guard !mounts.isEmpty else { continue }
        let sources = bundle.gateways.values.map(\.gateway).sorted { $0.name < $1.name }
          .filter { $0.configuration == config.key }.map(setup.source)
        var taken: Set = [
          "/etc/filter-config", "/etc/filter-config-bundle", "/etc/ai-gateway-extproc-uds",
        ]
        for (place, mount) in mounts.enumerated() {
          if let target = mount["mountPath"]?.text, !Variable.isIn(target),
            !taken.insert(target).inserted || target.contains(":")
          {
            report.add(
              target.contains(":")
                ? "Kubernetes takes no colon in a mountPath, so that no Pod is created; leave it out"
                : "something is mounted at \(target) already, so that no Pod is created; use another path",
              at: path.appending(place).appending("mountPath"), in: config.index)
          }
          guard let name = mount["name"]?.text, !EnvoyProxy.ownVolumes.contains(name),
            sources.contains(where: { !$0.mayHave(volume: name) })
          else { continue }
          report.add(
            "the proxies have no volume \(name), so that none of them starts; add it to the "
              + "EnvoyProxy's envoyDeployment.pod.volumes",
            at: path.appending(place).appending("name"),
            in: config.index)
        }
      }
    })
}

extension ProxySetup.Source {
  fileprivate func mayHave(volume: String) -> Bool {
    switch self {
    case .unknown: true
    case .usual: false
    case .known(let proxy): proxy.volumes.contains(volume)
    }
  }
}
