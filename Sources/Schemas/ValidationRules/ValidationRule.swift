import YAML

/// A CEL validation rule of a CRD, or a check in the API server's own code, over the parts of one
/// value: what is validated beyond types and bounds.
package struct ValidationRule: Sendable {
  /// How the rule is broken.
  struct Violation {
    var rule = SchemaViolation.Rule.fields
    /// The path from the validated value to the offending field.
    var path = Path.root
    let message: String
    var stage: SchemaViolation.Stage?
    /// Whether the server names the field at `path`, not the validated value.
    var isNamed = false
  }

  private let check: @Sendable (DefaultedNode) -> Violation?
  /// As tables write it.
  package private(set) var text = ""
  /// The schema sets in which the server asks it.
  package private(set) var span = SchemaSetRange.always
  /// The fields that it names, with the values that it compares them with.
  package private(set) var mentions: [Mention] = []

  /// A field below the validated value, and what a condition compares it with.
  package struct Mention: Sendable {
    package let keys: [String]
    package var values: [String] = []
  }

  init(
    _ text: String = "", _ check: @escaping @Sendable (DefaultedNode) -> Violation?
  ) {
    self.text = text
    self.check = check
  }

  /// The condition of a line in a table: `@name`, or an implication; nil for what is neither.
  init?(_ text: String) {
    if text.hasPrefix("@") {
      guard let named = ValidationRule.named[String(text.dropFirst())] else { return nil }
      self = named
    } else {
      guard let implication = FieldRule(text) else { return nil }
      self.init { implication.violation(in: $0) }
      mentions = implication.mentions
    }
    self.text = text
  }

  /// The conditions of a clause in a table, nil where it is none; `type ? A:a B:b` stands for two of
  /// each pair.
  static func all(of clause: String, in span: SchemaSetRange = .always) -> [ValidationRule]? {
    var found: [ValidationRule?] = []
    let words = clause.cut(at: " ")
    if words.count > 2, words[1] == "?" {
      for word in words.dropFirst(2) {
        let pair = word.cut(at: ":")
        guard pair.count == 2 else { return nil }
        found.append(ValidationRule("\(words[0])=\(pair[0]) => \(pair[1])"))
        found.append(ValidationRule("\(pair[1]) => \(words[0])=\(pair[0])"))
      }
    } else {
      found = [ValidationRule(clause)]
    }
    let conditions = found.compactMap { condition in
      condition.map { condition in
        var bound = condition
        bound.span = span
        return bound
      }
    }
    return conditions.count == found.count ? conditions : nil
  }

  /// What is wrong with a value, with the path from it; the server names the value itself.
  package func violation(in value: DefaultedNode) -> SchemaViolation? {
    check(value).map { violation in
      SchemaViolation(
        violation.rule, violation.message, at: violation.path, stage: violation.stage,
        depth: violation.isNamed ? 0 : violation.path.count)
    }
  }

  static let named: [String: ValidationRule] =
    httpRoute.merging(gateway) { first, _ in first }.merging(policies) { first, _ in first }
    .merging(metadata) { first, _ in first }.merging(security) { first, _ in first }
}
