import Schemas
package import YAML

/// A Gateway with its listeners, each validated as Envoy Gateway does (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/listener.go, validate.go).
package final class Gateway: Sendable {
  package let node: Node
  package let name: ObjectKey
  package let labels: Labels
  package let listeners: [Listener]
  /// Whether it names a GatewayConfig.
  package let hasConfiguration: Bool

  package init(_ node: Node, name: ObjectKey) {
    self.node = node
    self.name = name
    labels = Labels(node["metadata"]?["labels"])
    let annotations = node["metadata"]?["annotations"]
    hasConfiguration = annotations?[Gateway.configurationKey] != nil
    var listeners = (node["spec"]?.list("listeners") ?? []).enumerated().map {
      Listener($0.element, index: $0.offset)
    }
    Gateway.findConflicts(among: &listeners)
    self.listeners = listeners
  }

  /// The same where some listeners drop out for certificates, before conflicts are looked for.
  func without(_ unfit: [Int: Listener.Problem]) -> Gateway {
    guard !unfit.isEmpty else { return self }
    var listeners = (node["spec"]?.list("listeners") ?? []).enumerated().map {
      Listener($0.element, index: $0.offset)
    }
    for (index, problem) in unfit { listeners[index].problem = problem }
    Gateway.findConflicts(among: &listeners)
    return Gateway(self, listeners: listeners)
  }

  /// The same with listeners validated anew.
  private init(_ gateway: Gateway, listeners: [Listener]) {
    node = gateway.node
    name = gateway.name
    labels = gateway.labels
    hasConfiguration = gateway.hasConfiguration
    self.listeners = listeners
  }

  /// Gateways, the oldest first, that share one set of proxies: of listeners with the same port,
  /// protocol and hostname the first holds, and protocols that do not go together on a port keep
  /// out all of it (internal/gatewayapi/validate.go, validateConflictedMergedListeners).
  static func merged(_ gateways: [Gateway]) -> [Gateway] {
    var lists = gateways.map(\.listeners)
    var first: [MergedListener: String] = [:]
    var ports: [Int: [(gateway: Int, index: Int, family: String)]] = [:]
    for (place, gateway) in gateways.enumerated() {
      for listener in gateway.listeners where listener.isReady {
        guard let port = listener.port else { continue }
        let title = "\(listener.name) of Gateway \(gateway.name)"
        let key = MergedListener(
          port: port, protocolName: listener.protocolName, hostname: listener.hostname)
        if let other = first[key] {
          lists[place][listener.index].problem = .taken(by: other)
        } else {
          first[key] = title
        }
        if listener.protocolFamily != "UDP" {
          ports[port, default: []].append((place, listener.index, listener.protocolFamily))
        }
      }
    }
    for members in ports.values where Set(members.map(\.family)).count > 1 {
      for member in members {
        guard let other = members.first(where: { $0.family != member.family }) else { continue }
        let gateway = gateways[other.gateway]
        lists[member.gateway][member.index].problem = .protocolConflict(
          with: "\(gateway.listeners[other.index].name) of Gateway \(gateway.name)")
      }
    }
    return zip(gateways, lists).map(Gateway.init)
  }

  /// What no two listeners of merged Gateways may share.
  private struct MergedListener: Hashable {
    let port: Int
    let protocolName: String
    let hostname: String?
  }

  /// What verifies clients' certificates on a listener, and where it stands; nil where nothing does
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/listener.go, ProcessGatewayTLS).
  package func clientValidation(of listener: Listener) -> (node: Node, path: Path)? {
    let frontend = Path.to("spec", "tls", "frontend")
    guard listener.protocolName == "HTTPS", let tls = node[frontend] else { return nil }
    let own = tls.list("perPort").firstIndex { $0["port"]?.integer == listener.port }
    let path =
      own.map { frontend.appending(.to("perPort", $0, "tls")) }
      ?? frontend.appending("default")
    return node[path]?.given("validation").map { ($0, path.appending("validation")) }
  }

  /// The listeners that a parentRef is for.
  package func listeners(for parent: ParentRef) -> [Listener] {
    listeners.filter { parent.fits(listener: $0.name, port: $0.port) }
  }

  package func listener(_ name: String) -> Listener? { listeners.first { $0.name == name } }

  /// The hosts for which a route is served by one of the listeners: a host that is another
  /// listener's own on the same port goes there.
  package func hosts(of route: [String], on listener: Listener) -> [String] {
    let hosts = Hostname.served(of: route, on: listener.hostname)
    guard !route.isEmpty, listeners.count > 1 else { return hosts }
    let others = Set(
      listeners.lazy.filter { $0.index != listener.index && $0.port == listener.port }
        .compactMap(\.hostname))
    return others.isEmpty ? hosts : hosts.filter { !others.contains($0) }
  }

  /// Marks the listeners that share a port though their protocols or hostnames do not allow it:
  /// none of them is programmed (internal/gatewayapi/validate.go, validateConflicted…).
  private static func findConflicts(among listeners: inout [Listener]) {
    var ports: [Int: [Int]] = [:]
    for (index, listener) in listeners.enumerated() where listener.problem == nil {
      guard let port = listener.port, listener.protocolFamily != "UDP" else { continue }
      ports[port, default: []].append(index)
    }
    for members in ports.values where members.count > 1 {
      let families = Set(members.map { listeners[$0].protocolFamily })
      if families.count > 1 {
        for index in members {
          let other = members.first {
            listeners[$0].protocolFamily != listeners[index].protocolFamily
          }
          listeners[index].problem = .protocolConflict(with: other.map { listeners[$0].name } ?? "")
        }
        continue
      }
      var hosts: [String: [Int]] = [:]
      for index in members { hosts[listeners[index].hostname ?? "", default: []].append(index) }
      for twins in hosts.values where twins.count > 1 {
        for index in twins {
          let other = twins.first { $0 != index }
          listeners[index].problem = .hostnameConflict(with: other.map { listeners[$0].name } ?? "")
        }
      }
    }
  }
}
