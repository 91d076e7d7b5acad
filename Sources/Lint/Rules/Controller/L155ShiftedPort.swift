import Resources
import Schemas

extension Rule {
  static let shiftedPort = Rule(
    "L155", "shifted-port", .warning, .controller,
    "listeners on a port below 1024 and on the port 10000 above it",
    why:
      "Envoy Gateway adds 10000 to ports below 1024 where the proxy listens, so that both are one "
      + "listener for Envoy: hosts and settings of the two mix. The EnvoyProxy's "
      + "useListenerPortAsContainerPort turns that off.",
    bad: "listeners: [{name: a, port: 80, ...}, {name: b, port: 10080, ...}]",
    good: "listeners: [{name: a, port: 80, ...}, {name: b, port: 8080, ...}]",
    reference: Citation.envoyGateway("internal/gatewayapi/listener.go"),
    .bundle { index, report in
      for (document, gateway) in index.gateways.values {
        for (low, high) in index.shiftedPorts(of: gateway) {
          report.add(
            "the proxy listens for port \(low.port ?? 0) of listener \(low.name) on "
              + "\(high.port ?? 0) as well; use another port",
            at: .to("spec", "listeners", high.index, "port"), in: document)
        }
      }
    })
}
