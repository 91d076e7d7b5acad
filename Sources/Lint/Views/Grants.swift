import Kinds
import Manifest

/// Every ReferenceGrant of the documents, found by what it allows (domain.md 2.7).
struct Grants: Sendable {
  private struct Permission: Hashable {
    let source: Reference.Side
    let home: String
    let target: Reference.Side
    let namespace: String
  }

  private(set) var all: [(index: Int, grant: Grant)] = []
  /// The names of the objects that each permission is for; nil stands for all of them.
  private var permissions: [Permission: Set<String?>] = [:]
  private var names: Set<ObjectKey> = []

  mutating func add(_ grant: Grant, _ document: Document) {
    all.append((document.index, grant))
    names.insert(document.title)
    for source in grant.from {
      guard let from = Reference.Side.find(source.group, source.kind) else { continue }
      for target in grant.to {
        guard let to = Reference.Side.find(target.group, target.kind) else { continue }
        let permission = Permission(
          source: from, home: source.namespace, target: to, namespace: grant.home)
        permissions[permission, default: []].insert(target.name)
      }
    }
  }

  /// Whether objects of one namespace may refer to an object of another; without a name, to some.
  ///
  /// Only Envoy Gateway heeds the names in grants, so those for routes count for every object.
  func allow(_ reference: Reference, from home: String, into namespace: String, name: String?)
    -> Bool
  {
    let permission = Permission(
      source: reference.source, home: home, target: reference.target, namespace: namespace)
    guard let allowed = permissions[permission] else { return false }
    guard let name, reference.source != .route else { return true }
    return allowed.contains(nil) || allowed.contains(name)
  }

  /// An object under a name that no grant of its namespace has.
  func renamingIfTaken(_ node: Node) -> Node {
    guard let name = node["metadata"]?["name"]?.text,
      let namespace = node["metadata"]?["namespace"]?.text
    else { return node }
    var candidate = name
    var number = 2
    while names.contains(ObjectKey(namespace, candidate)) {
      candidate = "\(name)-\(number)"
      number += 1
    }
    var renamed = node
    renamed.set(.string(candidate), at: .to("metadata", "name"))
    return renamed
  }
}
