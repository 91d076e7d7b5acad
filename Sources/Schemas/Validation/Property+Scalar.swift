package import YAML

extension Property {
  /// What is wrong with a node that stands where a scalar (or the wrong kind of node) stands.
  func violations(
    inScalar node: Node, in schemaSet: SchemaSet = Release.current.schemaSet
  ) -> [SchemaViolation] {
    let property = resolved(in: schemaSet)
    var violations = property.form(of: node)
    for condition in property.conditions where condition.span.holds(in: schemaSet) {
      if let violation = condition.violation(in: DefaultedNode(node, as: property, in: schemaSet)) {
        violations.append(violation)
      }
    }
    if case .scalar = node { return violations }
    return violations + property.unexpectedKeys(in: node)
  }

  /// The same, where a choice that only other schema sets have is reported as such.
  func violations(inScalar node: Node, by context: ValidationContext) -> [SchemaViolation] {
    let violations = violations(inScalar: node, in: context.schemaSet)
    let target = context.target
    func knows(_ schemaSet: SchemaSet) -> Bool {
      self.violations(inScalar: node, in: schemaSet).isEmpty
    }
    guard !variants.isEmpty, let text = node.text,
      self.violations(inScalar: node, in: target).contains(where: { $0.rule == .choice })
    else { return violations }
    let subject = "\(name) \(text)"
    if let since = turns(after: target).first(where: knows), context.project.has(since) {
      return (context.schemaSet >= since ? violations : [])
        + [.tooNew(subject, since, context).asValue]
    }
    let past = SchemaSet.allCases.last { schemaSet in
      schemaSet < target && resolved(in: schemaSet).choices.contains(text)
    }
    return past.map { [.tooOld(subject, SchemaSetRange(until: $0), context).asValue] } ?? violations
  }

  /// The texts that it may be, none where it may be any.
  var choices: [String] {
    if case .string(let string) = schema { string.choices } else { [] }
  }

  private func form(of node: Node) -> [SchemaViolation] {
    switch schema {
    case .any: return []
    case .object, .list, .map: return [.wrongType(node, of: self)]
    case .boolean: return node.scalar?.kind == .bool ? [] : [.wrongType(node, of: self)]
    case .string(let string):
      guard let text = node.text else {
        // Where a text has a format, the server takes a list for one.
        if string.pattern?.takesLists == true, case .sequence = node { return [] }
        return [.wrongType(node, of: self)]
      }
      return violation(in: text, as: string).map { [$0] } ?? []
    case .integer(let integer):
      if !integer.isWhole, node.scalar?.kind == .float { return [] }
      guard let number = node.integer else { return [.wrongType(node, of: self)] }
      if !integer.choices.isEmpty {
        return integer.choices.contains(number)
          ? [] : [.choice(number, of: self, among: integer.choices)]
      }
      guard number < integer.minimum || number > integer.maximum else { return [] }
      return [.range("\(number)", of: self, in: integer)]
    case .quantity(let pattern):
      // The patterns look at texts only; any whole number passes the server (envoyproxy/gateway
      // v1.8.1, CRD clienttrafficpolicies).
      if node.integer != nil { return [] }
      guard let text = node.text else { return [.wrongType(node, of: self)] }
      return pattern.accepts(text) ? [] : [.pattern(text, of: self, pattern)]
    }
  }

  /// The keys in a mapping that stands where none may stand: the server knows none of them.
  private func unexpectedKeys(in node: Node) -> [SchemaViolation] {
    if case .any = schema { return [] }
    return node.unexpectedKeys(at: .root)
  }

  private func violation(in text: String, as string: StringSchema) -> SchemaViolation? {
    if !string.choices.isEmpty {
      return string.choices.contains(text) ? nil : .choice(text, of: self, among: string.choices)
    }
    let count = text.utf8.count
    if count < string.minimum { return .empty(self) }
    if let maximum = string.maximum, count > maximum, text.unicodeScalars.count > maximum {
      return .tooLong(text, of: self, maximum: maximum)
    }
    guard let pattern = string.pattern, !pattern.accepts(text) else { return nil }
    return .pattern(text, of: self, pattern)
  }

  /// What a user typed, as the node it stands for, or what is wrong with it and what would do.
  ///
  /// Spaces around numbers, sizes and choices are forgiven, those in texts are kept.
  package func value(from text: String) -> Result<Node, SchemaViolation> {
    switch schema {
    case .object, .list, .map, .any: return .failure(.notTyped(self))
    case .string(let string):
      let word = string.pattern == nil && string.choices.isEmpty ? text : text.trimmed
      return result(.string(word))
    case .boolean:
      switch text.trimmed.lowercased() {
      case "true", "yes", "on", "y": return .success(.bool(true))
      case "false", "no", "off", "n": return .success(.bool(false))
      default: return .failure(.noBoolean(text, of: self))
      }
    case .integer(let integer):
      let word = text.trimmed
      guard let number = Int(word), word.utf8.first != UInt8(ascii: "+") else {
        return .failure(.noNumber(text, of: self, in: integer))
      }
      guard number <= integer.limit ?? integer.maximum else {
        return .failure(.range(word, of: self, in: integer))
      }
      return result(.integer(number))
    case .quantity(let pattern):
      let word = text.trimmed
      guard pattern.accepts(word) else {
        return .failure(.pattern(word, of: self, pattern))
      }
      return .success(Int(word).map(Node.integer) ?? .string(word))
    }
  }

  private func result(_ node: Node) -> Result<Node, SchemaViolation> {
    violations(inScalar: node).first.map(Result.failure) ?? .success(node)
  }
}

extension String {
  /// The text without the blanks at its ends, of whatever kind.
  package var trimmed: String {
    func mayBeBlank(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") || byte >= 0x80 }
    guard utf8.first.map(mayBeBlank) ?? false || utf8.last.map(mayBeBlank) ?? false else {
      return self
    }
    let head = drop(while: \.isWhitespace)
    return String(head.dropLast(head.reversed().prefix(while: \.isWhitespace).count))
  }
}

extension SchemaViolation {
  /// The same of a value: the server knows its field, and refuses it as any wrong choice.
  fileprivate var asValue: SchemaViolation {
    var violation = self
    if rule == .release { violation.stage = .blocking }
    return violation
  }
}

extension Node {
  fileprivate func unexpectedKeys(at path: Path) -> [SchemaViolation] {
    switch self {
    case .scalar: []
    case .mapping(let mapping):
      mapping.entries.map { SchemaViolation.unexpectedKey($0.key, at: path.appending($0.key)) }
    case .sequence(let items):
      items.enumerated().flatMap { $1.unexpectedKeys(at: path.appending($0)) }
    }
  }
}
