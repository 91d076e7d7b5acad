import Lint
package import Resources
package import Schemas
package import YAML

/// The objects of a cluster when it was last read: context that is never reported on.
package struct KnownCluster: Hashable, Sendable {
  /// The name of its context.
  package let name: String
  /// The namespace of objects that name none.
  package let namespace: String
  /// The time of day when it was read.
  package let time: String
  package let objects: [Node]
  /// The kinds of which there may be more.
  package let incomplete: [String]
  /// The names of objects that are not read themselves, such as Secrets, by their kinds.
  package let names: [String: Set<ObjectKey>]
  /// The release whose CRDs are installed; nil where they do not show it.
  package let release: Release?
  /// Whether applying to it wants its name typed.
  package let isProtected: Bool
  private let keys: [String: Set<ObjectKey>]
  private let identities: [Document.Identity?]

  package init(
    name: String, namespace: String, time: String, objects: [Node], incomplete: [String],
    names: [String: Set<ObjectKey>] = [:], release: Release? = nil, isProtected: Bool = false
  ) {
    self.name = name
    self.namespace = namespace
    self.time = time
    self.objects = objects
    self.incomplete = incomplete
    self.names = names
    self.release = release
    self.isProtected = isProtected
    identities = objects.map { Document($0, index: 0).identity }
    var keys = names
    for identity in identities.compactMap(\.self) {
      keys[identity.kind, default: []].insert(identity.key)
    }
    self.keys = keys
  }

  package static func == (left: KnownCluster, right: KnownCluster) -> Bool {
    left.name == right.name && left.namespace == right.namespace && left.time == right.time
      && left.objects == right.objects && left.incomplete == right.incomplete
      && left.names == right.names && left.release == right.release
      && left.isProtected == right.isProtected
  }

  /// Whether it has an object; nil where that cannot be known.
  func has(_ kind: GroupKind, _ key: ObjectKey) -> Bool? {
    if keys[kind.kind]?.contains(key) ?? false { return true }
    return incomplete.contains(kind.kind) ? nil : false
  }

  /// Whether it has a Secret; nil where that cannot be known.
  func hasSecret(_ key: ObjectKey) -> Bool? {
    names["Secret"].flatMap {
      $0.contains(key) ? true : incomplete.contains("Secret") ? nil : false
    }
  }

  /// The names of its objects of a kind.
  func names(of kind: GroupKind) -> Set<ObjectKey> { keys[kind.kind] ?? [] }

  /// The ClientTrafficPolicy that holds for a Gateway of it; nil where there is none.
  func clientPolicy(of gateway: ObjectKey) -> Policy? {
    let kinds = ["Gateway", "ClientTrafficPolicy", "Namespace"]
    let index = ResourceIndex(of: objects.filter { kinds.contains($0["kind"]?.text ?? "") })
    return index.clientPolicies[.gateway(gateway)]?.policy
  }

  /// What it has beside some documents, and behind that those, as it would take them.
  package func completing(_ documents: [Node]) -> (all: [Node], first: Int) {
    let placed = documents.map { $0.placed(in: namespace) }
    let own = Set(placed.compactMap { Document($0, index: 0).identity })
    let others = zip(objects, identities).lazy.filter { _, identity in
      identity.map { !own.contains($0) } ?? true
    }.map(\.0)
    // First, because these stay as they are.
    let all = Array(others) + placed
    return (all, all.count - placed.count)
  }
}
