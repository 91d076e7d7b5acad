import YAML

/// Fields written down as a table, one a line, their parts indented by two below them.
///
/// A line is `name! type bounds = default ; clause ; clause # help`: `!` marks a required field,
/// the default is YAML. Types are `object 1..4`, `list 1..16 set`, `list by name`, `list nulls`
/// whose items may be null, `map 1..64`, `text 1..253 subdomain`, `int 0..100`, `long`, `code 301
/// 302`, `number`, `bool`, `size`, `amount`, `choice A B`, `any`, the words of
/// `SchemaTable.words`, and `use part` for fields that stand in several places, which may have a
/// help of their own. `object with part` has the fields of a part besides its own, all of them in
/// the order of their names, and the conditions of the part. The item of a list and the value of a
/// map are the line `-`.
///
/// A clause is a condition, here as in `asking` of a `Property`: one of `FieldRule`, `@name` for
/// one of `ValidationRule.named`, or `type ? A:a B:b` where field `a` goes with type A only. `since
/// 0.7` and `until 0.6` before it say in which schema sets it holds; alone, in which the field is
/// there; with `as` and bounds, `required`, `optional` or a type behind them, what the field is
/// otherwise. A field that is gone is the line `name gone AI Gateway 0.3: what to write now ; to
/// path`, where `item` stands for the only item of the list at the path, `value path key` for the
/// value of a key of such an item and `key path key` for that of an object.
///
/// What cannot be read makes no trap: it stands in the `problems` of the field whose line it is.
struct SchemaTable {
  private var lines: [Line] = []
  private var place = 0
  private var parts: [String: Property]
  /// What could not be read of the current field.
  private var problems: [String] = []

  private struct Line {
    let indent: Int
    let text: Substring
  }

  private init(_ table: String, parts: [String: Property]) {
    self.parts = parts
    for text in table.cut(at: "\n") {
      let content = text.withoutIndentation
      lines.append(Line(indent: text.utf8.count - content.utf8.count, text: content))
    }
  }

  /// The object whose fields a table lists.
  static func object(_ table: String, parts: [String: Property] = [:]) -> ObjectSchema {
    var facts = SchemaTable(table, parts: parts)
    return facts.object(at: 0)
  }

  /// The fields of a table.
  static func fields(_ table: String, parts: [String: Property] = [:]) -> [Property] {
    object(table, parts: parts).properties
  }

  /// The top-level fields of a table by name, of which later ones may use earlier ones.
  static func parts(
    _ table: String, and known: [String: Property] = [:]
  ) -> [String: Property] {
    var facts = SchemaTable(table, parts: known)
    while facts.place < facts.lines.count {
      let part = facts.field(at: 0)
      facts.parts[part.name] = part
    }
    return facts.parts
  }

  private mutating func object(at indent: Int) -> ObjectSchema {
    var fields: [Property] = []
    var former: [RemovedField] = []
    while place < lines.count, lines[place].indent >= indent {
      if lines[place].indent == indent, let gone = SchemaTable.former(lines[place].text) {
        former.append(gone)
        place += 1
      } else {
        fields.append(field(at: indent))
      }
    }
    return ObjectSchema(fields, former: former)
  }

  /// What a line is made of before its schema is known.
  private struct Draft {
    let name: String
    var isRequired: Bool
    var help: String
    var defaultValue: Node?
    var conditions: [ValidationRule] = []
    var span = SchemaSetRange.always
    var variants: [(span: SchemaSetRange, words: [String])] = []

    func property(_ schema: Schema, variants: [Property.Variant], problems: [String]) -> Property {
      Property(
        name, schema, isRequired: isRequired, default: defaultValue, span: span, help: help,
        conditions: conditions, variants: variants, problems: problems)
    }
  }

  /// Reads the current line with all that is indented below it; the item of a list or the value of
  /// a map is called after that.
  private mutating func field(at indent: Int, within list: String? = nil) -> Property {
    let outer = problems
    problems = []
    defer { problems = outer }
    let line = lines[place]
    place += 1
    if line.indent != indent { problems.append("indented by \(line.indent), not \(indent)") }
    let halves = line.text.cut(at: "#", most: 2)
    let clauses = (halves.first ?? "").cut(at: ";")
    var declaration = clauses.first ?? ""
    var defaultValue: Node?
    if let equals = declaration.utf8.firstIndex(of: UInt8(ascii: "=")) {
      defaultValue = value(of: declaration[equals...].dropFirst())
      declaration = declaration[..<equals]
    }
    let words = declaration.cut(at: " ").map(String.init)
    let written = words.first ?? ""
    let isRequired = written.hasSuffix("!")
    let name =
      list.map(SchemaTable.singular) ?? String(isRequired ? written.dropLast() : written[...])
    if list == nil ? !SchemaTable.isName(name) : written != "-" {
      problems.append("name \(written)")
    }
    let help = halves.count > 1 ? halves[1].cut(at: " ").joined(separator: " ") : ""
    var draft = Draft(name: name, isRequired: isRequired, help: help, defaultValue: defaultValue)
    for clause in clauses.dropFirst() { read(clause, into: &draft) }
    if words.count == 3, words[1] == "use", let part = parts[words[2]] {
      draft.conditions = part.conditions + draft.conditions
      draft.defaultValue = draft.defaultValue ?? part.defaultValue
      if draft.help.isEmpty { draft.help = part.help }
      let own = part.variants.map {
        Property.Variant(span: $0.span, property: $0.property.named(name))
      }
      return draft.property(
        part.schema, variants: own + variants(of: draft, part.schema),
        problems: part.problems + problems)
    }
    let type = Array(words.dropFirst())
    let schema = schema(type, name: name, below: line.indent)
    if let base = base(of: type)?.property {
      draft.conditions = base.conditions + draft.conditions
      problems += base.problems
    }
    if type.first == "object", type.count > 1, let bounds = Bounds(type[1]) {
      draft.conditions.append(.fieldCount(bounds.minimum ?? 0, bounds.maximum))
    }
    return draft.property(schema, variants: variants(of: draft, schema), problems: problems)
  }

