import Kinds
import Manifest

/// A backendRef of a route as the rules see it; what is not as it should be counts as left out.
final class BackendRef: Sendable {
  /// What some rules are about; a rule of the route knows which of them its references have.
  struct Traits: OptionSet, Sendable {
    let rawValue: UInt8

    /// It names a group or a kind.
    static let typed = Traits(rawValue: 1)
    /// Its namespace is empty.
    static let nowhere = Traits(rawValue: 2)
    /// Its weight is more than an HTTPRoute takes.
    static let heavy = Traits(rawValue: 4)
    /// It names a group and a kind.
    static let pool = Traits(rawValue: 8)
  }

  let node: Node
  let name: String
  let namespace: String?
  let weight: Int?
  let priority: Int?
  let hasMutation: Bool
  let traits: Traits
  /// Equal for references that the gateway cannot tell apart.
  let identity: Int

  init(_ node: Node) {
    self.node = node
    name = node["name"]?.text ?? ""
    namespace = node["namespace"]?.text
    let (group, kind) = (node["group"]?.text, node["kind"]?.text)
    weight = node["weight"]?.integer
    priority = node["priority"]?.integer
    hasMutation =
      node["headerMutation"].map { !$0.isNull } ?? false
      || node["bodyMutation"].map { !$0.isNull } ?? false
    var traits: Traits = []
    if group != nil || kind != nil { traits.insert(.typed) }
    if group != nil, kind != nil { traits.insert(.pool) }
    if namespace?.isEmpty == true { traits.insert(.nowhere) }
    if let weight, weight > 1_000_000 { traits.insert(.heavy) }
    self.traits = traits
    var hasher = Hasher()
    hasher.combine(name)
    hasher.combine(namespace)
    hasher.combine(group)
    hasher.combine(node["modelNameOverride"]?.text)
    hasher.combine(priority ?? 0)
    hasher.combine(hasMutation)
    identity = hasher.finalize()
  }

  // What few have is looked up when it is asked for.
  var group: String? { isTyped ? node["group"]?.text : nil }
  var kind: String? { isTyped ? node["kind"]?.text : nil }
  var override: String? { node["modelNameOverride"]?.text }

  /// Whether group and kind name something other than an AIServiceBackend.
  var isPool: Bool { traits.contains(.pool) }
  /// Whether it names a group or a kind.
  var isTyped: Bool { traits.contains(.typed) }
  /// Whether it takes traffic at all.
  var isLive: Bool { weight != 0 }
  var tier: Int { priority ?? 0 }

  /// What it names, for a route of a namespace.
  func target(from home: String) -> ObjectKey { ObjectKey(namespace ?? home, name) }

  func isSame(as other: BackendRef) -> Bool {
    identity == other.identity && name == other.name && namespace == other.namespace
      && group == other.group && override == other.override && tier == other.tier
      && node["headerMutation"] == other.node["headerMutation"]
      && node["bodyMutation"] == other.node["bodyMutation"]
  }
}
