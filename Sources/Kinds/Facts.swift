import Manifest

/// Fields written down as a table, one a line, their parts indented by two below them.
///
/// A line is `name! type bounds = default ; condition ; condition`: `!` marks a required field, the
/// default is YAML. Types are `object`, `list 1..16 set`, `list by name`, `map 1..64`, `text 1..253
/// subdomain`, `int 0..100`, `long`, `code 301 302`, `number`, `bool`, `size`, `choice A B`, `any`,
/// the words of `Facts.words`, and `use part` for fields that stand in several places. The item of
/// a list and the value of a map are the line `-`. Conditions are those of `Implication`, or
/// `@name` for one of `Condition.named`, or `type ? A:a B:b` where field `a` goes with type A only.
struct Facts {
  private var lines: [Line] = []
  private var place = 0
  private var parts: [String: Property]

  private struct Line {
    let indent: Int
    let text: Substring
  }

  private init(_ table: String, parts: [String: Property]) {
    self.parts = parts
    for text in table.split(separator: "\n") {
      let content = text.drop { $0 == " " }
      lines.append(Line(indent: text.utf8.count - content.utf8.count, text: content))
    }
  }

  /// The fields of a table; a line that is none of the above makes `any` of its field.
  static func fields(_ table: String, parts: [String: Property] = [:]) -> [Property] {
    var facts = Facts(table, parts: parts)
    return facts.fields(at: 0)
  }

  /// The top-level fields of a table by name, of which later ones may use earlier ones.
  static func parts(
    _ table: String, and known: [String: Property] = [:]
  ) -> [String: Property] {
    var facts = Facts(table, parts: known)
    while facts.place < facts.lines.count {
      let part = facts.field(within: "")
      facts.parts[part.name] = part
    }
    return facts.parts
  }

  private mutating func fields(at indent: Int) -> [Property] {
    var fields: [Property] = []
    while place < lines.count, lines[place].indent >= indent {
      fields.append(field(within: ""))
    }
    return fields
  }

  /// Reads the line at hand with all that is indented below it.
  private mutating func field(within list: String) -> Property {
    let line = lines[place]
    place += 1
    let clauses = line.text.split(separator: ";")
    var declaration = clauses.first ?? ""
    var defaultValue: Node?
    if let equals = declaration.firstIndex(of: "=") {
      let yaml = Array(declaration[equals...].utf8.dropFirst())
      defaultValue = Parser().parse(yaml).documents.first?.root
      declaration = declaration[..<equals]
    }
    let words = declaration.split(separator: " ")
    let written = words.first.map(String.init) ?? ""
    let isRequired = written.hasSuffix("!")
    let name = written == "-" ? Facts.singular(list) : String(written.prefix { $0 != "!" })
    if words.count == 3, words[1] == "use", let part = parts[String(words[2])] {
      return Property(
        name, part.schema, isRequired: isRequired, default: part.defaultValue, help: "",
        conditions: part.conditions)
    }
    let schema = schema(words.dropFirst().map(String.init), name: name, below: line.indent)
    return Property(
      name, schema, isRequired: isRequired, default: defaultValue, help: "",
      conditions: clauses.dropFirst().flatMap { Condition.all(of: String($0).trimmed) })
  }

  private mutating func schema(_ words: [String], name: String, below indent: Int) -> Schema {
    let bounds = words.lazy.compactMap(Bounds.init).first ?? Bounds()
    switch words.first {
    case "object": return .object(fields(at: indent + 2))
    case "list":
      let key = words.firstIndex(of: "by").flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
      let isSet = words.contains("set")
      guard let item = part(of: name, at: indent + 2) else { return .any }
      return .list(
        of: item, min: bounds.minimum ?? 0, max: bounds.maximum,
        unique: key.map(ListSchema.Uniqueness.map) ?? (isSet ? .set : .none))
    case "map":
      guard let value = part(of: name, at: indent + 2) else { return .any }
      return .map(
        MapSchema(
          key: nil, value: value, minimum: bounds.minimum ?? 0, maximum: bounds.maximum))
    case "text":
      let pattern = words.dropFirst().lazy.compactMap(Pattern.init).first
      return .string(min: bounds.minimum ?? 0, max: bounds.maximum, pattern)
    case "int":
      return .integer(bounds.minimum ?? Int(Int32.min), max: bounds.maximum ?? Int(Int32.max))
    case "long": return .integer(bounds.minimum ?? .min, max: bounds.maximum ?? .max)
    case "code": return .codes(words.dropFirst().compactMap { Int($0) })
    case "choice": return .choice(Array(words.dropFirst()))
    case let word?: return Facts.words[word] ?? .any
    case nil: return .any
    }
  }

  /// The item of a list or the value of a map.
  private mutating func part(of name: String, at indent: Int) -> Property? {
    guard place < lines.count, lines[place].indent >= indent else { return nil }
    return field(within: name)
  }

  private static func singular(_ name: String) -> String {
    name.hasSuffix("s") ? String(name.dropLast()) : name
  }

  private static let words: [String: Schema] = [
    "number": .number, "bool": .boolean, "size": .quantity, "any": .any,
    "duration": .duration, "group": .group, "kind": .kind, "name": .objectName,
    "namespace": .namespace, "subdomain": .subdomain, "header": .headerName,
    "port": .integer(1, max: 65535), "hostname": .string(min: 1, max: 253, .hostname),
  ]
}

/// Bounds as a table writes them: `1..16`, `..16`, `1..`.
private struct Bounds {
  var minimum: Int?
  var maximum: Int?

  init() {}

  init?(_ word: String) {
    let ends = word.split(separator: ".", omittingEmptySubsequences: false)
    guard ends.count == 3, ends[1].isEmpty else { return nil }
    minimum = Int(ends[0])
    maximum = Int(ends[2])
  }
}
