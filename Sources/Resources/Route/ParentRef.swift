import Schemas
package import YAML

/// A parentRef of a route: the Gateway that it wants to be attached to, or some listeners of it.
package struct ParentRef: Hashable, Sendable {
  package let group: String
  package let kind: String
  package let name: String
  /// As written; nil is the route's own.
  package let namespace: String?
  package let sectionName: String?
  package let port: Int?

  package init(_ node: Node) {
    group = node["group"]?.text ?? APIGroup.gatewayAPI
    kind = node["kind"]?.text ?? "Gateway"
    name = node["name"]?.text ?? ""
    namespace = node["namespace"]?.text
    sectionName = node["sectionName"]?.text
    port = node["port"]?.integer
  }

  package var isGateway: Bool { kind == "Gateway" && group == APIGroup.gatewayAPI }
  package var isListenerSet: Bool { kind == "ListenerSet" && group == APIGroup.gatewayAPI }

  /// The listeners that it is for, as far as it says.
  package var section: HostListener.Section {
    if let sectionName, !sectionName.isEmpty { return .listener(sectionName) }
    return port.map(HostListener.Section.port) ?? .whole
  }

  /// The Gateway or ListenerSet that it means, for a route of a namespace.
  package func gateway(from routeNamespace: String) -> ObjectKey {
    ObjectKey(namespace ?? routeNamespace, name)
  }

  /// Whether a listener has the name and the port that it asks for.
  package func fits(listener name: String?, port listenerPort: Int?) -> Bool {
    if let sectionName, !sectionName.isEmpty, sectionName != name { return false }
    return port == nil || port == listenerPort
  }
}

/// What attaches a route to Gateways, be it an AIGatewayRoute or an HTTPRoute.
package struct GatewayAttachment: Sendable {
  package let namespace: String
  package let parents: [ParentRef]
  package let hostnames: [String]

  package init(namespace: String, parents: [ParentRef], hostnames: [String]) {
    self.namespace = namespace
    self.parents = parents
    self.hostnames = hostnames
  }

  /// The Gateways that it names, each once, in order.
  package var gateways: [ObjectKey] {
    var found: [ObjectKey] = []
    var seen: Set<ObjectKey> = []
    for parent in parents where parent.isGateway {
      let gateway = parent.gateway(from: namespace)
      if seen.insert(gateway).inserted { found.append(gateway) }
    }
    return found
  }

  /// What its parentRefs name, whatever the host.
  package var places: [HostListener] {
    parents.filter(\.isGateway).map {
      HostListener(gateway: $0.gateway(from: namespace), section: $0.section, host: "")
    }
  }
}
