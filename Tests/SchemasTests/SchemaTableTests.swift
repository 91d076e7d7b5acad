import YAML
import Testing

@testable import Schemas

/// The tables of facts, without the CRDs beside them: what is misspelt in one is found.
@Suite struct SchemaTableTests {
  /// Shows every field below one, as a schema set has it, lists entered at index 0.
  private static func visit(
    _ property: Property, at path: Path, in schemaSet: SchemaSet, _ body: (Path, Property) -> Void
  ) {
    let facts = property.resolved(in: schemaSet)
    body(path, facts)
    switch facts.schema {
    case .object(let object):
      for field in object.properties {
        visit(field, at: path.appending(field.name), in: schemaSet, body)
      }
    case .list(let list): visit(list.item, at: path.appending(0), in: schemaSet, body)
    case .map(let map): visit(map.value, at: path.appending("any"), in: schemaSet, body)
    case .string, .integer, .boolean, .quantity, .any: break
    }
  }

  /// What is wrong with a field by itself: words that cannot be read, names and choices that stand
  /// twice, a default that the field would refuse, a former field whose new place is not there, a
  /// condition on a field or a value that is not there.
  private static func problems(of property: Property, in schemaSet: SchemaSet) -> [String] {
    var problems = property.problems
    if let value = property.defaultValue,
      !ValidatedNode.validating(value, as: property, by: ValidationContext(schemaSet)).violations
        .isEmpty
    {
      problems.append("default \(value)")
    }
    switch property.schema {
    case .object(let object):
      problems += repeated(object.properties.map(\.name))
      for former in object.former.values where !isPlace(former.move, in: property) {
        problems.append("\(former.name) goes nowhere")
      }
    case .string(let string): problems += repeated(string.choices)
    case .list, .map, .integer, .boolean, .quantity, .any: break
    }
    let conditions = property.conditions.filter { $0.span.until == schemaSet }
    for mention in conditions.flatMap(\.mentions) {
      let field = property.property(at: Path(mention.keys.map { .key($0) }), in: schemaSet)
      if field == nil { problems.append("no field \(mention.keys)") }
      guard case .string(let string)? = field?.schema, !string.choices.isEmpty else { continue }
      problems += mention.values.filter { !string.choices.contains($0) }.map { "no choice \($0)" }
    }
    return problems
  }

  private static func repeated(_ names: [String]) -> [String] {
    Set(names).filter { name in names.filter { $0 == name }.count > 1 }.map { "\($0) twice" }
  }

  private static func isPlace(_ move: RemovedField.Move, in property: Property) -> Bool {
    switch move {
    case .to(let path): property.property(at: path) != nil
    case .item(let path): property.property(at: path.appending(0)) != nil
    case .value(let path, let key):
      property.property(at: path.appending(0).appending(key)) != nil
    case .key(let path, let key): property.property(at: path.appending(key)) != nil
    case .byHand: true
    }
  }

  private func problems(in table: String, parts: String = "") -> [String] {
    let object = Schema.object(SchemaTable.object(table, parts: SchemaTable.parts(parts)))
    let root = Property("spec", object, help: "")
    var found: [String] = []
    for schemaSet in SchemaSet.allCases {
      Self.visit(root, at: .root, in: schemaSet) { path, property in
        found += Self.problems(of: property, in: schemaSet).map { "\(path) \($0)" }
      }
    }
    return found
  }

  @Test("every table is read to the last word, in every schema set", arguments: ResourceKind.kinds)
  func tables(kind: String) throws {
    let resource = try #require(ResourceKind.find(kind: kind))
    for schemaSet in SchemaSet.allCases {
      Self.visit(resource.root, at: .root, in: schemaSet) { path, property in
        #expect(Self.problems(of: property, in: schemaSet) == [], "\(kind) \(path) in \(schemaSet)")
      }
    }
  }

  @Test("every part that several kinds use is read to the last word")
  func parts() {
    let parts = SchemaTable.security.merging(SchemaTable.limits) { one, _ in one }
    for (name, part) in parts {
      for schemaSet in SchemaSet.allCases {
        Self.visit(part, at: Path([.key(name)]), in: schemaSet) { path, property in
          #expect(Self.problems(of: property, in: schemaSet) == [], "\(path) in \(schemaSet)")
        }
      }
    }
  }

