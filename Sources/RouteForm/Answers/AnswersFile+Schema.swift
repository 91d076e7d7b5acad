internal import Schemas
package import YAML

extension AnswersFile {
  /// The JSON schema of answers files: the fields of the form, each of which null unsets.
  package static var schema: Node {
    let isOn = Node.map(["type": .string("boolean")])
    func object(_ name: ObjectName) -> Node { name.resource.root.jsonSchema }
    func either(_ schemas: Node...) -> Node { .map(["anyOf": .sequence(schemas)]) }
    let properties = Node.map([
      "version": .map(["const": .integer(version)]),
      "recipe": .map(["enum": .sequence(Recipe.allCases.map { .string($0.rawValue) })]),
      "policy": either(isOn, object(.policy)),
      "route": object(.route),
      "retry": either(isOn, object(.retry)),
      "grant": either(isOn, .map(["type": .string("array"), "items": Property.text])),
      "gateway": either(isOn, object(.gateway)),
      "class": either(isOn, object(.gatewayClass)),
      "proxy": object(.proxy),
      "providers": .map([
        "type": .string("object"),
        "additionalProperties": either(Property.text, provider),
      ]),
      "drafts": .map(["type": .string("object"), "additionalProperties": Property.text]),
      "unwritten": .map([
        "type": .string("array"),
        "items": .map([
          "anyOf": .sequence([
            .map([
              "enum": .sequence(["policy", "retry", "gateway", "class"].map(Node.string))
            ]),
            .map(["pattern": .string("^provider ")]),
          ])
        ]),
      ]),
    ])
    return .map([
      "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
      "title": .string("An answers file of aigw-wizard"),
      "type": .string("object"),
      "required": .sequence([.string("version")]),
      "properties": properties,
      "patternProperties": .mapping(
        Mapping(
          ([.grant(0)] + BackendPart.allCases.map { .part($0, 0) }).map { (name: ObjectName) in
            .init("^\(name.description.dropLast(3))\\[[0-9]+\\]$", object(name))
          })),
      "additionalProperties": .bool(false),
    ])
  }
}

extension AnswersFile {
  /// What may be said of a backend: the settings, and the model it is sent; the key is its name.
  private static var provider: Node {
    var schema = ObjectName.provider(0).resource.root.jsonSchema
    schema.remove(at: Path([.key("properties"), .key(ProviderSetting.name.rawValue)]))
    for key in ["model", "deployment"] {
      schema.set(Property.text, at: Path([.key("properties"), .key(key)]))
    }
    return schema
  }
}

extension Property {
  fileprivate static let text = Node.map(["type": .string("string")])

  /// What the field may hold as a JSON schema. Nothing is required: answers are laid over a recipe.
  fileprivate var jsonSchema: Node {
    var facts = Mapping()
    if !help.isEmpty { facts["description"] = .string(help) }
    facts["type"] = .sequence((schema.jsonTypes + ["null"]).map(Node.string))
    if let defaultValue { facts["default"] = defaultValue }
    if !examples.isEmpty { facts["examples"] = .sequence(examples.map(Node.string)) }
    schema.addBounds(to: &facts)
    if facts["type"]?.items.count == 1 { facts["type"] = nil }
    return .mapping(facts)
  }
}

extension Schema {
  /// The types of its values in JSON, none where any will do.
  fileprivate var jsonTypes: [String] {
    switch self {
    case .object, .map: ["object"]
    case .list: ["array"]
    case .string: ["string"]
    case .integer(let integer): [integer.isWhole ? "integer" : "number"]
    case .boolean: ["boolean"]
    case .quantity: ["string", "integer"]
    case .any: []
    }
  }

  fileprivate func addBounds(to facts: inout Mapping) {
    func bound(_ key: String, _ value: Int?) {
      if let value { facts[key] = .integer(value) }
    }
    switch self {
    case .object(let object):
      facts["properties"] = .mapping(
        Mapping(object.properties.map { .init($0.name, $0.jsonSchema) }))
      facts["additionalProperties"] = .bool(false)
    case .map(let map): facts["additionalProperties"] = map.value.jsonSchema
    case .list(let list):
      facts["items"] = list.item.jsonSchema
      bound("maxItems", list.maximum)
    case .string(let string):
      bound("maxLength", string.maximum)
      if !string.choices.isEmpty {
        facts["enum"] = .sequence(string.choices.map(Node.string) + [.null])
      }
    case .integer(let integer):
      bound("minimum", integer.minimum == .min ? nil : integer.minimum)
      bound("maximum", integer.maximum == .max ? nil : integer.maximum)
      if !integer.choices.isEmpty {
        facts["enum"] = .sequence(integer.choices.map(Node.integer) + [.null])
      }
    case .boolean, .quantity, .any: break
    }
  }
}
