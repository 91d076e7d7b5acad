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
      for config in bundle.others(.gatewayConfig) {
        report.add(bundle.mountProblems(of: config), in: config.index)
      }
    })
}
