import Kinds
import Manifest

/// An AIGatewayRoute as the rules see it.
final class Route: Sendable {
  struct Parent: Hashable, Sendable {
    let group: String
    let kind: String
    let name: String
    let namespace: String?
    let sectionName: String?
    let port: Int?

    init(_ node: Node) {
      group = node["group"]?.text ?? "gateway.networking.k8s.io"
      kind = node["kind"]?.text ?? "Gateway"
      name = node["name"]?.text ?? ""
      namespace = node["namespace"]?.text
      sectionName = node["sectionName"]?.text
      port = node["port"]?.integer
    }

    var isGateway: Bool { kind == "Gateway" && group == "gateway.networking.k8s.io" }

    /// The listeners that it is for, as far as it says.
    var section: Lane.Section {
      if let sectionName, !sectionName.isEmpty { return .listener(sectionName) }
      return port.map(Lane.Section.port) ?? .whole
    }
  }

  let node: Node
  let name: String
  /// As written; nil is the current namespace, which is taken for `default`.
  let namespace: String?
  let parents: [Parent]
  let hostnames: [String]
  let rules: [RouteRule]
  /// The other namespaces that its backendRefs lead into, in order of appearance.
  let destinations: [Destination]

  init(_ node: Node, reusing previous: Route? = nil) {
    self.node = node
    name = node["metadata"]?["name"]?.text ?? ""
    namespace = node["metadata"]?["namespace"]?.text
    let spec = node["spec"]
    parents = (spec?["parentRefs"]?.items ?? []).map(Parent.init)
    hostnames = (spec?["hostnames"]?.items ?? []).compactMap(\.text)
    let old = previous?.rules ?? []
    rules = (spec?["rules"]?.items ?? []).enumerated().map { place, item in
      RouteRule.reading(item, index: place, reusing: place < old.count ? old[place] : nil)
    }
    let home = namespace ?? Namespace.fallback
    var destinations = Destination.Collected()
    for rule in rules {
      for destination in rule.destinations where destination.namespace != home {
        destinations.add(destination)
      }
    }
    self.destinations = destinations.destinations
  }

  var home: String { namespace ?? Namespace.fallback }

  /// What tells it apart; its HTTPRoute has the same.
  var title: ObjectKey { ObjectKey(home, name) }

  var attachment: GatewayAttachment {
    GatewayAttachment(home: home, parents: parents, hostnames: hostnames)
  }

  /// The Gateway that a parentRef means.
  func gateway(of parent: Parent) -> ObjectKey {
    ObjectKey(parent.namespace ?? home, parent.name)
  }

  /// Whether it stands before another among routes of the same age (domain.md 3.2).
  func precedes(_ other: Route) -> Bool { title < other.title }
}

enum Namespace {
  /// Where kubectl puts objects that name no namespace.
  static let fallback = "default"
}
