import Kinds
import Manifest

/// A backendRef of a route as the rules see it; what is not as it should be counts as left out.
final class BackendRef: Sendable {
  let node: Node
  let name: String
  let namespace: String?
  let group: String?
  let kind: String?
  let weight: Int?
  let priority: Int?
  let override: String?
  let hasMutation: Bool
  /// Equal for references that the gateway cannot tell apart.
  let identity: Int

  init(_ node: Node) {
    self.node = node
    name = node["name"]?.text ?? ""
    namespace = node["namespace"]?.text
    group = node["group"]?.text
    kind = node["kind"]?.text
    weight = node["weight"]?.integer
    priority = node["priority"]?.integer
    override = node["modelNameOverride"]?.text
    hasMutation =
      node["headerMutation"].map { !$0.isNull } ?? false
      || node["bodyMutation"].map { !$0.isNull } ?? false
    var hasher = Hasher()
    hasher.combine(name)
    hasher.combine(namespace)
    hasher.combine(group)
    hasher.combine(override)
    hasher.combine(priority ?? 0)
    hasher.combine(hasMutation)
    identity = hasher.finalize()
  }

  /// Whether group and kind name something other than an AIServiceBackend.
  var isPool: Bool { group != nil && kind != nil }
  /// Whether it takes traffic at all.
  var isLive: Bool { weight != 0 }
  var tier: Int { priority ?? 0 }

  func isSame(as other: BackendRef) -> Bool {
    identity == other.identity && name == other.name && namespace == other.namespace
      && group == other.group && override == other.override && tier == other.tier
      && node["headerMutation"] == other.node["headerMutation"]
      && node["bodyMutation"] == other.node["bodyMutation"]
  }
}
