import YAML

// The message of every violation: lower case, no full stop, what is wrong; what would do.

extension SchemaViolation {
  static func wrongType(_ node: Node, of property: Property) -> SchemaViolation {
    let wanted = property.schema.noun
    if let scalar = node.scalar, scalar.kind != .null {
      let message = "\(property.name) \(scalar.shown) is \(scalar.noun), not \(wanted)"
      let fix = property.retyped(scalar)
      return SchemaViolation(
        .type, message + property.schema.hint(for: scalar, fits: fix?.text == scalar.text),
        fix: fix.map(Fix.replace))
    }
    return SchemaViolation(.type, "\(property.name) is \(node.noun), not \(wanted)")
  }

  static func noNumber(_ text: String, of property: Property, in integer: IntegerSchema)
    -> SchemaViolation
  {
    SchemaViolation(
      .type, "\(property.name) \(text.quoted) is not a whole number; \(integer.description)")
  }

  static func noBoolean(_ text: String, of property: Property) -> SchemaViolation {
    SchemaViolation(
      .type, "\(property.name) \(text.quoted) is neither true nor false; use true or false")
  }

  static func notTyped(_ property: Property) -> SchemaViolation {
    SchemaViolation(
      .type, "\(property.name) is \(property.schema.noun); fill in the fields below it")
  }

  static func range(_ text: String, of property: Property, in integer: IntegerSchema)
    -> SchemaViolation
  {
    SchemaViolation(.range, "\(property.name) \(text) is out of range; \(integer.description)")
  }

  static func pattern(_ text: String, of property: Property, _ pattern: Pattern) -> SchemaViolation
  {
    let fix = pattern.repaired(text)
    return SchemaViolation(
      .pattern, "\(property.name) \(text.quoted) is not accepted; use \(pattern.description)",
      fix: fix.map { .replace(.string($0)) },
      stage: pattern.isFormat ? .blocking : nil)
  }

  static func key(_ key: String, of property: Property, pattern: Pattern) -> SchemaViolation {
    SchemaViolation(
      .pattern, "key \(key.quoted) in \(property.name) is not accepted; use \(pattern.description)",
      depth: 1)
  }

  static func choice(_ number: Int, of property: Property, among choices: [Int]) -> SchemaViolation
  {
    SchemaViolation(
      .choice,
      "\(property.name) \(number) does not exist; use \(choices.map(String.init).alternatives)")
  }

  static func choice(_ text: String, of property: Property, among choices: [String])
    -> SchemaViolation
  {
    let near = NearestWord.match(for: text, among: choices)
    return SchemaViolation(
      .choice,
      "\(property.name) \(text.quoted) does not exist; use \(choices.alternatives)",
      fix: near.map { .replace(.string($0)) })
  }

  static func empty(_ property: Property) -> SchemaViolation {
    let advice =
      property.isRequired
      ? property.examples.first.map { "; use a value such as \($0)" } ?? "; write a value"
      : "; write a value or leave it out"
    // What has an alternative counts as missing where it is empty.
    return SchemaViolation(
      property.alternative == nil ? .length : .required, "\(property.name) is empty\(advice)",
      fix: property.isRequired ? nil : .remove)
  }

  static func tooLong(_ text: String, of property: Property, maximum: Int) -> SchemaViolation {
    SchemaViolation(
      .length,
      "\(property.name) has \(text.unicodeScalars.count) characters; use at most \(maximum)",
      stage: .blocking)
  }

  static func count(
    _ count: Int, of property: Property, min minimum: Int, max maximum: Int?
  ) -> SchemaViolation {
    let isShort = count < minimum
    let bound = isShort ? "at least \(minimum)" : "at most \(maximum ?? .max)"
    return SchemaViolation(
      .count, "\(property.name) has \(count) \(count == 1 ? "item" : "items"); use \(bound)",
      stage: isShort ? .checking : .blocking)
  }

  static func duplicate(_ text: String, of property: Property, isSame: Bool) -> SchemaViolation {
    SchemaViolation(
      .duplicate, "\(property.name) \(text.quoted) is listed twice; keep one",
      fix: isSame ? .remove : nil)
  }

