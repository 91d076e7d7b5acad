package import YAML

/// The schemas that a document is validated against.
package struct ValidationContext: Hashable, Sendable {
  /// The schemas of the cluster that the document is for.
  package let target: SchemaSet
  /// The schemas used: later ones where the document is written for a later Envoy Gateway.
  package let schemaSet: SchemaSet
  /// Who publishes the schema.
  package let project: Project
  /// Whether the result is kept, to validate again after edits.
  let remembers: Bool

  package init(_ schemaSet: SchemaSet, of project: Project = .aiGateway, remembers: Bool = true) {
    self.init(schemaSet, by: schemaSet, of: project, remembers: remembers)
  }

  private init(
    _ target: SchemaSet, by schemaSet: SchemaSet, of project: Project, remembers: Bool
  ) {
    self.target = target
    self.schemaSet = schemaSet
    self.project = project
    self.remembers = remembers
  }

  fileprivate var latest: ValidationContext {
    ValidationContext(
      target, by: project.latest(from: target), of: project, remembers: remembers)
  }
}

/// A validated node that remembers its parts, so that validating it again after an edit costs the
/// edit.
///
/// `ResourceKind.checked` makes one of an object and takes the former as `reusing`; `violations`
/// are all violations below the node, with paths from it. Nothing is thrown: a violation is a
/// result.
package final class ValidatedNode: Sendable {
  package let node: Node
  /// Everything wrong in the node, with paths from it, in document order.
  package let violations: [SchemaViolation]
  private let context: ValidationContext
  /// None where nothing is remembered.
  private let parts: [ValidatedNode?]

  private init(
    _ node: Node, _ context: ValidationContext, violations: [SchemaViolation],
    parts: [ValidatedNode?]
  ) {
    self.node = node
    self.context = context
    self.violations = violations
    self.parts = parts
  }

  /// Validates an object; one that uses fields of a later Envoy Gateway is validated by its schemas.
  ///
  /// `previous` must come from the same property.
  package static func validating(
    object node: Node, as property: Property, by context: ValidationContext,
    reusing previous: ValidatedNode? = nil
  ) -> ValidatedNode {
    let checked = validating(node, as: property, by: context, reusing: previous)
    guard checked.violations.contains(where: { $0.rule == .newer }) else { return checked }
    return validating(node, as: property, by: context.latest)
  }

  /// Validates a node as a property's value; parts equal to those of `previous` are not looked at.
  ///
  /// `previous` must come from the same property.
  package static func validating(
    _ node: Node, as property: Property,
    by context: ValidationContext = ValidationContext(Release.current.schemaSet),
    reusing previous: ValidatedNode? = nil
  ) -> ValidatedNode {
    let previous = previous?.context == context ? previous : nil
    if let previous, previous.node.shares(node) { return previous }
    let property = property.resolved(in: context.schemaSet)
    var walk = Walk(context: context, old: previous?.parts ?? [])
    switch (property.schema, node) {
    case (.any, _): break
    case (.object(let object), .mapping(let mapping)): walk.validate(mapping, as: object)
    case (.list(let list), .sequence(let items)): walk.validate(items, as: list, of: property)
    case (.map(let map), .mapping(let mapping)): walk.validate(mapping, as: map, of: property)
    default: walk.violations = property.violations(inScalar: node, in: context.schemaSet)
    }
    if case .object = property.schema { walk.validateConditions(node, as: property) }
    if case .list = property.schema { walk.validateConditions(node, as: property) }
    if case .map = property.schema { walk.validateConditions(node, as: property) }
    return ValidatedNode(
      node, context, violations: property.scope.filter(walk.violations), parts: walk.parts)
  }
}

extension Property {
  /// Everything wrong with a value of this property, with paths from the value.
  package func violations(in node: Node, release: Release = .current) -> [SchemaViolation] {
    ValidatedNode.validating(node, as: self, by: ValidationContext(release.schemaSet)).violations
  }

  fileprivate var isContainer: Bool {
    switch schema {
    case .object, .list, .map: true
    case .string, .integer, .boolean, .quantity, .any: false
    }
  }
}

/// The validation of one container.
private struct Walk {
  let context: ValidationContext
  let old: [ValidatedNode?]
  var violations: [SchemaViolation] = []
  var parts: [ValidatedNode?] = []

  mutating func validate(_ mapping: Mapping, as object: ObjectSchema) {
    if context.remembers { parts.reserveCapacity(mapping.entries.count) }
    for (place, entry) in mapping.entries.enumerated() {
      guard let property = object.property(entry.key) else {
        keep(nil)
        note(.unknownKey(entry, in: object, of: mapping), at: .key(entry.key))
        continue
      }
      if let violation = violation(ofAge: property, entry, in: object, of: mapping) {
        note(violation, at: .key(entry.key))
        if violation.rule != .newer || context.schemaSet < .next {
          keep(nil)
          continue
        }
      }
      if entry.value.isNull {
        // The server drops a null where the key may be absent.
        keep(nil)
        continue
      }
      if property.alternative != nil, entry.value.text == "",
        property.hasAlternative(in: mapping)
      {
        keep(nil)
        continue
      }
      validatePart(entry.value, as: property, place: place, step: .key(entry.key))
    }
    for field in object.required where !mapping.holds(field.name) {
      let property = field.resolved(in: context.schemaSet)
      guard property.isRequired, property.defaultValue == nil,
        property.span.holds(in: context.schemaSet)
      else { continue }
      if property.hasAlternative(in: mapping) { continue }
      if case .metadata = property.scope, let name = property.fields.first {
        // The server takes metadata that is not there for empty.
        note(.missing(name), at: .key(name.name))
        violations[violations.count - 1].path.steps.insert(.key(property.name), at: 0)
      } else {
        note(.missing(property), at: .key(property.name))
      }
    }
  }