  private mutating func value(of yaml: Substring) -> Node? {
    let parsed = Parser().parse(Array(yaml.utf8))
    if parsed.documents.count != 1 || parsed.hasErrors { problems.append("default \(yaml)") }
    return parsed.documents.first?.root
  }

  private mutating func read(_ text: Substring, into draft: inout Draft) {
    switch Clause(text) {
    case .age(let span): draft.span = span
    case .variant(let span, let words): draft.variants.append((span, words))
    case .conditions(let conditions): draft.conditions += conditions
    case nil: problems.append("clause \(text)")
    }
  }

  /// What stands behind a semicolon.
  enum Clause {
    /// When the field is there.
    case age(SchemaSetRange)
    /// What it is otherwise.
    case variant(SchemaSetRange, [String])
    case conditions([ValidationRule])

    init?(_ text: Substring) {
      var words = text.cut(at: " ")
      var span = SchemaSetRange.always
      while words.count > 1, words[0] == "since" || words[0] == "until" {
        guard let schemaSet = SchemaSet(words[1]) else { return nil }
        if words[0] == "since" { span.since = schemaSet } else { span.until = schemaSet }
        words.removeFirst(2)
      }
      guard span.since <= span.until, words != ["as"] else { return nil }
      if words.isEmpty {
        self = .age(span)
      } else if words.first == "as" {
        self = .variant(span, words[1...].map { String($0) })
      } else {
        guard let found = ValidationRule.all(of: words.joined(separator: " "), in: span) else {
          return nil
        }
        self = .conditions(found)
      }
    }

    var conditions: [ValidationRule]? {
      if case .conditions(let found) = self { found } else { nil }
    }
  }

  /// The field of a line as some schema sets have it.
  private mutating func variants(of draft: Draft, _ schema: Schema) -> [Property.Variant] {
    draft.variants.map { span, words in
      var variant = draft
      var schema = schema
      var words = words
      if words.first == "required" || words.first == "optional" {
        variant.isRequired = words[0] == "required"
        if variant.isRequired { variant.defaultValue = nil }
        words.removeFirst()
      }
      if words.count == 1, let bounds = Bounds(words[0]), let bounded = schema.bounded(bounds) {
        schema = bounded
      } else if !words.isEmpty {
        schema = self.schema(words, name: draft.name, below: .max - 2)
      }
      return Property.Variant(
        span: span, property: variant.property(schema, variants: [], problems: []))
    }
  }

  private mutating func schema(_ words: [String], name: String, below indent: Int) -> Schema {
    var rest = words.dropFirst()
    let bounds = rest.first.flatMap(Bounds.init) ?? Bounds()
    if rest.first.flatMap(Bounds.init) != nil { rest = rest.dropFirst() }
    defer { if !rest.isEmpty { problems.append("\(name): \(rest.joined(separator: " "))") } }
    switch words.first {
    case "object":
      let own = object(at: indent + 2)
      guard let base = base(of: words)?.object else { return .object(own) }
      rest = rest.dropFirst(2)
      return .object(own.joined(with: base))
    case "list":
      var uniqueness = ListSchema.Uniqueness.none
      if rest.first == "set" {
        uniqueness = .set
        rest = rest.dropFirst()
      } else if rest.first == "by", let key = rest.dropFirst().first {
        uniqueness = .map(key)
        rest = rest.dropFirst(2)
      }
      let takesNull = rest.first == "nulls"
      if takesNull { rest = rest.dropFirst() }
      guard let item = part(of: name, at: indent + 2) else { return unreadable(words, name) }
      return .list(
        takesNull: takesNull, of: item, min: bounds.minimum ?? 0, max: bounds.maximum,
        unique: uniqueness)
    case "map":
      guard let value = part(of: name, at: indent + 2) else { return unreadable(words, name) }
      return .map(
        MapSchema(
          key: nil, value: value, minimum: bounds.minimum ?? 0, maximum: bounds.maximum))
    case "text":
      let pattern = rest.first.flatMap(Pattern.init)
      if pattern != nil { rest = rest.dropFirst() }
      return .string(min: bounds.minimum ?? 0, max: bounds.maximum, pattern)
    case "int":
      return .integer(bounds.minimum ?? Int(Int32.min), max: bounds.maximum ?? Int(Int32.max))
    case "long": return .integer(bounds.minimum ?? .min, max: bounds.maximum ?? .max)
    case "code":
      let codes = rest.compactMap { Int($0) }
      rest = rest.dropFirst(codes.count)
      return codes.isEmpty ? unreadable(words, name) : .codes(codes)
    case "choice":
      let choices = Array(rest)
      rest = []
      return choices.isEmpty ? unreadable(words, name) : .choice(choices)
    case let word?: return SchemaTable.words[word] ?? unreadable(words, name)
    case nil: return unreadable(words, name)
    }
  }

