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
    return property.isRequired ? "needed" : "not set"
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
