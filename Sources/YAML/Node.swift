/// A YAML value: a scalar, a sequence, or a mapping whose keys keep their order.
///
/// Every part of the program has manifests as nodes: the reader makes them, the form keeps
/// its objects as nodes, rules and the simulator look into them. `node["spec"]?["rules"]?[0]` walks
/// down and gives nil where there is nothing of the kind; `node[path]` does the same for a `Path`.
/// A copy shares its storage. A lookup of a key goes through the entries of the mapping, of which
/// manifests have few.
package enum Node: Hashable, Sendable {
  case scalar(Scalar)
  case sequence([Node])
  case mapping(Mapping)

  package static func == (left: Node, right: Node) -> Bool {
    switch (left, right) {
    case (.scalar(let left), .scalar(let right)): left == right
    case (.sequence(let left), .sequence(let right)): left.hasElements(of: right)
    case (.mapping(let left), .mapping(let right)): left == right
    case (.scalar, _), (.sequence, _), (.mapping, _): false
    }
  }
}

/// A YAML scalar as Kubernetes types it.
package struct Scalar: Hashable, Sendable {
  /// What Kubernetes' reader makes of the text (`yes` is a bool, `1:30` a string).
  package enum Kind: Hashable, Sendable { case null, bool, integer, float, string }

  /// The content of a string, or the source spelling of any other kind.
  package var text: String
  package var kind: Kind

  package init(_ text: String, _ kind: Kind = .string) {
    self.text = text
    self.kind = kind
  }

  package static func == (left: Scalar, right: Scalar) -> Bool {
    left.kind == right.kind && left.text.hasBytes(of: right.text)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(bytesOf: text)
  }
}

/// An ordered mapping with string keys, each of which is there once.
package struct Mapping: Hashable, Sendable {
  /// One key and its value.
  package struct Entry: Hashable, Sendable {
    package var key: String
    package var value: Node

    package init(_ key: String, _ value: Node) {
      self.key = key
      self.value = value
    }

    package static func == (left: Entry, right: Entry) -> Bool {
      left.key.hasBytes(of: right.key) && left.value == right.value
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(bytesOf: key)
      hasher.combine(value)
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  package static func == (left: Mapping, right: Mapping) -> Bool {
    left.entries.hasElements(of: right.entries)
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// The place of a key among the entries, nil where it is absent.
  package func index(of key: String) -> Int? { entries.firstIndex { $0.key.hasBytes(of: key) } }

  /// The value of a key; setting a new key appends it, setting nil removes it.
  package subscript(key: String) -> Node? {
    get { index(of: key).map { entries[$0].value } }
    set {
      if let place = index(of: key) {
        if let newValue { entries[place].value = newValue } else { entries.remove(at: place) }
      } else if let newValue {
        entries.append(Entry(key, newValue))
      }
    }
  }
}

extension Node {
  /// A string scalar.
  package static func string(_ text: String) -> Node { .scalar(Scalar(text)) }

  /// An integer scalar in decimal.
  package static func integer(_ value: Int) -> Node { .scalar(Scalar(String(value), .integer)) }

  /// A boolean scalar, spelt `true` or `false`.
  package static func bool(_ value: Bool) -> Node {
    .scalar(Scalar(value ? "true" : "false", .bool))
  }

  /// The null scalar.
  package static var null: Node { .scalar(Scalar("null", .null)) }

  /// A mapping of the given keys, in that order.
  package static func map(_ entries: KeyValuePairs<String, Node>) -> Node {
    .mapping(Mapping(entries.map { Mapping.Entry($0.key, $0.value) }))
  }

  /// The scalar here, nil for a sequence or mapping.
  package var scalar: Scalar? {
    if case .scalar(let scalar) = self { scalar } else { nil }
  }

  /// The content of a string scalar, nil for anything else.
  package var text: String? {
    if case .scalar(let scalar) = self, scalar.kind == .string { scalar.text } else { nil }
  }

  /// The value of an integer scalar in any of its spellings, nil for anything else.
  package var integer: Int? {
    if case .scalar(let scalar) = self { scalar.integer } else { nil }
  }

  /// The value of a bool scalar in any of its spellings, nil for anything else.
  package var bool: Bool? {
    if case .scalar(let scalar) = self { scalar.bool } else { nil }
  }

  /// The items of a sequence, none for anything else.
  package var items: [Node] {
    if case .sequence(let items) = self { items } else { [] }
  }

  /// The entries of a mapping, none for anything else.
  package var entries: [Mapping.Entry] {
    if case .mapping(let mapping) = self { mapping.entries } else { [] }
  }

  /// The value of a key of a mapping, nil where it is absent or this is no mapping.
  package subscript(key: String) -> Node? {
    if case .mapping(let mapping) = self { mapping[key] } else { nil }
  }

  /// The item of a sequence, nil beyond its end or where this is no sequence.
  package subscript(index: Int) -> Node? {
    if case .sequence(let items) = self, items.indices.contains(index) { items[index] } else { nil }
  }
}