  /// The part whose fields an object has besides its own; nil where its line names none.
  private func base(of words: [String]) -> (property: Property, object: ObjectSchema)? {
    guard words.first == "object", let with = words.firstIndex(of: "with"),
      let name = words[with...].dropFirst().first, let part = parts[name], part.variants.isEmpty,
      case .object(let object) = part.schema
    else { return nil }
    return (part, object)
  }

  private mutating func unreadable(_ words: [String], _ name: String) -> Schema {
    problems.append("\(name): \(words.joined(separator: " "))")
    return .any
  }

  /// The item of a list or the value of a map.
  private mutating func part(of name: String, at indent: Int) -> Property? {
    guard place < lines.count, lines[place].indent >= indent else { return nil }
    return field(at: indent, within: name)
  }

  /// Whether a text can be the name of a field.
  static func isName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(\.isAlphanumeric)
  }

  /// The field of a line of the form `name gone project version: words ; move`.
  private static func former(_ text: Substring) -> RemovedField? {
    let halves = text.cut(at: " ", most: 3)
    guard halves.count == 3, halves[1] == "gone" else { return nil }
    let name = String(halves[0])
    let clauses = halves[2].cut(at: ";")
    guard let words = clauses.first, clauses.count <= 2 else { return nil }
    let parts = words.cut(at: ":", most: 2).map { $0.cut(at: " ").joined(separator: " ") }
    guard parts.count == 2 else { return nil }
    let message = "is gone since " + parts.joined(separator: "; ")
    guard clauses.count == 2 else { return RemovedField(name, message) }
    let move = clauses[1].cut(at: " ").map(String.init)
    switch (move.first, move.count) {
    case ("to", 2): return RemovedField(name, message, .to(path(move[1])))
    case ("item", 2): return RemovedField(name, message, .item(of: path(move[1])))
    case ("value", 3): return RemovedField(name, message, .value(of: path(move[1]), key: move[2]))
    case ("key", 3): return RemovedField(name, message, .key(of: path(move[1]), key: move[2]))
    default: return nil
    }
  }

  private static func path(_ text: String) -> Path {
    Path(text.cut(at: ".").map { .key(String($0)) })
  }

  private static func singular(_ name: String) -> String {
    String(name.dropLast(name.hasSuffix("uses") ? 2 : name.hasSuffix("s") ? 1 : 0))
  }

  private static let words: [String: Schema] = [
    "number": .number, "bool": .boolean, "size": .size,
    "amount": .quantity(.amount), "any": .any,
    "duration": .duration, "group": .group, "kind": .kind, "name": .objectName,
    "namespace": .namespace, "subdomain": .subdomain, "header": .headerName,
    "port": .integer(1, max: 65535), "hostname": .string(min: 1, max: 253, .hostname),
  ]
}

/// Bounds as a table writes them: `1..16`, `..16`, `1..`, `..` for none.
struct Bounds {
  var minimum: Int?
  var maximum: Int?

  init() {}

  init?(_ word: String) {
    let ends = word.cut(at: ".", keepingEmpty: true)
    guard ends.count == 3, ends[1].isEmpty,
      ends[0].isEmpty || Int(ends[0]) != nil, ends[2].isEmpty || Int(ends[2]) != nil
    else { return nil }
    minimum = Int(ends[0])
    maximum = Int(ends[2])
    if let minimum, let maximum, minimum > maximum { return nil }
  }
}

extension Schema {
  /// The same with other bounds, nil for what has none.
  fileprivate func bounded(_ bounds: Bounds) -> Schema? {
    switch self {
    case .list(let list):
      .list(
        of: list.item, min: bounds.minimum ?? 0, max: bounds.maximum, unique: list.uniqueness)
    case .string(let string):
      .string(min: bounds.minimum ?? 0, max: bounds.maximum, string.pattern)
    case .object, .map, .integer, .boolean, .quantity, .any: nil
    }
  }
}
