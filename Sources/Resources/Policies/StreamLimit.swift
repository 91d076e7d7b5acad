import Schemas
package import YAML

/// How long a request may last with its answer, or pause, however long its route lets it: the route's
/// BackendTrafficPolicy goes before the listener's ClientTrafficPolicy (envoyproxy/gateway v1.8.1,
/// internal/xds/translator/route.go, listener.go).
package struct StreamLimit: Sendable {
  package enum Kind: CaseIterable, Sendable {
    /// The whole of it.
    case duration
    /// The time in which nothing is sent either way.
    case pause

    fileprivate var trafficPath: Path {
      switch self {
      case .duration: .to("spec", "timeout", "http", "maxStreamDuration")
      case .pause: .to("spec", "timeout", "http", "streamIdleTimeout")
      }
    }

    fileprivate var connectionPath: Path {
      switch self {
      case .duration: .to("spec", "connection", "connectionLimit", "maxStreamDuration")
      case .pause: trafficPath
      }
    }
  }

  package let kind: Kind
  package let holder: PolicyAttachments.Holder
  package let path: Path
  /// As written.
  package let text: String
  package let milliseconds: Int

  /// Whether a policy says how long a stream may take, or pause.
  package static func isSet(in policy: Node) -> Bool {
    Kind.allCases.contains { policy[$0.trafficPath] != nil || policy[$0.connectionPath] != nil }
  }

  /// Nil where nothing limits it; `0s` takes the listener's limit away.
  package init?(
    _ kind: Kind, _ traffic: EffectiveTraffic?, _ client: PolicyAttachments.Holder?
  ) {
    let places = [
      (traffic?.policies ?? [], kind.trafficPath), (client.map { [$0] } ?? [], kind.connectionPath),
    ]
    for (holders, path) in places {
      for holder in holders {
        guard let text = holder.policy.node[path]?.text else { continue }
        guard let time = GatewayDuration.milliseconds(text), time > 0 else { return nil }
        (self.kind, self.holder, self.path, self.text) = (kind, holder, path, text)
        milliseconds = time
        return
      }
    }
    return nil
  }
}
