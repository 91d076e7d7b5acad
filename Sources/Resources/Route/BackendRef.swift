import Schemas
package import YAML

/// A backendRef of a rule of an AIGatewayRoute.
package final class BackendRef: Sendable {
  /// What some rules of the linter are about; a rule of the route knows which of them its
  /// references have.
  package struct Traits: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// It names a group or a kind.
    package static let typed = Traits(rawValue: 1)
    /// Its namespace is empty.
    package static let nowhere = Traits(rawValue: 2)
    /// Its weight is more than an HTTPRoute takes.
    package static let heavy = Traits(rawValue: 4)
    /// It changes headers or the body.
    package static let mutation = Traits(rawValue: 8)
  }

  package let node: Node
  package let name: String
  /// As written; nil is the route's own.
  package let namespace: String?
  /// As written; nil counts 1.
  package let weight: Int?
  /// As written; nil counts 0.
  package let priority: Int?
  package let hasMutation: Bool
  /// Whether it leads to an InferencePool: only that is one, whatever else group and kind say.
  package let isPool: Bool
  package let traits: Traits
  /// Equal for references that the gateway cannot tell apart.
  package let identity: Int

  package init(_ node: Node) {
    self.node = node
    name = node["name"]?.text ?? ""
    namespace = node["namespace"]?.text
    let (group, kind) = (node["group"]?.text, node["kind"]?.text)
    weight = node["weight"]?.integer
    priority = node["priority"]?.integer
    hasMutation = node.given("headerMutation") != nil || node.given("bodyMutation") != nil
    isPool = kind == GroupKind.inferencePool.kind && group != nil
    var traits: Traits = []
    if group != nil || kind != nil { traits.insert(.typed) }
    if namespace?.isEmpty == true { traits.insert(.nowhere) }
    if let weight, weight > HTTPRouteLimits.weight { traits.insert(.heavy) }
    if hasMutation { traits.insert(.mutation) }
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
  package var group: String? { isTyped ? node["group"]?.text : nil }
  package var kind: String? { isTyped ? node["kind"]?.text : nil }
  /// The model name that the backend gets in place of the client's; nil where it keeps that.
  package var override: String? { node["modelNameOverride"]?.text }

  /// Whether it names a group or a kind.
  package var isTyped: Bool { traits.contains(.typed) }

  /// Whether it names both a group and a kind, which is what the server's rules ask.
  package var namesBoth: Bool { group != nil && kind != nil }

  /// Whether it takes traffic at all.
  package var isLive: Bool { weight != 0 }
  package var effectivePriority: Int { priority ?? 0 }

  /// What it names, for a route of a namespace.
  package func target(from home: String) -> ObjectKey { ObjectKey(namespace ?? home, name) }

  /// Whether nothing tells it apart from another.
  package func isSame(as other: BackendRef) -> Bool {
    identity == other.identity && name == other.name && namespace == other.namespace
      && group == other.group && override == other.override
      && effectivePriority == other.effectivePriority
      && node["headerMutation"] == other.node["headerMutation"]
      && node["bodyMutation"] == other.node["bodyMutation"]
  }
}
