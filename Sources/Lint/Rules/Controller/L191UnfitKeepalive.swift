import Resources
import Schemas
import YAML

extension Rule {
  static let unfitKeepalive = Rule(
    "L191", "unfit-keepalive", .error, .controller,
    "tcpKeepalive for connections to backends with a value that Linux does not take",
    why:
      "Envoy sets each value as an option of the socket, of which Linux takes whole seconds from 1s to "
      + "32767s and 1 to 127 probes. Otherwise no connection is opened, and requests get 503. A 0, "
      + "which is also what is left of 500ms, switches keepalive off.",
    bad: "tcpKeepalive: {idleTime: 10h}", good: "tcpKeepalive: {idleTime: 5m}",
    reference: Citation.envoyGateway("internal/gatewayapi/clustersettings.go"),
    .document { document, report in
      for path in document.backendKeepalives {
        guard let unfit = UnfitKeepalive.deciding(in: document.node[path]) else { continue }
        let effect =
          unfit.isZero
          ? "this is 0, by which connections are opened without keepalive"
          : "a value that Linux does not take, so that no connection is opened"
            + (path == .to("spec", "tcpKeepalive") ? " and requests get 503" : "")
        report.add(
          "\(effect); use \(unfit.accepted)", at: path.appending(unfit.field),
          severity: unfit.isZero ? .warning : .error)
      }
    })
}
