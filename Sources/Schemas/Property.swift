package import YAML

/// One field of a resource: what it may hold and what it is for.
///
/// One line of a table in the folder Tables, from which come the API server's validation (type,
/// bounds, pattern, conditions), the order of printing, the default, the help beside the field and
/// its page in `explain`. A field differs between releases by its `span` and its `variants`; ask
/// `resolved(in:)` for the one that a release has.
package final class Property: Sendable {
  package let name: String
  package let schema: Schema
  package let isRequired: Bool
  /// A sibling that makes a required field unnecessary, `generateName` beside `name`.
  package let alternative: String?
  /// What the server or the controller takes where the field is left out.
  package let defaultValue: Node?
  /// The schema sets that know the field.
  package let span: SchemaSetRange
  /// One or two sentences: what it does, what it becomes.
  package let help: String
  package let examples: [String]
  /// Where the facts stand in the project's source: project, release, CRD and line (`Citation`).
  package let source: String
  package let conditions: [ValidationRule]
  let scope: Scope
  /// What is other in some schema sets, the first that holds counts.
  let variants: [Variant]
  /// What could not be read of the line that declares it; a test asserts that there is nothing.
  package let problems: [String]
  private let facts: (@Sendable () -> Property)?

  /// A field as some schema sets have it, other than now.
  struct Variant: Sendable {
    let span: SchemaSetRange
    let property: Property
  }

  /// What a field was until a schema set.
  package struct Formerly {
    let until: SchemaSet
    let schema: Schema
    let isRequired: Bool

    package init(until: SchemaSet, _ schema: Schema, isRequired: Bool = false) {
      self.until = until
      self.schema = schema
      self.isRequired = isRequired
    }
  }

  /// `asking` lists CEL rules in the notation of `SchemaTable`.
  package convenience init(
    _ name: String, _ schema: Schema, isRequired: Bool = false, unless alternative: String? = nil,
    default defaultValue: Node? = nil, since: SchemaSet = .v0_6, formerly: Formerly? = nil,
    help: String, examples: [String] = [], source: String = "", asking: [String] = [],
    scope: Scope = .all, facts: (@Sendable () -> Property)? = nil
  ) {
    let clauses = asking.map { ($0, SchemaTable.Clause($0[...])) }
    let conditions = clauses.flatMap { $1?.conditions ?? [] }
    let variants = (formerly.map { [$0] } ?? []).map { former in
      Variant(
        span: SchemaSetRange(until: former.until),
        property: Property(
          name, former.schema, isRequired: former.isRequired, default: defaultValue, help: help,
          examples: examples, conditions: conditions))
    }
    self.init(
      name, schema, isRequired: isRequired, unless: alternative, default: defaultValue,
      span: SchemaSetRange(since: since), help: help, examples: examples, source: source,
      conditions: conditions, scope: scope, variants: variants,
      problems: clauses.filter { $1?.conditions == nil }.map(\.0), facts: facts)
  }

  init(
    _ name: String, _ schema: Schema, isRequired: Bool = false, unless alternative: String? = nil,
    default defaultValue: Node? = nil, span: SchemaSetRange = .always, help: String,
    examples: [String] = [], source: String = "", conditions: [ValidationRule],
    scope: Scope = .all, variants: [Variant] = [], problems: [String] = [],
    facts: (@Sendable () -> Property)? = nil
  ) {
    self.name = name
    self.schema = schema
    self.isRequired = isRequired
    self.alternative = alternative
    self.defaultValue = defaultValue
    self.span = span
    self.help = help
    self.examples = examples
    self.source = source
    self.conditions = conditions
    self.scope = scope
    self.variants = variants
    self.problems = problems
    self.facts = facts
  }

  /// How much the server looks at.
  package enum Scope: Sendable {
    case all
    /// Only whether the fields are known: the server writes the rest itself.
    case names
    /// As the server reads what every object has: a wrong type makes it unreadable.
    case metadata

    func filter(_ violations: [SchemaViolation]) -> [SchemaViolation] {
      switch self {
      case .all: return violations
      case .names: return violations.filter { $0.rule == .unknown }
      case .metadata:
        return violations.map { violation in
          var violation = violation
          switch violation.rule {
          case .type: violation.stage = .reading
          case .pattern where violation.stage == .blocking: violation.stage = .reading
          case .length where violation.path.count == 1: violation.stage = .checking
          // The server names the labels, not the one that is wrong.
          case .pattern
          where violation.path.count == 2 && violation.path.steps[0] == .key("labels"):
            violation.depth = 1
          case .pattern, .length, .range, .choice, .count, .duplicate, .required, .unknown,
            .former, .release, .newer, .fields, .distinct, .value:
            break
          }
          return violation
        }
      }
    }
  }

  /// What a value is validated as: a field that forms keep as it is may have facts all the same.
  package var resolved: Property { resolved(in: Release.current.schemaSet) }

  /// What a value is validated as in an edition.
  @inline(__always) package func resolved(in schemaSet: SchemaSet) -> Property {
    let property = facts?() ?? self
    guard !property.variants.isEmpty else { return property }
    return property.variants.first { $0.span.holds(in: schemaSet) }?.property ?? property
  }

  /// What the server takes where the field is left out, in a schema set.
  func fallback(in schemaSet: SchemaSet) -> Node? {
    variants.isEmpty ? defaultValue : resolved(in: schemaSet).defaultValue
  }

  /// The same facts under another name.
  func named(_ name: String) -> Property {
    Property(
      name, schema, isRequired: isRequired, default: defaultValue, span: span, help: help,
      conditions: conditions, variants: [], problems: problems)
  }

  /// The editions after one in which values are validated otherwise than before.
  func turns(after schemaSet: SchemaSet) -> [SchemaSet] {
    let starts = variants.flatMap { [$0.span.since, $0.span.until.following] }
    return starts.compactMap { $0 }.filter { $0 > schemaSet }.sorted()
  }

  /// Whether some schema set requires the field and knows no default.
  var isEverRequired: Bool {
    if facts != nil { return false }
    return ([self] + variants.map(\.property)).contains { $0.isRequired && $0.defaultValue == nil }
  }

  /// The fields of an object, or of the objects in a list; none for anything else.
  package var fields: [Property] {
    switch schema {
    case .object(let object): object.properties
    case .list(let list): list.item.fields
    case .map, .string, .integer, .boolean, .quantity, .any: []
    }
  }

  /// The field at a path below this one, as the server validates it in a schema set.
  package func property(at path: Path, in schemaSet: SchemaSet = Release.current.schemaSet)
    -> Property?
  {
    var here = self
    for step in path.steps {
      switch (step, here.resolved(in: schemaSet).schema) {
      case (.key(let key), .object(let object)):
        guard let next = object.property(key) else { return nil }
        here = next
      case (.key, .map(let map)): here = map.value
      case (.index, .list(let list)): here = list.item
      case (.key(let key), .list(let list)):
        guard let next = list.item.property(at: Path([.key(key)]), in: schemaSet) else {
          return nil
        }
        here = next
      case (.key, _), (.index, _): return nil
      }
    }
    return here.resolved(in: schemaSet)
  }

  /// Every field with a path to it, lists entered at index 0, those that forms keep as well.
  func visitFacts(at path: Path, _ body: (Path, Property) -> Void) {
    let facts = resolved
    body(path, facts)
    switch facts.schema {
    case .object(let object):
      for property in object.properties {
        property.visitFacts(at: path.appending(property.name), body)
      }
    case .list(let list): list.item.visitFacts(at: path.appending(0), body)
    case .map(let map): map.value.visitFacts(at: path.appending("any"), body)
    case .string, .integer, .boolean, .quantity, .any: break
    }
  }

  func visit(at path: Path, _ body: (Path, Property) -> Void) {
    switch schema {
    case .object(let object):
      for property in object.properties {
        let below = path.appending(property.name)
        body(below, property)
        property.visit(at: below, body)
      }
    case .list(let list):
      let below = path.appending(0)
      body(below, list.item)
      list.item.visit(at: below, body)
    case .map, .string, .integer, .boolean, .quantity, .any: break
    }
  }
}
