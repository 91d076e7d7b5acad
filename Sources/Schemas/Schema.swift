import YAML

/// What a field may hold.
package indirect enum Schema: Sendable {
  case object(ObjectSchema)
  case list(ListSchema)
  case map(MapSchema)
  case string(StringSchema)
  case integer(IntegerSchema)
  case boolean
  /// A whole number, or a text of a form such as `50Mi` (kubernetes/kubernetes v1.36.2,
  /// staging/src/k8s.io/apimachinery/pkg/api/resource).
  case quantity(Pattern)
  /// A part that is kept as it is and not validated.
  case any
}

/// An object with known keys, in printing order.
package struct ObjectSchema: Sendable {
  package let properties: [Property]
  /// The fields that some schema set requires.
  let required: [Property]
  /// Fields of former releases, by name.
  let former: [String: RemovedField]

  init(_ properties: [Property], former: [RemovedField] = []) {
    self.properties = properties
    self.required = properties.filter(\.isEverRequired)
    self.former = Dictionary(former.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The fields of two objects in the order of their names.
  func joined(with other: ObjectSchema) -> ObjectSchema {
    ObjectSchema(
      (properties + other.properties).sorted { $0.name < $1.name },
      former: Array(former.values) + other.former.values)
  }

  package func property(_ name: String) -> Property? {
    for property in properties where property.name == name { return property }
    return nil
  }

  /// The field below which a key is known, such as `rules[]`, where there is just one nearest.
  func place(of name: String) -> String? {
    var level = [(path: "", object: self)]
    while !level.isEmpty {
      level = level.flatMap { path, object in
        object.properties.compactMap { property in
          let prefix = path.isEmpty ? property.name : "\(path).\(property.name)"
          switch property.schema {
          case .object(let inner): return (prefix, inner)
          case .list(let list):
            guard case .object(let inner) = list.item.schema else { return nil }
            return ("\(prefix)[]", inner)
          case .map, .string, .integer, .boolean, .quantity, .any: return nil
          }
        }
      }
      let found = level.filter { $0.object.property(name) != nil }
      if !found.isEmpty { return found.count == 1 ? found[0].path : nil }
    }
    return nil
  }

  /// The printing place of a key, nil for one that is not known.
  package func rank(of name: String) -> Int? { properties.firstIndex { $0.name == name } }
}

/// A field of a former release, and where its value belongs now.
struct RemovedField: Sendable {
  /// How the value comes to its new place.
  enum Move: Sendable {
    /// To a path from the object, as it is.
    case to(Path)
    /// As the only item of a list there.
    case item(of: Path)
    /// As the value of a key of the only item of a list there.
    case value(of: Path, key: String)
    /// As the value of a key of an object there.
    case key(of: Path, key: String)
    /// Into another object, by hand.
    case byHand
  }

  let name: String
  /// `moved to rules[].timeouts of AIGatewayRoute`, what stands behind the name in messages.
  let advice: String
  let move: Move

  init(_ name: String, _ advice: String, _ move: Move = .byHand) {
    self.name = name
    self.advice = advice
    self.move = move
  }
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
  /// Whether an item may be null.
  let takesNull: Bool
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
  static func object(_ properties: [Property], former: [RemovedField] = []) -> Schema {
    .object(ObjectSchema(properties, former: former))
  }

  static func list(
    takesNull: Bool = false, of item: Property, min minimum: Int = 0, max maximum: Int? = nil,
    unique uniqueness: ListSchema.Uniqueness = .none
  ) -> Schema {
    .list(
      ListSchema(
        item: item, minimum: minimum, maximum: maximum, uniqueness: uniqueness,
        takesNull: takesNull))
  }

  static func string(
    min minimum: Int = 0, max maximum: Int? = nil, _ pattern: Pattern? = nil
  ) -> Schema {
    .string(StringSchema(minimum: minimum, maximum: maximum, pattern: pattern, choices: []))
  }

  static func choice(_ choices: String...) -> Schema { choice(choices) }

  /// One of some texts.
  package static func choice(_ choices: [String]) -> Schema {
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

  /// A size in bytes.
  static let size = Schema.quantity(.quantity)
  /// Lengths of time as Gateway API writes them.
  static let duration = Schema.string(.duration)
  static let group = Schema.string(max: 253, .group)
  static let kind = Schema.string(min: 1, max: 63, .kind)
  /// A name of an object, as most kinds take it.
  package static let objectName = Schema.string(min: 1, max: 253)
  package static let namespace = Schema.string(min: 1, max: 63, .label)
  package static let subdomain = Schema.string(min: 1, max: 253, .subdomain)
  package static let port = Schema.integer(1, max: 65535)
  static let headerName = Schema.string(min: 1, max: 256, .headerName)
  static let headerValue = Schema.string(min: 1, max: 4096)
}
