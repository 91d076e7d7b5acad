import Schemas
package import YAML

/// A listener that a ListenerSet brings to a Gateway (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/listenerset.go, helpers.go, GetReferencedListeners).
///
/// Routes attach to it by naming the ListenerSet, which AIGatewayRoutes and MCPRoutes may not
/// (envoyproxy/ai-gateway v1.1.0, api/v1beta1/ai_gateway_route.go, mcp_route.go).
package struct SetListener: Sendable {
  package let set: ObjectKey
  /// The ListenerSet's document.
  package let document: Int
  package let listener: Listener

  /// What tells it from the Gateway's own.
  package var title: String { "\(set)/\(listener.name)" }

  /// Where its port stands.
  package var port: Path { .to("spec", "listeners", listener.index, "port") }
}

/// A listener of a ListenerSet in conflict with a Gateway's own on its port, with a protocol that does
/// not go together or the same hostname (envoyproxy/gateway v1.8.1, v1.8.2 and v1.9.0,
/// internal/gatewayapi/validate.go).
package struct ListenerClash: Sendable {
  package let other: SetListener
  package let own: Listener
  package let isOfProtocols: Bool
  /// Whether the Gateway's own is programmed in every release.
  package let keepsOwn: Bool

  /// What becomes of the two.
  package var effect: String {
    if keepsOwn { return "only the Gateway's is programmed" }
    return
      "before Envoy Gateway \(isOfProtocols ? "1.9" : "1.8.2") neither is programmed, since then only the "
      + "Gateway's"
  }
}

extension ResourceIndex {
  /// The listeners that ListenerSets among the documents bring to a Gateway, those of the oldest first.
  package func setListeners(of gateway: Gateway) -> [SetListener] {
    listenerSets(of: gateway).sorted { Age(of: $0.node) < Age(of: $1.node) }.flatMap { set in
      (set.node["spec"]?.list("listeners") ?? []).enumerated().map {
        SetListener(
          set: set.key, document: set.index, listener: Listener($0.element, index: $0.offset))
      }
    }
  }

  /// Those in conflict with a Gateway's own, each with one of these.
  package func clashes(with gateway: Gateway) -> [ListenerClash] {
    setListeners(of: gateway).filter(\.listener.isReady).compactMap { other in
      let shared = gateway.listeners.filter {
        $0.isReady && $0.port == other.listener.port && $0.protocolFamily != "UDP"
      }
      guard other.listener.protocolFamily != "UDP" else { return nil }
      if let own = shared.first(where: { $0.protocolFamily != other.listener.protocolFamily }) {
        let speakAlike = own.speaksHTTPOrTLS && other.listener.speaksHTTPOrTLS
        return ListenerClash(
          other: other, own: own, isOfProtocols: true,
          keepsOwn: shared.count == 1 && !speakAlike)
      }
      guard other.listener.speaksHTTPOrTLS,
        let own = shared.first(where: { $0.hostname == other.listener.hostname })
      else { return nil }
      return ListenerClash(other: other, own: own, isOfProtocols: false, keepsOwn: false)
    }
  }

  /// The listeners of ListenerSets that some release programs, and pairs of them in conflict with one
  /// another, of which the later is left out.
  package func openSetListeners(of gateway: Gateway)
    -> (listeners: [SetListener], conflicts: [(first: SetListener, other: SetListener)])
  {
    let lost = Set(clashes(with: gateway).map(\.other.title))
    var open: [SetListener] = []
    var conflicts: [(first: SetListener, other: SetListener)] = []
    for other in setListeners(of: gateway)
    where other.listener.isHTTP && other.listener.isReady && !lost.contains(other.title) {
      let first = open.first { $0.listener.conflicts(with: other.listener) }
      if let first { conflicts.append((first, other)) } else { open.append(other) }
    }
    return (open, conflicts)
  }

  /// The hosts for which a route is served by a Gateway's listener: one that is another listener's own on
  /// the same port goes there, be it of the Gateway or a ListenerSet (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/helpers.go, computeHosts).
  package func hosts(of route: [String], on listener: Listener, of gateway: Gateway) -> [String] {
    let hosts = gateway.hosts(of: route, on: listener)
    guard !route.isEmpty, gateway.takesListenerSets else { return hosts }
    let others = setListeners(of: gateway).filter { $0.listener.port == listener.port }
    let taken = Set(others.compactMap(\.listener.hostname))
    return hosts.filter { !taken.contains($0) }
  }

  /// The listener of a ListenerSet that takes a host of routes from a Gateway's on the same port.
  package func taker(of host: String, on listener: Listener, of gateway: Gateway) -> SetListener? {
    setListeners(of: gateway).first {
      $0.listener.port == listener.port && $0.listener.hostname == host
    }
  }

  /// The same of a ListenerSet's listener.
  package func hosts(of route: [String], on other: SetListener, of gateway: Gateway) -> [String] {
    let hosts = Hostname.served(of: route, on: other.listener.hostname)
    guard !route.isEmpty else { return hosts }
    let all =
      gateway.listeners
      + setListeners(of: gateway).filter { $0.title != other.title }.map(\.listener)
    let taken = Set(all.filter { $0.port == other.listener.port }.compactMap(\.hostname))
    return hosts.filter { !taken.contains($0) }
  }
}

extension Listener {
  /// Whether it and another one with HTTP share a port that they may not share.
  fileprivate func conflicts(with other: Listener) -> Bool {
    port == other.port && (protocolFamily != other.protocolFamily || hostname == other.hostname)
  }
}
