import Schemas
package import YAML

/// A backendRef of a rule of an AIGatewayRoute.
///
/// Files have more of these than of anything else, so that they lie in the array of their rule, and hold
/// only what most of them have.
package struct BackendRef: Sendable {
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
    /// It leads to an InferencePool: only that is one, whatever else group and kind say.
    package static let pool = Traits(rawValue: 16)
    /// It has a namespace.
    package static let placed = Traits(rawValue: 32)
    /// It has a priority.
    package static let ranked = Traits(rawValue: 64)
    /// It has a model name of its own.
    package static let renamed = Traits(rawValue: 128)
  }

  package let node: Node
  package let traits: Traits
  package let name: String
  /// As written; nil counts 1.
  package let weight: Int?

  package init(_ node: Node) {
    self.node = node
    name = node["name"]?.text ?? ""
    weight = node["weight"]?.integer
    let (group, kind) = (node["group"]?.text, node["kind"]?.text)
    var traits: Traits = []
    if group != nil || kind != nil { traits.insert(.typed) }
    if kind == GroupKind.inferencePool.kind, group != nil { traits.insert(.pool) }
    let namespace = node["namespace"]?.text
    if let namespace { traits.formUnion(namespace.isEmpty ? [.placed, .nowhere] : .placed) }
    if node["priority"]?.integer != nil { traits.insert(.ranked) }
    if node["modelNameOverride"]?.text != nil { traits.insert(.renamed) }
    if let weight, weight > HTTPRouteLimits.weight { traits.insert(.heavy) }
    if node.given("headerMutation") != nil || node.given("bodyMutation") != nil {
      traits.insert(.mutation)
    }
    self.traits = traits
  }

  /// Equal for references that the gateway cannot distinguish.
  package var identity: Int {
    var hasher = Hasher()
    hasher.combine(name)
    hasher.combine(namespace)
    hasher.combine(group)
    hasher.combine(override)
    hasher.combine(effectivePriority)
    hasher.combine(hasMutation)
    return hasher.finalize()
  }

  package var hasMutation: Bool { traits.contains(.mutation) }
  package var isPool: Bool { traits.contains(.pool) }

  // What few have is looked up when it is asked for.
  /// As written; nil is the route's own.
  package var namespace: String? {
    traits.contains(.placed) ? node["namespace"]?.text : nil
  }
  /// As written; nil counts 0.
  package var priority: Int? { traits.contains(.ranked) ? node["priority"]?.integer : nil }
  package var group: String? { isTyped ? node["group"]?.text : nil }
  package var kind: String? { isTyped ? node["kind"]?.text : nil }
  /// The model name that the backend gets in place of the client's; nil where it keeps that.
  package var override: String? {
    traits.contains(.renamed) ? node["modelNameOverride"]?.text : nil
  }

  /// Whether it names a group or a kind.
  package var isTyped: Bool { traits.contains(.typed) }

  /// Whether it names both a group and a kind, which is what the server's rules ask.
  package var namesBoth: Bool { group != nil && kind != nil }

  /// Whether it takes traffic at all.
  package var isLive: Bool { weight != 0 }
  package var effectivePriority: Int { priority ?? 0 }

  /// What it names, for a route of a namespace. An empty namespace, which the server refuses, is
  /// read as none.
  package func target(from routeNamespace: String) -> ObjectKey {
    ObjectKey(namespace.flatMap { $0.isEmpty ? nil : $0 } ?? routeNamespace, name)
  }

  /// Whether nothing distinguishes it from another.
  package func isSame(as other: BackendRef) -> Bool {
    name == other.name && namespace == other.namespace && group == other.group
      && override == other.override && effectivePriority == other.effectivePriority
      && node["headerMutation"] == other.node["headerMutation"]
      && node["bodyMutation"] == other.node["bodyMutation"]
  }
}
