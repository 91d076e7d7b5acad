import Manifest

/// What a field may hold.
package indirect enum Schema: Sendable {
  case object(ObjectSchema)
  case list(ListSchema)
  case map(MapSchema)
  case string(StringSchema)
  case integer(IntegerSchema)
  case boolean
  /// A size in bytes, a whole number or a text such as `50Mi` (domain.md `QTY`).
  case quantity
  /// A part that is kept as it is and not judged.
  case any
}

/// An object with known keys, in printing order.
package struct ObjectSchema: Sendable {
  package let properties: [Property]
  package let required: [Property]

  init(_ properties: [Property]) {
    self.properties = properties
    self.required = properties.filter { $0.isRequired && $0.defaultValue == nil }
  }

  package func property(_ name: String) -> Property? {
    for property in properties where property.name == name { return property }
    return nil
  }

  /// The printing place of a key, nil for one that is not known.
  package func rank(of name: String) -> Int? { properties.firstIndex { $0.name == name } }
}

/// A list with at most so many items.
package struct ListSchema: Sendable {
  /// What no two items may share.
  package enum Uniqueness: Sendable {
    case none
    /// No scalar stands twice.
    case set
    /// No two items have the same text under this key.
    case map(String)
  }

  package let item: Property
  package let minimum: Int
  package let maximum: Int?
  package let uniqueness: Uniqueness
}

/// A mapping from free keys to texts: labels and annotations.
package struct MapSchema: Sendable {
  /// What keys must be, nil where any will do.
  package let key: Pattern?
  package let value: Property
  package let minimum: Int
  package let maximum: Int?

  init(key: Pattern?, value: Property, minimum: Int = 0, maximum: Int? = nil) {
    self.key = key
    self.value = value
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// A text.
package struct StringSchema: Sendable {
  /// Least number of characters.
  package let minimum: Int
  /// Greatest number of characters.
  package let maximum: Int?
  package let pattern: Pattern?
  /// The only values there are, none where any text will do.
  package let choices: [String]
}

/// A whole number, of 32 bits unless `maximum` says more.
package struct IntegerSchema: Sendable {
  package let minimum: Int
  package let maximum: Int
  /// What works at run time though the server takes more, nil where that is the same.
  package let limit: Int?
  /// The only values there are, none where any in range will do.
  package let choices: [Int]
  /// Whether fractions are refused.
  package let isWhole: Bool
}

extension Schema {
  static func object(_ properties: [Property]) -> Schema { .object(ObjectSchema(properties)) }

  static func list(
    of item: Property, min minimum: Int = 0, max maximum: Int? = nil,
    unique uniqueness: ListSchema.Uniqueness = .none
  ) -> Schema {
    .list(
      ListSchema(item: item, minimum: minimum, maximum: maximum, uniqueness: uniqueness))
  }

  static func string(
    min minimum: Int = 0, max maximum: Int? = nil, _ pattern: Pattern? = nil
  ) -> Schema {
    .string(StringSchema(minimum: minimum, maximum: maximum, pattern: pattern, choices: []))
  }

  static func choice(_ choices: String...) -> Schema { choice(choices) }

  static func choice(_ choices: [String]) -> Schema {
    .string(StringSchema(minimum: 0, maximum: nil, pattern: nil, choices: choices))
  }

  static func integer(
    _ minimum: Int = Int(Int32.min), max maximum: Int = Int(Int32.max), limit: Int? = nil
  ) -> Schema {
    .integer(
      IntegerSchema(minimum: minimum, maximum: maximum, limit: limit, choices: [], isWhole: true))
  }

  static func codes(_ choices: [Int]) -> Schema {
    .integer(
      IntegerSchema(minimum: .min, maximum: .max, limit: nil, choices: choices, isWhole: true))
  }

  /// A number, whole or not.
  static let number = Schema.integer(
    IntegerSchema(minimum: .min, maximum: .max, limit: nil, choices: [], isWhole: false))

  /// Lengths of time as Gateway API writes them.
  static let duration = Schema.string(.duration)
  static let group = Schema.string(max: 253, .group)
  static let kind = Schema.string(min: 1, max: 63, .kind)
  static let objectName = Schema.string(min: 1, max: 253)
  static let namespace = Schema.string(min: 1, max: 63, .label)
  static let subdomain = Schema.string(min: 1, max: 253, .subdomain)
  static let headerName = Schema.string(min: 1, max: 256, .headerName)
  static let headerValue = Schema.string(min: 1, max: 4096)
}
