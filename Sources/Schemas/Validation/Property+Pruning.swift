package import YAML

extension Property {
  /// A value without the fields that a schema set does not know yet, as its API server keeps it.
  package func pruned(_ node: Node, to schemaSet: SchemaSet) -> Node {
    switch (resolved(in: schemaSet).schema, node) {
    case (.object(let object), .mapping(var mapping)):
      for entry in mapping.entries {
        guard let property = object.property(entry.key) else { continue }
        mapping[entry.key] =
          property.resolved(in: schemaSet).span.since > schemaSet
          ? nil : property.pruned(entry.value, to: schemaSet)
      }
      return .mapping(mapping)
    case (.list(let list), .sequence(let items)):
      return .sequence(items.map { list.item.pruned($0, to: schemaSet) })
    case (.map(let map), .mapping(var mapping)):
      for entry in mapping.entries {
        mapping[entry.key] = map.value.pruned(entry.value, to: schemaSet)
      }
      return .mapping(mapping)
    case (.object, _), (.list, _), (.map, _), (.string, _), (.integer, _), (.boolean, _),
      (.quantity, _), (.any, _):
      return node
    }
  }
}
