import Resources
import Schemas
import YAML

extension Rule {
  static let unknownVolume = Rule(
    "L128.volume", "unknown-volume", .error, .controller,
    "a volumeMount of a volume that the proxies do not have",
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
        for (place, mount) in mounts.enumerated() {
          guard let name = mount["name"]?.text,
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
