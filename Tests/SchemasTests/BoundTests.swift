import Schemas
import YAML
import Testing

@Suite struct BoundTests {
  struct Field: CustomTestStringConvertible, Sendable {
    let resource: ResourceKind
    let path: Path
    let property: Property
    var testDescription: String { "\(resource.kind) \(path)" }
  }

  static let fields = ResourceKind.all.flatMap { resource in
    resource.everything.map { Field(resource: resource, path: $0.path, property: $0.property) }
  }

  private func rules(_ property: Property, _ node: Node) -> [SchemaViolation.Rule] {
    property.violations(in: node).filter { $0.path.isRoot }.map(\.rule)
  }

  @Test("each bound is accepted at the edge and refused beyond", arguments: fields)
  func bounds(field: Field) {
    let property = field.property.resolved
    if !property.conditions.isEmpty || field.path == Path([.key("status")]) { return }
    switch property.schema {
    case .integer(let integer) where !integer.choices.isEmpty:
      for choice in integer.choices { #expect(rules(property, .integer(choice)).isEmpty) }
      #expect(rules(property, .integer(-1)) == [.choice])
    case .integer(let integer) where !integer.isWhole:
      #expect(rules(property, .integer(-5)).isEmpty)
      #expect(rules(property, .scalar(Scalar("1.5", .float))).isEmpty)
      #expect(rules(property, .string("1.5")) == [.type])
    case .integer(let integer):
      #expect(rules(property, .integer(integer.minimum)).isEmpty)
      #expect(rules(property, .integer(integer.maximum)).isEmpty)
      if integer.minimum > .min {
        #expect(rules(property, .integer(integer.minimum - 1)) == [.range])
      }
      if integer.maximum < .max {
        #expect(rules(property, .integer(integer.maximum + 1)) == [.range])
      }
      #expect(rules(property, .string("1")) == [.type])
      #expect(rules(property, .scalar(Scalar("1.5", .float))) == [.type])
    case .string(let string):
      #expect(rules(property, .integer(5)) == [.type])
      if string.pattern?.isFormat != true {
        #expect(rules(property, .sequence([])) == [.type])
      }
      if let maximum = string.maximum {
        #expect(!rules(property, .string(filler(maximum, string))).contains(.length))
        #expect(rules(property, .string(filler(maximum + 1, string))).contains(.length))
      }
      if string.minimum > 0 {
        #expect(
          rules(property, .string("")) == [property.alternative == nil ? .length : .required])
      }
      for choice in string.choices { #expect(rules(property, .string(choice)).isEmpty) }
      if !string.choices.isEmpty { #expect(rules(property, .string("other")) == [.choice]) }
    case .list(let list):
      let item = Node.map([:])
      #expect(!counts(property, item, list.minimum))
      if list.minimum > 0 { #expect(counts(property, item, list.minimum - 1)) }
      if let maximum = list.maximum {
        #expect(!counts(property, item, maximum))
        #expect(counts(property, item, maximum + 1))
      }
      #expect(rules(property, .map([:])) == [.type])
    case .object:
      #expect(rules(property, .sequence([])) == [.type])
      let unknown = property.violations(in: .map(["nowhere": .string("a")]))
      #expect(unknown.contains { $0.rule == .unknown || $0.rule == .former })
    case .map, .boolean, .quantity: #expect(rules(property, .sequence([])) == [.type])
    case .any: #expect(rules(property, .sequence([])).isEmpty)
    }
  }

  private func counts(_ property: Property, _ item: Node, _ count: Int) -> Bool {
    rules(property, .sequence(Array(repeating: item, count: count))).contains(.count)
  }

  private func filler(_ count: Int, _ string: StringSchema) -> String {
    String(repeating: "a", count: count)
  }

  @Test("every example is accepted, also as typed", arguments: fields)
  func examples(field: Field) {
    let property = field.property.resolved
    switch property.schema {
    case .object, .list, .map, .any: return
    case .string, .integer, .boolean, .quantity: break
    }
    for example in property.examples {
      guard case .success(let node) = property.value(from: example) else {
        Issue.record("\(example) is refused")
        continue
      }
      #expect(property.violations(in: node).isEmpty)
    }
    if let value = property.defaultValue { #expect(property.violations(in: value).isEmpty) }
  }

  @Test("every field of the kinds that the form writes has help", arguments: fields)
  func help(field: Field) {
    if ResourceKind.written.contains(where: { $0.kind == field.resource.kind }) {
      #expect(!field.property.help.isEmpty)
      #expect(field.property.help.hasSuffix("."))
    }
    #expect(field.resource.property(at: field.path) === field.property.resolved)
  }

  @Test("a required field is missed, a null one as well")
  func required() throws {
    let ref = try #require(
      ResourceKind.aiGatewayRoute.property(at: Path([.key("spec"), .key("parentRefs"), .index(0)])))
    #expect(ref.violations(in: .map([:])).map(\.rule) == [.required])
    #expect(ref.violations(in: .map(["name": .null])).map(\.rule) == [.required])
    #expect(ref.violations(in: .map(["name": .string("a"), "port": .null])).isEmpty)
  }

  @Test("a field of a later release is refused for an earlier one")
  func releases() throws {
    let rule = try #require(
      ResourceKind.aiGatewayRoute.property(at: Path([.key("spec"), .key("rules"), .index(7)])))
    let node = Node.map(["name": .string("a")])
    #expect(rule.violations(in: node, release: .v1_0).map(\.rule) == [.release])
    #expect(rule.violations(in: node, release: .v1_1).isEmpty)
  }

  @Test("a choice of another release is told as such, and blocks as a wrong one does")
  func choicesOfReleases() throws {
    let quota = try #require(
      ResourceKind.quotaPolicy.property(
        at: Path([.key("spec"), .key("perModelQuotas"), .index(0), .key("quota")])))
    let old = Node.map(["mode": .string("Exclusive")])
    #expect(quota.violations(in: old, release: .v0_6).isEmpty)
    let violation = try #require(quota.violations(in: old).first)
    #expect(violation.rule == .release && violation.stage == .blocking)
    #expect(violation.message.contains("gone since AI Gateway 0.7"))
    #expect(quota.violations(in: .map([:]), release: .v0_6).map(\.rule) == [.required])
    #expect(quota.violations(in: .map([:])).isEmpty)
  }

  @Test("a text that became a choice is refused as one")
  func textsOfReleases() throws {
    let bucket = try #require(
      ResourceKind.quotaPolicy.property(
        at: Path([.key("spec"), .key("serviceQuota"), .key("quota")])))
    let node = Node.map(["duration": .string("30s"), "limit": .integer(1)])
    #expect(bucket.violations(in: node, release: .v0_6).isEmpty)
    let violation = try #require(bucket.violations(in: node).first)
    #expect(violation.rule == .choice && violation.message.contains("use 1s, 1m, 1h or 1d"))
  }

  @Test("labels and annotations are judged by key and value")
  func metadata() throws {
    let metadata = try #require(ResourceKind.referenceGrant.property(at: Path([.key("metadata")])))
    let node = Node.map([
      "name": .string("a"),
      "labels": .map(["a b": .string("x"), "c": .string("m l"), "d": .integer(5)]),
    ])
    #expect(metadata.violations(in: node).map(\.rule) == [.pattern, .pattern, .type])
  }

  @Test("judging again after an edit finds the same as judging afresh")
  func memo() throws {
    let property = ResourceKind.aiGatewayRoute.root
    var node = Node.map([
      "spec": .map([
        "rules": .sequence((0..<4).map { .map(["name": .string("rule-\($0)")]) })
      ])
    ])
    var memo = ValidatedNode.validating(node, as: property)
    for value in ["A", "b", "", "c"] {
      node.set(
        .string(value), at: Path([.key("spec"), .key("rules"), .index(2), .key("name")]))
      memo = ValidatedNode.validating(node, as: property, reusing: memo)
      #expect(memo.violations == property.violations(in: node))
    }
  }
}
