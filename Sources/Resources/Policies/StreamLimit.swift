import Schemas
package import YAML

/// How long a request may last with its answer, however long its route lets it: the route's
/// BackendTrafficPolicy goes before the listener's ClientTrafficPolicy (envoyproxy/gateway v1.8.1,
/// internal/xds/translator/route.go, listener.go).
package struct StreamLimit: Sendable {
  package let holder: PolicyAttachments.Holder
  package let path: Path
  /// As written.
  package let text: String
  package let milliseconds: Int

  private static let trafficPath = Path.to("spec", "timeout", "http", "maxStreamDuration")
  private static let connectionPath =
    Path.to("spec", "connection", "connectionLimit", "maxStreamDuration")

  /// Whether a policy says how long a stream may take.
  package static func isSet(in policy: Node) -> Bool {
    policy[trafficPath] != nil || policy[connectionPath] != nil
  }

  /// Nil where nothing limits it; `0s` takes the listener's limit away.
  package init?(_ traffic: EffectiveTraffic?, _ client: PolicyAttachments.Holder?) {
    let places = [
      (traffic?.policies ?? [], StreamLimit.trafficPath),
      (client.map { [$0] } ?? [], StreamLimit.connectionPath),
    ]
    for (holders, path) in places {
      for holder in holders {
        guard let text = holder.policy.node[path]?.text else { continue }
        guard let time = GatewayDuration.milliseconds(text), time > 0 else { return nil }
        (self.holder, self.path, self.text, milliseconds) = (holder, path, text, time)
        return
      }
    }
    return nil
  }
}
