internal import Schemas
internal import YAML

extension Node {
  /// The value with the keys of its objects in the order in which a schema prints them.
  func ordered(by schema: Schema) -> Node {
    switch (self, schema) {
    case (.mapping(let mapping), .object(let object)):
      var ordered = Mapping()
      for entry in mapping.entries {
        let field = object.property(entry.key)?.schema ?? .any
        ordered.set(entry.key, entry.value.ordered(by: field), in: schema)
      }
      return .mapping(ordered)
    case (.sequence(let items), .list(let list)):
      return .sequence(items.map { $0.ordered(by: list.item.schema) })
    case (.mapping, _), (.sequence, _), (.scalar, _): return self
    }
  }
}