  /// What is to say of a field that the cluster may not know.
  private func violation(
    ofAge property: Property, _ entry: Mapping.Entry, in object: ObjectSchema, of mapping: Mapping
  ) -> SchemaViolation? {
    let span = property.resolved(in: context.schemaSet).span
    if span.holds(in: context.target) { return nil }
    if span.until < context.target {
      return object.former[entry.key] == nil
        ? .tooOld(property.name, span, context) : .unknownKey(entry, in: object, of: mapping)
    }
    return context.project.has(span.since)
      ? .tooNew(property.name, span.since, context)
      : .unknownKey(entry, in: object, of: mapping)
  }

  mutating func validateConditions(_ node: Node, as property: Property) {
    guard !property.conditions.isEmpty else { return }
    let value = DefaultedNode(node, as: property, in: context.schemaSet)
    for condition in property.conditions where condition.span.holds(in: context.schemaSet) {
      guard let violation = condition.violation(in: value) else { continue }
      // The server does not look into a field that it does not know.
      if violation.rule == .unknown { violations.removeAll { $0.path.isWithin(violation.path) } }
      violations.append(violation)
    }
  }

  mutating func validate(_ items: [Node], as list: ListSchema, of property: Property) {
    if items.count < list.minimum || items.count > list.maximum ?? .max {
      note(
        .count(items.count, of: property, min: list.minimum, max: list.maximum), at: nil)
    }
    if context.remembers { parts.reserveCapacity(items.count) }
    for (place, item) in items.enumerated() {
      if list.takesNull, item.isNull {
        keep(nil)
        continue
      }
      validatePart(item, as: list.item, place: place, step: .index(place))
    }
    guard items.count > 1 else { return }
    switch list.uniqueness {
    case .none: break
    case .set: validateUniqueness(of: items, by: items, in: list)
    case .map(let key):
      let isWhole = items.allSatisfy { if case .mapping = $0 { true } else { $0.isNull } }
      guard isWhole else { return }
      validateUniqueness(
        of: items, by: items.map { DefaultedNode($0, as: list.item)[key]?.node ?? .null }, in: list)
    }
  }

  mutating func validate(_ mapping: Mapping, as map: MapSchema, of property: Property) {
    let count = mapping.entries.count { !$0.value.isNull }
    if count < map.minimum || count > map.maximum ?? .max {
      note(.count(count, of: property, min: map.minimum, max: map.maximum), at: nil)
    }
    for (place, entry) in mapping.entries.enumerated() {
      if let key = map.key, !key.accepts(entry.key) {
        note(.key(entry.key, of: property, pattern: key), at: .key(entry.key))
      }
      if entry.value.isNull {
        keep(nil)
        continue
      }
      validatePart(entry.value, as: map.value, place: place, step: .key(entry.key))
    }
  }

  /// Notes items whose values stand for an earlier one's; only what is the same in all may go.
  private mutating func validateUniqueness(
    of items: [Node], by values: [Node], in list: ListSchema
  ) {
    var seen: [Node: Int] = [:]
    for (place, value) in values.enumerated() {
      guard let earlier = seen.updateValue(place, forKey: value.canonical) else { continue }
      note(
        .duplicate(
          value.scalar?.text ?? "", of: list.item,
          isSame: items[place].canonical == items[earlier].canonical), at: .index(place))
    }
  }

  private mutating func validatePart(
    _ node: Node, as property: Property, place: Int, step: Path.Step
  ) {
    guard property.resolved(in: context.schemaSet).isContainer else {
      keep(nil)
      for violation in property.violations(inScalar: node, by: context) {
        note(violation, at: step)
      }
      return
    }
    let previous = place < old.count ? old[place] : nil
    // Items are compared whole: a list that was built anew still costs only what changed in it.
    if case .index = step, let previous, previous.node == node {
      keep(previous)
      for violation in previous.violations { note(violation, at: step) }
      return
    }
    let part = ValidatedNode.validating(node, as: property, by: context, reusing: previous)
    keep(part)
    for violation in part.violations { note(violation, at: step) }
  }

  private mutating func keep(_ part: ValidatedNode?) {
    if context.remembers { parts.append(part) }
  }

  private mutating func note(_ violation: SchemaViolation, at step: Path.Step?) {
    guard let step else {
      violations.append(violation)
      return
    }
    var moved = violation
    moved.path.steps.insert(step, at: 0)
    violations.append(moved)
  }
}

extension Property {
  fileprivate func hasAlternative(in mapping: Mapping) -> Bool {
    alternative.flatMap { mapping[$0]?.text }.map { !$0.isEmpty } ?? false
  }
}

extension Node {
  /// Whether this is the null scalar, which the server takes for an absent key.
  package var isNull: Bool { scalar?.kind == .null }
}

extension Mapping {
  /// Whether a key is there and not null.
  package func holds(_ key: String) -> Bool { self[key].map { !$0.isNull } ?? false }
}

extension Node {
  /// Whether both are surely equal, said without looking into them.
  fileprivate func shares(_ other: Node) -> Bool {
    switch (self, other) {
    case (.sequence(let left), .sequence(let right)): left.shares(right)
    case (.mapping(let left), .mapping(let right)): left.entries.shares(right.entries)
    case (.scalar, _), (.sequence, _), (.mapping, _): false
    }
  }
}

extension Array {
  /// Whether both are one piece of memory.
  fileprivate func shares(_ other: [Element]) -> Bool {
    count == other.count
      && withUnsafeBufferPointer { left in
        other.withUnsafeBufferPointer { left.baseAddress == $0.baseAddress }
      }
  }
}