  /// A table with one of everything.
  private static let sound = """
    count! int 1..5 = 1 ; since 0.7 ; until 1.0 as int 1..4
    mode choice A B = A # What it does; in one line.
    names list 1..16 set ; until 0.6 as ..8
      - text 1..253 subdomain
    owner object ; type ? A:a B:b ; a+ => c | !b ; c<=1s
      a object
        d bool
      b text
      c duration
      type! choice A B
      old gone Envoy Gateway 1.1: write a.d ; to a.d
    status code 301 302
    use use shared
    whole object 1.. with base ; own
      own bool
    """

  /// The parts that it uses.
  private static let soundParts = """
    shared bool
    base object ; zone => area
      area text
      zone text
    """

  @Test("a sound table has no problems")
  func soundTable() { #expect(problems(in: Self.sound, parts: Self.soundParts) == []) }

  @Test("an object with a part has the fields of both by name, and the conditions of both")
  func objectWithPart() throws {
    let fields = SchemaTable.fields(Self.sound, parts: SchemaTable.parts(Self.soundParts))
    let whole = try #require(fields.last)
    #expect(whole.fields.map(\.name) == ["area", "own", "zone"])
    for (text, count) in [("{own: true}", 0), ("{zone: a}", 2), ("{own: true, zone: a}", 1)] {
      let value = try #require(Parser().parse(Array(text.utf8)).documents.first?.root)
      let violations = ValidatedNode.validating(value, as: whole, by: ValidationContext(.v1_1))
        .violations
      #expect(violations.count == count, "\(text): \(violations)")
    }
  }

  @Test(
    "a slip in a table is found, whatever it hits",
    arguments: [
      ("count! int", "count! imt"), ("count! int", "count int!"), ("count! int", "count!! int"),
      ("count! int", "co-unt int"), ("count! int", "int"), ("1..5", "1.5"), ("1..5", "5..1"),
      ("1..5 = 1", "1..5 = 6"), ("1..5 = 1", "1..5 = ["), ("1..5", "1..5 6"),
      ("since 0.7", "sinse 0.7"), ("since 0.7", "since 0.8"), ("as int 1..4", "as"),
      ("as int 1..4", "as imt 1..4"), ("as int 1..4", "as 1.4"), ("until 1.0 as", "until 1.0 at"),
      ("until 1.0 as", "since 1.1 until 1.0 as"),
      ("choice A B = A", "choice"), ("choice A B = A", "choice A A"),
      ("choice A B = A", "choice A B = C"), ("set ;", "sat ;"), ("set ;", "by ;"),
      ("  - text", "  text"), ("  - text", "- text"), ("  - text", "    - text"),
      ("subdomain", "subdomin"), ("A:a", "A;a"), ("A:a", "A"), ("type ?", "type"),
      ("a+ =>", "a+ = >"), ("a+ =>", "a+=B =>"), ("a+ =>", "!a=B =>"), ("a+ =>", "=>"),
      ("a+ =>", "a..d =>"), ("a+ =>", "a=B,,C =>"), ("a+ =>", "a= =>"), ("a+ =>", "!!a =>"),
      ("a+ =>", "a[]b =>"), ("c | !b", "c | "), ("c | !b", "c !b"), ("a+ =>", "a+ & =>"),
      ("c<=1s", "c<="),
      ("c<=1s", "c>=1d"), ("c<=1s", "c>1s"), ("c<=1s", "@nothing"), ("c<=1s", "cc<=1s"),
      ("A:a", "AA:a"), ("A:a", "A:aa"), ("  b text", "   b text"),
      ("  b text", "  a text"), ("  b text", "  b text\n      e text"), ("old gone", "old went"),
      ("1.1: write", "1.1 write"), ("to a.d", "to a.e"), ("to a.d", "too a.d"),
      ("code 301 302", "code"), ("code 301 302", "code 301 3o2"), ("use shared", "use shraed"),
      ("use shared", "use shared 1..2"), ("with base", "with bass"), ("with base", "with shared"),
      ("with base", "with"), ("with base", "wiht base"), ("with base", "with base 1..2"),
      ("  own bool", "  zone bool"),
    ])
  func slip(right: String, wrong: String) {
    let table = Self.sound.replacing(right, with: wrong, maxReplacements: 1)
    #expect(table != Self.sound)
    #expect(!problems(in: table, parts: Self.soundParts).isEmpty)
  }

  @Test("a slip in a part is found where the part is used")
  func slipInPart() {
    for part in ["shared bol", "shared bool ; @nothing", "shared bool ; until 0.6 as txt"] {
      #expect(!problems(in: "use use shared", parts: part).isEmpty, "\(part)")
    }
    for part in ["base object ; @nothing\n  area bool", "base object\n  area bol"] {
      #expect(!problems(in: "whole object with base", parts: part).isEmpty, "\(part)")
    }
  }
}
