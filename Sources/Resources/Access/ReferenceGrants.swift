import Schemas
import YAML

/// Every ReferenceGrant among some documents, found by what it allows.
package struct ReferenceGrants: Sendable {
  private struct Permission: Hashable {
    let source: GroupKind
    let sourceNamespace: String
    let target: GroupKind
    let namespace: String
  }

  package private(set) var all: [(index: Int, grant: ReferenceGrant)] = []
  /// The names of the objects that each permission is for; nil stands for all of them.
  private var permissions: [Permission: Set<String?>] = [:]

  mutating func add(_ grant: ReferenceGrant, at index: Int) {
    all.append((index, grant))
    // The server takes 16 of each; what is more is refused anyhow, and need not cost its square.
    for source in grant.from.prefix(64) {
      for target in grant.to.prefix(64) {
        let permission = Permission(
          source: source.source, sourceNamespace: source.namespace, target: target.target,
          namespace: grant.namespace)
        permissions[permission, default: []].insert(target.name)
      }
    }
  }

  /// Whether objects of one namespace may refer to an object of another; without a name, to some.
  ///
  /// Only Envoy Gateway reads the names in grants, so those for AIGatewayRoutes count for every
  /// object.
  package func allow(
    _ source: GroupKind, from sourceNamespace: String, to target: GroupKind, in namespace: String,
    name: String?
  ) -> Bool {
    let permission = Permission(
      source: source, sourceNamespace: sourceNamespace, target: target, namespace: namespace)
    guard let allowed = permissions[permission] else { return false }
    guard let name, source != .aiGatewayRoute else { return true }
    return allowed.contains(nil) || allowed.contains(name)
  }
}
