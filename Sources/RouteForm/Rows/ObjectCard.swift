internal import Schemas
internal import YAML

/// Every field of an object, made from the facts of its kind: what the steps have no room for.
package enum ObjectCard {
  /// The items of the card at an address: the fields of an object, the rows of a list, the
  /// entries of a map.
  package static func items(of form: FormState, at address: Address) -> [FormRow] {
    if let card = BackendCard.items(of: form, at: address) { return card }
    guard let schema = schema(at: address) else { return [] }
    switch schema {
    case .object(let object):
      return (fields(form, address, object) + metadata(beside: address))
        .compactMap { $0.shown(in: form) }
    case .list: return rows(form, address)
    case .map: return entries(form, address)
    case .string, .integer, .boolean, .quantity, .any: return []
    }
  }

  private static func schema(at address: Address) -> Schema? {
    if address.path.isRoot { return address.object.resource.schema }
    return address.object.resource.property(at: address.path)?.schema
  }

  /// Whether a card can be opened here.
  package static func exists(at address: Address) -> Bool {
    switch schema(at: address) {
    case .object, .list, .map: true
    case .string, .integer, .boolean, .quantity, .any, nil: false
    }
  }

  /// Whether an address is a list, whose card has a line for each row.
  package static func isList(at address: Address) -> Bool {
    if case .list? = schema(at: address) { true } else { false }
  }

  /// Whether an address is a map of free keys: labels and annotations.
  package static func isMap(at address: Address) -> Bool {
    if case .map? = schema(at: address) { true } else { false }
  }

  /// The rows of a list as a table, where each of them has only a few plain fields, such as a
  /// header's name and value; nil for any other list. Of an empty list it has the first row, which
  /// is there once something is typed into it.
  package static func table(of form: FormState, at list: Address) -> Table? {
    guard isList(at: list), case .object(let object)? = schema(at: list.appending(0)) else {
      return nil
    }
    let items = form.value(at: list)?.items ?? []
    let fields = object.properties.filter {
      form.shows(list.appending(0).appending($0.name))
    }
    guard (1...3).contains(fields.count), fields.allSatisfy({ $0.schema.isPlain }),
      items.allSatisfy({ if case .mapping = $0 { true } else { false } })
    else { return nil }
    let widest = fields.lastIndex { $0.schema.width == 0 }
    return Table(
      columns: fields.enumerated().map { index, field in
        let width = field.schema.width
        return Table.Column(field.name, index == widest ? 0 : width == 0 ? 24 : width)
      },
      count: max(1, items.count), empty: "", record: { list.appending($0) },
      cells: { row in
        fields.map { field in
          .field(
            Field(
              list.appending(row).appending(field.name), field.name, placeholder: placeholder(field)
            ))
        }
      }, row: { $0.row(in: list) })
  }

  /// How much an address holds, for the button that opens its card.
  package static func size(of form: FormState, at address: Address) -> String {
    switch form.value(at: address) {
    case nil: "none"
    case .scalar: "set"
    case .sequence(let items): items.count == 1 ? "1 row" : "\(items.count) rows"
    case .mapping(let mapping):
      "\(mapping.entries.count) " + (isMap(at: address) ? "key" : "field")
        + (mapping.entries.count == 1 ? "" : "s") + (isMap(at: address) ? "" : " set")
    }
  }

  private static func fields(_ form: FormState, _ address: Address, _ object: ObjectSchema)
    -> [FormRow]
  {
    object.properties.map { property in
      let inner = address.appending(property.name)
      if exists(at: inner) { return FormRow(.cards([(property.name, inner)])) }
      return .field(inner, property.name, placeholder(property))
    }
  }

  /// The cards of what of the metadata is free, below the spec of an object that has no step.
  private static func metadata(beside address: Address) -> [FormRow] {
    guard address.path == Path([.key("spec")]) else { return [] }
    switch address.object {
    case .gatewayClass, .proxy, .gateway, .part, .opened:
      let metadata = Address(address.object, Path([.key("metadata")]))
      return [
        FormRow(
          .cards([
            ("Labels", metadata.appending("labels")),
            ("Annotations", metadata.appending("annotations")),
          ]))
      ]
    case .policy, .grant, .route, .retry, .provider: return []
    }
  }

  private static func placeholder(_ property: Property) -> String {
    if let value = property.defaultValue?.scalar?.text { return value }
    return property.isRequired ? "required" : "not set"
  }

  private static func rows(_ form: FormState, _ address: Address) -> [FormRow] {
    let count = form.value(at: address)?.items.count ?? 0
    var items = (0..<count).map { index -> FormRow in
      let row = address.appending(index)
      guard exists(at: row) else { return .field(row, "\(index + 1)") }
      let name = form.value(at: row)?.entries.lazy.compactMap { $0.value.scalar?.text }.first
      return FormRow(.cards([("\(index + 1) \(name ?? "")", row)]))
    }
    let add = FormEdit.insert(Template.row(of: address), into: address, at: count)
    items.append(FormRow(.buttons([Button("Add", add)])))
    return items
  }

  private static func entries(_ form: FormState, _ address: Address) -> [FormRow] {
    let keys = form.value(at: address)?.entries.map(\.key) ?? []
    return keys.map { .field(address.appending($0), $0, "(empty)") }
  }
}

extension Schema {
  /// Whether a line of text holds it.
  fileprivate var isPlain: Bool {
    switch self {
    case .string, .integer, .boolean, .quantity: true
    case .object, .list, .map, .any: false
    }
  }

  /// The columns that a field of it asks for; 0 for a text of any length.
  fileprivate var width: Int {
    switch self {
    case .string(let string): string.choices.map(\.utf8.count).max().map { min($0, 20) } ?? 0
    case .integer, .boolean, .quantity: 12
    case .object, .list, .map, .any: 0
    }
  }
}
