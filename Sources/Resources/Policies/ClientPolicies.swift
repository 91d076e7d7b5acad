import Schemas
package import YAML

/// A listener of a Gateway that is among the documents.
package struct KnownListener: Sendable {
  package let gateway: Gateway
  package let listener: Listener

  package init(gateway: Gateway, listener: Listener) {
    self.gateway = gateway
    self.listener = listener
  }

  /// As Envoy Gateway names it.
  package var title: String { "\(gateway.name)/\(listener.name)" }

  /// Whether it is the same listener of the same Gateway.
  package func isSame(as other: KnownListener) -> Bool {
    listener.index == other.listener.index && gateway.name == other.gateway.name
  }
}

/// A port of the proxies that some Gateways share.
struct SharedPort: Hashable {
  /// The oldest of the Gateways.
  let oldest: ObjectKey
  let port: Int?
}

extension Gateway {
  /// The listeners that are open for HTTP.
  package var openListeners: [KnownListener] {
    listeners.filter { $0.isHTTP && $0.isReady }.map { KnownListener(gateway: self, listener: $0) }
  }
}

extension Gateway {
  /// The listeners in which AI Gateway finds no HTTP (envoyproxy/ai-gateway v1.1.0,
  /// internal/extensionserver/header_to_metadata.go).
  package var listenersWithoutHTTP: [Listener] {
    listeners.filter { $0.isReady && ["TCP", "TLS"].contains($0.protocolName) }
  }
}

extension ResourceIndex {
  /// The listener of a name, nil where it is not among the documents.
  package func listener(_ name: String?, of gateway: ObjectKey) -> KnownListener? {
    guard let name, let known = gateways[gateway]?.gateway else { return nil }
    return known.listener(name).map { KnownListener(gateway: known, listener: $0) }
  }

  /// The listeners for HTTP on the port of one, itself among them, of its Gateway and of those that
  /// share its proxies: Envoy has one listener for all of them, made by the first (envoyproxy/gateway
  /// v1.8.1, internal/xds/translator/translator.go, processHTTPListenerXdsTranslation).
  package func listeners(onPortOf place: KnownListener) -> [KnownListener] {
    let port = place.listener.port
    if let oldest = oldestMates[place.gateway.name] {
      return sharedListeners[SharedPort(oldest: oldest, port: port)] ?? []
    }
    return place.gateway.openListeners.filter { $0.listener.port == port }
  }

  /// The first other one on its port, where all are plain HTTP and so one to Envoy in all that a
  /// ClientTrafficPolicy sets.
  package func sharer(of place: KnownListener) -> KnownListener? {
    guard place.listener.isPlainHTTP else { return nil }
    return listeners(onPortOf: place).first { !$0.isSame(as: place) }
  }

  /// The first for which Envoy Gateway refuses the policy of a whole Gateway at a listener: one of
  /// another Gateway whose name does not begin with the Gateway's (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/clienttrafficpolicy.go, validatePortOverlapForClientTrafficPolicy).
  package func foreignListener(of place: KnownListener) -> KnownListener? {
    guard place.listener.isPlainHTTP else { return nil }
    let name = place.gateway.name.description
    return listeners(onPortOf: place).first { !$0.isSame(as: place) && !$0.title.hasPrefix(name) }
  }

  /// The ClientTrafficPolicy that Envoy Gateway attaches to a listener.
  ///
  /// The listener's own replaces the Gateway's. One for a listener that shares its port with others
  /// in plain HTTP is refused, and so is the Gateway's where these are another Gateway's; nothing
  /// then stands in for it.
  package func clientTraffic(gateway key: ObjectKey, listener: String?)
    -> PolicyAttachments.Holder?
  {
    guard !clientPolicies.isEmpty else { return nil }
    let place = self.listener(listener, of: key)
    if let listener, let own = clientPolicies[.gateway(key, listener: listener)] {
      return place.flatMap(sharer) == nil ? own : nil
    }
    return place.flatMap(foreignListener) == nil ? clientPolicies[.gateway(key)] : nil
  }

  /// The ClientTrafficPolicy whose settings, but for the buffer limit, requests to a listener get:
  /// in plain HTTP that of the first on its port.
  package func appliedClientTraffic(gateway: ObjectKey, listener: String?)
    -> PolicyAttachments.Holder?
  {
    guard let place = self.listener(listener, of: gateway), place.listener.isPlainHTTP else {
      return clientTraffic(gateway: gateway, listener: listener)
    }
    return first(onPortOf: place).policy
  }

  /// The listener whose ClientTrafficPolicy sets for one what Envoy has once for each port, as the buffer
  /// limit: the first on its port, and that policy, nil where none is in force.
  package func first(onPortOf place: KnownListener)
    -> (place: KnownListener, policy: PolicyAttachments.Holder?)
  {
    let first = listeners(onPortOf: place).first ?? place
    let policy = clientTraffic(gateway: first.gateway.name, listener: first.listener.name)
    // Of a policy that is refused nothing is set, which those that it does not cover live with.
    if let policy, !first.isSame(as: place),
      !refusals(of: policy.policy, at: first).isEmpty
    {
      return (first, nil)
    }
    return (first, policy)
  }

  /// The listeners that each ClientTrafficPolicy holds for, by its document.
  package var clientListeners: [Int: [KnownListener]] {
    var listeners: [Int: [KnownListener]] = [:]
    guard !clientPolicies.isEmpty else { return listeners }
    for gateway in gateways.values.map(\.gateway).sorted(by: { $0.name < $1.name }) {
      for place in gateway.openListeners {
        guard let holder = clientTraffic(gateway: gateway.name, listener: place.listener.name)
        else { continue }
        listeners[holder.index, default: []].append(place)
      }
    }
    return listeners
  }
}

extension Policy {
  /// Where a ClientTrafficPolicy asks for the header of the PROXY protocol, nil where it does not
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/clienttrafficpolicy.go).
  package var proxyHeader: Path? {
    if spec.given("proxyProtocol") != nil { return .to("spec", "proxyProtocol") }
    return spec.given("enableProxyProtocol")?.bool == true
      ? .to("spec", "enableProxyProtocol") : nil
  }
}
