package import YAML

extension Mapping {
  /// Sets a key; a new one goes where the schema prints it, before the first key that follows it.
  package mutating func set(_ key: String, _ node: Node, in schema: Schema) {
    if let place = index(of: key) {
      entries[place].value = node
      return
    }
    let entry = Entry(key, node)
    guard case .object(let object) = schema, let rank = object.rank(of: key),
      let place = entries.firstIndex(where: { object.rank(of: $0.key) ?? -1 > rank })
    else {
      entries.append(entry)
      return
    }
    entries.insert(entry, at: place)
  }
}

extension Node {
  /// Sets the node at a path, making the mappings on the way; false where the path leads nowhere.
  ///
  /// An index may be one past the end of its list, which appends.
  @discardableResult
  package mutating func set(_ node: Node, at path: Path, in schema: Schema = .any) -> Bool {
    set(node, at: path.steps[...], in: schema)
  }

  private mutating func set(_ node: Node, at steps: ArraySlice<Path.Step>, in schema: Schema)
    -> Bool
  {
    guard let step = steps.first else {
      self = node
      return true
    }
    let rest = steps.dropFirst()
    switch (step, self) {
    case (.key(let key), .mapping(var mapping)):
      var value = mapping[key] ?? .empty(for: rest.first)
      if value.isNull { value = .empty(for: rest.first) }
      guard value.set(node, at: rest, in: schema.part(key)) else { return false }
      mapping.set(key, value, in: schema)
      self = .mapping(mapping)
    case (.index(let index), .sequence(var items)):
      guard index >= 0, index <= items.count else { return false }
      if index == items.count { items.append(.empty(for: rest.first)) }
      guard items[index].set(node, at: rest, in: schema.part(nil)) else { return false }
      self = .sequence(items)
    case (.key, _), (.index, _): return false
    }
    return true
  }

  /// Removes the entry or item at a path; false where there is none.
  @discardableResult
  package mutating func remove(at path: Path) -> Bool {
    guard let last = path.last, let parent = self[path.parent] else { return false }
    switch (last, parent) {
    case (.key(let key), .mapping(var mapping)):
      guard mapping.index(of: key) != nil else { return false }
      mapping[key] = nil
      return set(.mapping(mapping), at: path.parent)
    case (.index(let index), .sequence(var items)):
      guard items.indices.contains(index) else { return false }
      items.remove(at: index)
      return set(.sequence(items), at: path.parent)
    case (.key, _), (.index, _): return false
    }
  }

  /// What a missing node must be for the next step to go into it.
  private static func empty(for step: Path.Step?) -> Node {
    switch step {
    case nil: .null
    case .key: .mapping(Mapping())
    case .index: .sequence([])
    }
  }
}

extension Schema {
  /// The schema below a key, or of a list's items (nil); anything where it is not known.
  package func part(_ key: String?) -> Schema {
    switch (self, key) {
    case (.object(let object), let key?): object.property(key)?.schema ?? .any
    case (.list(let list), nil): list.item.schema
    case (.map(let map), _?): map.value.schema
    default: .any
    }
  }
}