  static func missing(_ property: Property) -> SchemaViolation {
    if !property.choices.isEmpty {
      return SchemaViolation(
        .required, "\(property.name) is required; use \(property.choices.alternatives)")
    }
    if property.examples.isEmpty, case .string(let string) = property.schema,
      let pattern = string.pattern
    {
      return SchemaViolation(.required, "\(property.name) is required; use \(pattern.description)")
    }
    let example = property.examples.first.map { ", such as \($0)" } ?? ""
    return SchemaViolation(
      .required, "\(property.name) is required; write \(property.schema.noun)\(example)")
  }

  static func unknownKey(
    _ entry: Mapping.Entry, in object: ObjectSchema, of mapping: Mapping
  ) -> SchemaViolation {
    let near = NearestWord.match(for: entry.key, among: object.properties.map(\.name))
    // `*` stands for what was a mapping of texts.
    let any = near == nil && entry.value.text != nil ? object.former["*"] : nil
    if let former = object.former[entry.key] ?? any {
      return SchemaViolation(
        .former, "\(entry.key) \(former.advice)", fix: former.fix(entry, in: mapping))
    }
    let place = near == nil ? object.place(of: entry.key) : nil
    let advice =
      near.map { "did you mean \($0)?" } ?? place.map { "it belongs in \($0)" } ?? "leave it out"
    return SchemaViolation(
      .unknown, "unknown field \(entry.key.quoted); \(advice)",
      fix: near.map(Fix.rename) ?? (place == nil ? .remove : nil))
  }

  static func unexpectedKey(_ key: String, at path: Path) -> SchemaViolation {
    SchemaViolation(.unknown, "unknown field \(key.quoted); no mapping may stand here", at: path)
  }

  /// What is known since a later schema set than the one it is for.
  static func tooNew(_ subject: String, _ since: SchemaSet, _ context: ValidationContext)
    -> SchemaViolation
  {
    let project = context.project
    let known = "\(subject) is known since \(project.name) \(project.version(in: since))"
    if since <= project.latest(from: context.target) {
      return SchemaViolation(.newer, "\(known); 1.8.1 refuses it")
    }
    return SchemaViolation(.release, "\(known)\(against(context))", fix: .remove)
  }

  /// What the schema set that it is for knows no more.
  static func tooOld(_ subject: String, _ span: SchemaSetRange, _ context: ValidationContext)
    -> SchemaViolation
  {
    let project = context.project
    let since = span.until.following.map { " since \(project.name) \(project.version(in: $0))" }
    return SchemaViolation(
      .release, "\(subject) is gone\(since ?? "")\(against(context))", fix: .remove)
  }

  private static func against(_ context: ValidationContext) -> String {
    let release = Project.aiGateway.version(in: context.target)
    let version = context.project.version(in: context.target)
    return context.project == .aiGateway
      ? "; leave it out for \(release)"
      : "; AI Gateway \(release) goes with \(context.project.name) \(version)"
  }
}

extension RemovedField {
  /// The edit that brings a value to its new place, nil where something stands there.
  fileprivate func fix(_ entry: Mapping.Entry, in mapping: Mapping) -> SchemaViolation.Fix? {
    func free(_ path: Path, _ node: Node) -> SchemaViolation.Fix? {
      Node.mapping(mapping)[path] == nil ? .move(to: path, node) : nil
    }
    return switch move {
    case .to(let path): free(name == "*" ? path.appending(entry.key) : path, entry.value)
    case .item(let path): free(path, .sequence([entry.value]))
    case .value(let path, let key):
      free(path, .sequence([.mapping(Mapping([Mapping.Entry(key, entry.value)]))]))
    case .key(let path, let key):
      free(path, .mapping(Mapping([Mapping.Entry(key, entry.value)])))
    case .byHand: nil
    }
  }
}

extension IntegerSchema {
  /// The accepted range in words that follow a semicolon.
  var description: String {
    if !isWhole { return "use a number" }
    if let limit { return "use \(minimum) to \(limit)" }
    if minimum == Int(Int32.min), maximum == Int(Int32.max) { return "use a whole number" }
    return "use \(minimum) to \(maximum)"
  }
}

