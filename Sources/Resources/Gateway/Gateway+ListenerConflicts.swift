extension Gateway {
  /// Marks the listeners that share a port though their protocols or hostnames do not allow it:
  /// none of them is programmed (internal/gatewayapi/validate.go, validateConflicted…).
  static func findConflicts(among listeners: inout [Listener]) {
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
}
