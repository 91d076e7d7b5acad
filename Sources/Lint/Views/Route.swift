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
    parents = (spec?["parentRefs"]?.items ?? []).map { parent in
      Parent(
        group: parent["group"]?.text ?? "gateway.networking.k8s.io",
        kind: parent["kind"]?.text ?? "Gateway", name: parent["name"]?.text ?? "",
        namespace: parent["namespace"]?.text, sectionName: parent["sectionName"]?.text,
        port: parent["port"]?.integer)
    }
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

  /// The namespaces in which a Gateway is meant by a parentRef.
  func namespace(of parent: Parent) -> String { parent.namespace ?? home }

  /// Whether it hangs on a Gateway that another route hangs on too, on an overlapping host.
  func competes(with other: Route) -> Bool {
    let isShared = parents.contains { mine in
      other.parents.contains {
        $0.name == mine.name && other.namespace(of: $0) == namespace(of: mine)
      }
    }
    guard isShared else { return false }
    if hostnames.isEmpty && other.hostnames.isEmpty { return true }
    return hostnames.contains { other.hostnames.contains($0) }
  }

  /// Whether it stands before another among routes of the same age (domain.md 3.2).
  func precedes(_ other: Route) -> Bool { (home, name) < (other.home, other.name) }
}

enum Namespace {
  /// Where kubectl puts objects that name no namespace.
  static let fallback = "default"
}
