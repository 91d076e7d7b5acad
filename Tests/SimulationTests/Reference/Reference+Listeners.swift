import YAML
import Resources
import Simulation

extension Reference {
  /// A listener of the Gateway that is asked.
  struct Door {
    let node: Node
    /// Its place in the Gateway.
    let place: Int

    var name: String { node["name"]?.text ?? "" }
    var port: Int { node["port"]?.integer ?? 0 }
    var protocolName: String { node["protocol"]?.text ?? "" }
    /// Empty where it takes any host.
    var hostname: String { node["hostname"]?.text ?? "" }
    /// HTTPS and TLS may stand together at a port, nothing else may.
    var family: String {
      protocolName == "HTTPS" || protocolName == "TLS" ? "https/tls" : protocolName
    }
  }

  var doors: [Door] {
    guard let gateway = thing("Gateway", gateway.namespace, gateway.name) else { return [] }
    let nodes = gateway.spec["listeners"]?.items ?? []
    return nodes.indices.map { Door(node: nodes[$0], place: $0) }
  }

  /// Whether nothing is wrong with a listener by itself (internal/gatewayapi/listener.go,
  /// validateListenerSpec).
  func isSound(_ door: Door) -> Bool {
    let namespaces = door.node["allowedRoutes"]?["namespaces"]
    if namespaces?["from"]?.text == "Selector" {
      guard let selector = namespaces?["selector"], fits(selector, [:]) != nil else {
        return false
      }
    }
    let kinds: [String]
    switch door.protocolName {
    case "HTTP", "HTTPS": kinds = ["HTTPRoute", "GRPCRoute"]
    case "TLS":
      kinds =
        door.node["tls"]?["mode"]?.text == "Passthrough" ? ["TLSRoute"] : ["TCPRoute", "TLSRoute"]
    case "TCP": kinds = ["TCPRoute"]
    case "UDP": kinds = ["UDPRoute"]
    default: return false
    }
    for kind in door.node["allowedRoutes"]?["kinds"]?.items ?? [] {
      let group = kind["group"]?.text ?? "gateway.networking.k8s.io"
      if group != "gateway.networking.k8s.io" { return false }
      if !kinds.contains(kind["kind"]?.text ?? "") { return false }
    }
    let hasCertificates = !(door.node["tls"]?["certificateRefs"]?.items ?? []).isEmpty
    switch door.protocolName {
    case "HTTP": if door.node["tls"] != nil { return false }
    case "HTTPS": if !hasCertificates { return false }
    case "TLS":
      if door.node["tls"] == nil { return false }
      if door.node["tls"]?["mode"]?.text == "Terminate", !hasCertificates { return false }
    default: break
    }
    return true
  }

  /// Whether other listeners stand in its way (internal/gatewayapi/validate.go,
  /// validateConflictedProtocolsListeners and its neighbours).
  func isConflicted(_ door: Door) -> Bool {
    let beside = doors.filter { isSound($0) && $0.port == door.port && $0.place != door.place }
    let isLayer4 = door.protocolName == "TCP" || door.protocolName == "UDP"
    if door.protocolName != "UDP" {
      for other in beside where other.protocolName != "UDP" && other.family != door.family {
        return true
      }
    }
    for other in beside {
      if isLayer4, other.protocolName == door.protocolName, other.place < door.place {
        return true
      }
      let isOtherLayer4 = other.protocolName == "TCP" || other.protocolName == "UDP"
      if !isLayer4, !isOtherLayer4, other.hostname == door.hostname { return true }
    }
    return false
  }

  func isReady(_ door: Door) -> Bool { isSound(door) && !isConflicted(door) }

  /// Those that are programmed and speak HTTP.
  var openDoors: [Door] {
    doors.filter { ["HTTP", "HTTPS"].contains($0.protocolName) && isReady($0) }
  }

  /// Whether routes of a namespace may attach.
  func admits(_ door: Door, _ namespace: String) -> Bool {
    let allowed = door.node["allowedRoutes"]
    let kinds = (allowed?["kinds"]?.items ?? []).compactMap { $0["kind"]?.text }
    if !kinds.isEmpty, !kinds.contains("HTTPRoute") { return false }
    switch allowed?["namespaces"]?["from"]?.text {
    case "All": return true
    case "Selector":
      guard let selector = allowed?["namespaces"]?["selector"],
        let labels = labels(ofNamespace: namespace)
      else { return false }
      return fits(selector, labels) == true
    default: return namespace == gateway.namespace
    }
  }

  // MARK: - What a request meets

  func hostWithoutPort(_ host: String) -> String {
    host.lowercased().split(separator: ":").first.map(String.init) ?? ""
  }

  func port(of request: Request) throws(Unclear) -> Int {
    let parts = (request.host ?? "").split(separator: ":")
    if parts.count == 2, let port = Int(parts[1]) { return port }
    let ports = Set(openDoors.map(\.port))
    guard let only = ports.first else { return 0 }
    guard ports.count == 1 else { throw .port }
    return only
  }

  /// The listeners whose virtual hosts stand in one table: those of plain HTTP at the port, or the
  /// one of HTTPS that the server name chooses.
  func listeners(at port: Int, for host: String) -> [Door] {
    let here = openDoors.filter { $0.port == port }
    guard here.first?.protocolName == "HTTPS" else { return here }
    guard let name = bestDomain(for: host, among: here.map { $0.hostname.orStar }) else {
      return []
    }
    return here.filter { $0.hostname.orStar == name }
  }

  /// The most exact of some host names that a host fits; nil where it fits none.
  func bestDomain(for host: String, among domains: [String]) -> String? {
    if domains.contains(host) { return host }
    var best: String?
    for domain in domains where domain.hasPrefix("*.") {
      let suffix = String(domain.dropFirst())
      guard host.hasSuffix(suffix), host != suffix else { continue }
      if domain.count > (best?.count ?? 0) { best = domain }
    }
    return best ?? (domains.contains("*") ? "*" : nil)
  }

  func virtualHosts(of doors: [Door]) throws(Unclear) -> [String] {
    var all: [String] = []
    for door in doors {
      let own = Set(attachments(to: door).flatMap(\.hosts))
      if !own.isDisjoint(with: all) { throw .doubleHost }
      all += own
    }
    return all
  }

  /// The host names under which a route stands at a listener (internal/gatewayapi/helpers.go,
  /// computeHosts).
  func hosts(of names: [String], at door: Door) -> [String] {
    if names.isEmpty { return [door.hostname.orStar] }
    var hosts: Set<String> = []
    for name in names {
      if door.hostname.isEmpty || door.hostname == name {
        hosts.insert(name)
        continue
      }
      if covers(name, door.hostname) { hosts.insert(door.hostname) }
      if covers(door.hostname, name) { hosts.insert(name) }
    }
    for other in doors where other.place != door.place && other.port == door.port {
      hosts.remove(other.hostname)
    }
    return hosts.sorted()
  }

  /// Whether a host name with a wildcard takes another, with or without one.
  private func covers(_ wide: String, _ narrow: String) -> Bool {
    guard wide.hasPrefix("*") else { return false }
    let suffix = String(wide.dropFirst())
    if !narrow.hasPrefix("*") { return narrow.hasSuffix(suffix) && narrow != suffix }
    let rest = narrow.dropFirst()
    return rest.hasSuffix(suffix) && rest != suffix && rest.hasPrefix(".")
  }
}

extension String {
  var orStar: String { isEmpty ? "*" : self }
}
