import Foundation
import Schemas
import YAML
import Testing

/// What of this package stands for each rule that the CRDs write in CEL.
///
/// The fixture has the rules by their messages, and below each what says the same, one way a line:
/// conditions of the same field as tables write them, `/` before one of the whole object, or for
/// the objects of a kind `lint KIND ID`, a rule of Lint, or `none KIND: why`.
private enum CELRules {
  static let ways: [String: [String]] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/cel-rules.txt")
    var ways: [String: [String]] = [:]
    var message = ""
    for line in ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n") {
      if line.hasPrefix("  ") {
        ways[message, default: []].append(String(line.dropFirst(2)))
      } else {
        message = String(line)
      }
    }
    return ways
  }()

  /// Conditions for what CRDs say without CEL.
  static let others = [
    // A bound on the number of fields, and one that differs between versions.
    "fields", "@credentialFields",
    // What only some versions of a kind have.
    "served", "@overrideVersion", "@googleVersion",
    // One of several formats.
    "@addressType", "@addressValue",
    // Where a list stands for a text, the server cannot evaluate its rules.
    "@bytes",
  ]
}

/// The rules that the CRDs write in CEL beside the conditions here, where the CRDs are at hand.
@Suite(.enabled(if: Shared.folder != nil)) struct CELTests {
  @Test("each CEL rule of a CRD is asked here, and nothing else", arguments: CRDTests.files)
  func rules(file: CRDTests.File) throws {
    let resource = try #require(ResourceKind.find(kind: file.kind))
    for (version, schema) in try file.schemas() {
      var walk = RuleWalk(resource: resource, schemaSet: file.schemaSet)
      walk.visit(resource.root, schema, at: "")
      #expect(walk.missing == [], "\(version)")
      #expect(walk.invented == [], "\(version)")
    }
  }

  @Test("every rule of the fixture is some CRD's")
  func fixture() throws {
    var messages: Set<String> = []
    for file in CRDTests.files {
      for (_, schema) in try file.schemas() { messages.formUnion(schema.celMessages) }
    }
    #expect(Set(CELRules.ways.keys).subtracting(messages) == [])
  }
}

/// A walk through the facts of a kind and its CRD's schema, side by side.
private struct RuleWalk {
  let resource: ResourceKind
  let schemaSet: SchemaSet
  /// Rules for which nothing here stands.
  var missing: [String] = []
  /// Conditions that no rule asks.
  var invented: [String] = []

  mutating func visit(_ property: Property, _ schema: Node, at path: String) {
    let property = property.resolved(in: schemaSet)
    let conditions = property.conditions.filter { $0.span.holds(in: schemaSet) }
    let texts = Set(conditions.map(\.text))
    var asked: Set<String> = []
    for message in schema.ownCELMessages {
      let ways = (CELRules.ways[message] ?? []).filter { stands($0, among: texts) }
      if ways.isEmpty { missing.append("\(path): \(message)") }
      asked.formUnion(ways.flatMap(Self.conditions))
    }
    invented += conditions.filter {
      !asked.contains($0.text) && !CELRules.others.contains($0.text) && applies($0, to: property)
    }.map { "\(path): \($0.text)" }
    visitParts(of: property, schema, at: path)
  }

  private mutating func visitParts(of property: Property, _ schema: Node, at path: String) {
    switch property.schema {
    case .object(let object):
      for field in object.properties where !["metadata", "status"].contains(field.name) {
        guard let below = schema["properties"]?[field.name] else { continue }
        visit(field, below, at: path.isEmpty ? field.name : "\(path).\(field.name)")
      }
    case .list(let list):
      if let items = schema["items"] { visit(list.item, items, at: path + "[]") }
    case .map(let map):
      if let value = schema["additionalProperties"] { visit(map.value, value, at: path + "{}") }
    case .string, .integer, .boolean, .quantity, .any: break
    }
  }

  private static func conditions(of way: String) -> [String] {
    way.split(separator: ";").map { $0.split(separator: " ").joined(separator: " ") }
  }

  /// Whether a way to say a rule is taken by conditions.
  private func stands(_ way: String, among texts: Set<String>) -> Bool {
    if way.hasPrefix("lint ") { return way.hasPrefix("lint \(resource.kind) ") }
    if way.hasPrefix("none ") { return way.hasPrefix("none \(resource.kind): ") }
    return Self.conditions(of: way).allSatisfy { text in
      text.hasPrefix("/")
        ? resource.root.conditions.contains { $0.text == text.dropFirst() } : texts.contains(text)
    }
  }

  /// Whether the fields and choices that a condition speaks of are there in the schema set.
  private func applies(_ condition: ValidationRule, to property: Property) -> Bool {
    condition.mentions.allSatisfy { mention in
      var here = property
      for key in mention.keys {
        guard let next = here.fields.first(where: { $0.name == key })?.resolved(in: schemaSet),
          next.span.holds(in: schemaSet)
        else { return false }
        here = next
      }
      guard case .string(let string) = here.schema, !string.choices.isEmpty else { return true }
      return mention.values.isEmpty || mention.values.contains { string.choices.contains($0) }
    }
  }
}

extension CRDTests.File {
  /// The schemas of the versions that are served.
  fileprivate func schemas() throws -> [(version: String, schema: Node)] {
    let crd = try #require(Parser().parse(try Shared.bytes(of: path)).documents.first?.root)
    return try #require(crd["spec"]?["versions"]).items.filter { $0["served"]?.bool == true }
      .map { ($0["name"]?.text ?? "", try #require($0["schema"]?["openAPIV3Schema"])) }
  }
}

extension Node {
  /// The messages of a schema's own CEL rules.
  fileprivate var ownCELMessages: [String] {
    (self["x-kubernetes-validations"]?.items ?? []).map {
      $0["message"]?.text ?? $0["rule"]?.text ?? ""
    }
  }

  /// The messages of the CEL rules of a schema and all below it.
  fileprivate var celMessages: [String] {
    let fields = (self["properties"]?.entries ?? []).map(\.value)
    let parts = fields + [self["items"], self["additionalProperties"]].compactMap { $0 }
    return ownCELMessages + parts.flatMap(\.celMessages)
  }
}