extension Schema {
  /// What the schema wants, as a noun.
  package var noun: String {
    switch self {
    case .object: "a mapping"
    case .list: "a list"
    case .map: "a mapping of strings"
    case .string: "a string"
    case .integer(let integer): integer.isWhole ? "a whole number" : "a number"
    case .boolean: "true or false"
    case .quantity(let pattern): pattern == .quantity ? "a size" : "an amount"
    case .any: "a value"
    }
  }

  /// What would do in the place of a scalar of another type; `fits` says whether it would in quotes.
  fileprivate func hint(for scalar: Scalar, fits: Bool) -> String {
    switch self {
    case .string(let string):
      if !fits, let pattern = string.pattern {
        "; use \(pattern.description)"
      } else {
        "; write it in quotes"
      }
    case .integer(let integer):
      "; \(integer.description)" + (scalar.kind == .string ? " without quotes" : "")
    case .boolean: "; use true or false"
    case .quantity(let pattern): "; use \(pattern.hint)"
    case .object, .list, .map, .any: ""
    }
  }
}

extension Property {
  /// The scalar as the type this property wants, where that is a value it takes.
  fileprivate func retyped(_ scalar: Scalar) -> Node? {
    switch schema {
    case .string(let string):
      let repaired = scalar.kind == .integer ? string.pattern?.repaired(scalar.text) : nil
      return [scalar.text, repaired].compactMap { $0.map(Node.string) }.first {
        violations(inScalar: $0).isEmpty
      }
    case .integer, .boolean:
      guard case .success(let node) = value(from: scalar.text) else { return nil }
      return node
    case .object, .list, .map, .quantity, .any: return nil
    }
  }
}

extension Pattern {
  /// A text that the pattern takes and that was probably meant, nil where none is plain.
  fileprivate func repaired(_ text: String) -> String? {
    let word = text.trimmed
    let candidates: [String]
    switch self {
    case .duration: candidates = [word.lowercased(), word.filter { $0 != " " }, word + "s"]
    case .quantity:
      let bare = word.filter { $0 != " " }
      let cut = bare.hasSuffix("B") || bare.hasSuffix("b") ? String(bare.dropLast()) : bare
      candidates = [cut, cut.prefix { $0.isNumber } + cut.drop { $0.isNumber }.capitalizedUnit]
        .map { $0 }
    case .subdomain, .label, .objectNamespace, .hostname, .group, .rootedDomain, .cookieDomain:
      candidates = [word.lowercased(), String(word.lowercased().map { $0 == "_" ? "-" : $0 })]
    case .kind, .optionalKind, .headerName, .labelValue, .labelKey, .annotationKey, .dateTime,
      .timestamp, .headerValue, .base64, .address, .cidr, .caBundle, .oneLine, .moduleName,
      .sha256, .databaseFile, .httpURL,
      .plainHeader, .addressType, .protocolName, .origin, .anyOrigin, .webOrigin, .schemeOrigin,
      .controllerName, .letters, .uri, .requestURI, .urlPath, .labelText, .amount, .anyURL,
      .attribute:
      candidates = [word]
    }
    return candidates.first { $0 != text && accepts($0) }
  }
}

extension Substring {
  /// A unit with its capital: `mi` becomes `Mi`, `K` becomes `k`.
  fileprivate var capitalizedUnit: String {
    self == "K" ? "k" : prefix(1).uppercased() + dropFirst().lowercased()
  }
}

extension Scalar {
  fileprivate var shown: String { kind == .string ? text.quoted : text.clipped }

  fileprivate var noun: String {
    switch kind {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .float: "a number"
    case .string: "a string"
    }
  }
}

extension Node {
  fileprivate var noun: String {
    switch self {
    case .scalar(let scalar): scalar.noun
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

extension String {
  /// In quotation marks, cut where it is long.
  package var quoted: String { "\"\(clipped)\"" }

  fileprivate var clipped: String {
    unicodeScalars.count <= 60 ? self : String(prefix(57)) + "..."
  }
}

extension [String] {
  /// `a, b or c`.
  package var alternatives: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
