package import YAML

/// A value as the server's rules see it: defaults in place of what was left out.
package struct DefaultedNode {
  package let node: Node
  private let property: Property?
  /// The schemas in force.
  let schemaSet: SchemaSet

  package init(
    _ node: Node, as property: Property?, in schemaSet: SchemaSet = Release.current.schemaSet
  ) {
    self.node = node
    self.property = property?.resolved(in: schemaSet)
    self.schemaSet = schemaSet
  }

  /// The value of a field, its default where it is absent or null; nil where there is none.
  package subscript(key: String) -> DefaultedNode? {
    guard case .mapping(let mapping) = node else { return nil }
    let field: Property? =
      switch property?.schema {
      case .object(let object): object.property(key)
      case .map(let map): map.value
      case .list, .string, .integer, .boolean, .quantity, .any, nil: nil
      }
    if let value = mapping[key], !value.isNull {
      return DefaultedNode(value, as: field, in: schemaSet)
    }
    return field?.fallback(in: schemaSet).map { DefaultedNode($0, as: field, in: schemaSet) }
  }

  /// The value with every default written out, as the server stores it.
  package var stored: Node {
    switch (node, property?.schema) {
    case (.mapping(var mapping), .object(let object)):
      for property in object.properties {
        if let value = self[property.name] { mapping[property.name] = value.stored }
      }
      return .mapping(mapping)
    case (.sequence, .list): return .sequence(items.map(\.stored))
    case (.scalar, _), (.sequence, _), (.mapping, _): return node
    }
  }

  package var items: [DefaultedNode] {
    guard case .sequence(let items) = node else { return [] }
    let item: Property? = if case .list(let list)? = property?.schema { list.item } else { nil }
    return items.map { DefaultedNode($0, as: item, in: schemaSet) }
  }

  package var text: String? { node.text }
  package var integer: Int? { node.integer }

  /// Whether it is a list, mapping or text without content; the server drops what is null in a
  /// mapping.
  package var isEmpty: Bool {
    switch node {
    case .scalar(let scalar): scalar.text.isEmpty
    case .sequence(let items): items.isEmpty
    case .mapping(let mapping): mapping.entries.allSatisfy { $0.value.isNull }
    }
  }

  /// The value at some keys.
  subscript(keys: [String]) -> DefaultedNode? {
    var here: DefaultedNode? = self
    for key in keys { here = here?[key] }
    return here
  }
}
