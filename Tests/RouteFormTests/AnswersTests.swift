import Corpus
import Foundation
import YAML
import Testing

@testable import RouteForm

@Suite("answers files and commands")
struct AnswersTests {
  private static func read(_ text: String, recipe: Recipe? = nil) throws -> FormState {
    try AnswersFile.form(from: Array(text.utf8), recipe: recipe)
  }

  private static func fault(_ text: String) -> AnswersError? {
    do {
      _ = try AnswersFile.form(from: Array(text.utf8), recipe: nil)
      return nil
    } catch {
      return error
    }
  }

  @Test("what is written as answers reads back as the same form", arguments: 0..<300)
  func roundTrip(seed: Int) throws {
    var random = RandomForm(seed: UInt64(seed))
    random.edit(times: 1 + seed % 40)
    let bytes = AnswersFile.bytes(of: random.form)
    let back = try AnswersFile.form(from: bytes, recipe: nil)
    if back != random.form {
      Issue.record(
        """
        \(String(decoding: bytes, as: UTF8.self))
        drafts \(random.form.invalidTexts)
        read \(String(decoding: AnswersFile.bytes(of: back), as: UTF8.self))
        """)
    }
  }

  @Test("the command gives the same documents again", arguments: 0..<300)
  func command(seed: Int) throws {
    var random = RandomForm(seed: UInt64(1000 + seed))
    random.edit(times: seed % 40)
    let command = AnswersFile.command(for: random.form, place: "it's here.yaml")
    let back = try Self.replay(command)
    if back.yaml != random.form.yaml {
      Issue.record("\(command)\n\(random.form.yaml)\nbecame\n\(back.yaml)")
    }
  }

  @Test("the command of a recipe gives the recipe", arguments: Recipe.allCases)
  func recipes(_ recipe: Recipe) throws {
    let back = try Self.replay(AnswersFile.command(for: recipe.form, place: "it's here.yaml"))
    #expect(back.yaml == recipe.form.yaml)
  }

  /// Runs `aigw-wizard render --set … -o PATH` without the program.
  static func replay(_ command: String) throws -> FormState {
    var words = shellWords(command)[...]
    #expect(words.popFirst() == "aigw-wizard")
    #expect(words.popFirst() == "render")
    var form = Recipe.blank.form
    if words.first == "--recipe" {
      words.removeFirst()
      form = try #require(Recipe(named: words.removeFirst())).form
    }
    while words.first == "--provider" {
      words.removeFirst()
      try AnswersFile.describe(words.removeFirst(), in: &form)
    }
    while words.first == "--set" {
      words.removeFirst()
      try AnswersFile.apply(words.removeFirst(), to: &form)
    }
    #expect(Array(words) == ["-o", "it's here.yaml"])
    return form
  }

  @Test("a blank form needs no setting")
  func blank() {
    #expect(
      AnswersFile.command(for: Recipe.blank.form, place: "a b.yaml")
        == "aigw-wizard render -o 'a b.yaml'")
  }

  @Test("an edited form is told in the fewest settings")
  func settings() {
    var form = Recipe.blank.form
    form.type("openai-route", "route.metadata.name")
    form.type("my-gateway", "route.spec.parentRefs[0].name")
    form.type("100Mi", "policy.spec.connection.bufferLimit")
    form.type("gpt 4", "route.spec.rules[0].matches[0].headers[0].value")
    #expect(
      AnswersFile.command(for: form, place: "x.yaml")
        == "aigw-wizard render --set route.metadata.name=openai-route"
        + " --set 'route.spec.parentRefs[0].name=my-gateway'"
        + " --set 'route.spec.rules[0].matches[0].headers[0].value=gpt 4'"
        + " --set policy.spec.connection.bufferLimit=100Mi -o x.yaml")
  }

  @Test("the command is the shortest: a recipe, and what is new in it as one value")
  func shortest() throws {
    var form = Recipe.weightedSplit.form
    form.type("chat", "route.metadata.name")
    form.type("third", "route.spec.rules[0].backendRefs[2].name")
    form.type("5", "route.spec.rules[0].backendRefs[2].weight")
    #expect(
      AnswersFile.command(for: form, place: "x.yaml")
        == "aigw-wizard render --recipe weighted-split --set route.metadata.name=chat"
        + #" --set 'route.spec.rules[0].backendRefs[2]={name: third, weight: 5}' -o x.yaml"#)
    #expect(
      try Self.replay(AnswersFile.command(for: form, place: "it's here.yaml")).yaml == form.yaml)
  }

  @Test("the schema of answers files names every field of the form, and what each may hold")
  func schema() throws {
    let schema = AnswersFile.schema
    let weight =
      "properties.route.properties.spec.properties.rules.items.properties.backendRefs"
      + ".items.properties.weight"
    let path = try #require(Path(weight))
    #expect(schema[path]?["minimum"] == .integer(0))
    #expect(schema[path]?["type"] == .sequence([.string("integer"), .string("null")]))
    #expect(schema["properties"]?["recipe"]?["enum"]?.items.count == Recipe.allCases.count)
    let parsed = Parser().parse(Array(schema.json.utf8))
    #expect(!parsed.hasErrors && parsed.documents.count == 1)
  }

  @Test(
    "what is written as answers is valid by the schema, with Gateway, class and providers",
    arguments: Recipe.allCases)
  func valid(_ recipe: Recipe) throws {
    var form = recipe.form
    form.writesGateway = true
    form.writesClass = true
    form.writeRetry(true)
    form.type("http", "gateway.spec.listeners[0].name")
    form.type("team-a", "route.metadata.labels.team")
    let text = AnswersFile.bytes(of: form)
    let root = try #require(Parser().parse(text).documents.first?.root)
    #expect(AnswersFile.schema.faults(in: root) == [], "\(String(decoding: text, as: UTF8.self))")
  }

  @Test("the schema takes what --provider takes, and refuses what no answers file may hold")
  func providers() throws {
    func faults(_ text: String) throws -> [String] {
      let root = try #require(Parser().parse(Array(text.utf8)).documents.first?.root)
      return AnswersFile.schema.faults(in: root)
    }
    #expect(try faults("version: 1\nproviders: {a: openai, b: {preset: groq, model: m}}\n") == [])
    #expect(try faults("version: 1\ngateway: true\nclass: false\ngrant: [shared]\n") == [])
    for text in [
      "recipe: blank\n", "version: 2\n", "version: 1\nrecipe: none\n", "version: 1\nrout: {}\n",
      "version: 1\nproviders: {a: {name: b}}\n", "version: 1\ngateway: {spec: {listner: []}}\n",
    ] {
      #expect(try !faults(text).isEmpty, "\(text)")
    }
  }

  @Test("a failover of many priorities keeps the retries that were written")
  func manyPriorities() throws {
    var form = Recipe.failoverPair.form
    for priority in 0..<9 {
      form.type("b\(priority)", "route.spec.rules[0].backendRefs[\(priority)].name")
      form.type("\(priority)", "route.spec.rules[0].backendRefs[\(priority)].priority")
    }
    let back = try Self.replay(AnswersFile.command(for: form, place: "it's here.yaml"))
    #expect(back.text("retry.spec.retry.numRetries") == "5")
  }

  @Test("an answers file speaks as the manifest does, over a recipe")
  func example() throws {
    let form = try Self.read(
      """
      # comments are welcome
      version: 1
      recipe: weighted-split
      policy:
        metadata: {name: big-buffer}
      route:
        metadata: {name: openai-route}
        spec:
          parentRefs: [{name: my-gateway}]
      retry: true
      """)
    #expect(form.text("policy.metadata.name") == "big-buffer")
    #expect(form.text("policy.spec.connection.bufferLimit") == "50Mi")
    #expect(form.text("route.spec.rules[0].backendRefs[1].weight") == "20")
    #expect(form.parentRefs == [.map(["name": .string("my-gateway")])])
    #expect(form.writesRetry)
    #expect(form.text("retry.spec.retry.numAttemptsPerPriority") == "1")
    #expect(form.text("retry.metadata.name") == "openai-route-retry")
  }

  @Test("null unsets what the recipe has, at any depth")
  func null() throws {
    let form = try Self.read(
      """
      version: 1
      policy: {spec: {connection: {bufferLimit: null}}}
      route:
        metadata: {namespace: ~}
        spec: {parentRefs: null}
      """)
    #expect(form.value(at: Address(.policy, Path([.key("spec"), .key("connection")]))) == nil)
    #expect(form.routeNamespace == nil)
    #expect(form.parentRefs.isEmpty)
    #expect(form.rules.count == 1)
  }

  @Test("a value that its field does not take is a draft, and the rest stands")
  func draft() throws {
    let form = try Self.read(
      """
      version: 1
      route:
        spec:
          rules:
            - backendRefs: [{name: a, weight: 7O}]
      """)
    #expect(form.text("route.spec.rules[0].backendRefs[0].weight") == "7O")
    #expect(form.invalidTexts.count == 1)
    #expect(form.rules == [.map(["backendRefs": .sequence([.map(["name": .string("a")])])])])
  }

  @Test("values are typed by their field, not by their spelling")
  func typing() throws {
    let form = try Self.read(
      """
      version: 1
      route:
        metadata: {name: 123, annotations: {on: yes}}
        spec: {rules: [{backendRefs: [{name: 80, weight: "80"}]}]}
      """)
    #expect(form.route["metadata"]?["name"] == .string("123"))
    #expect(form.rules[0]["backendRefs"]?[0]?["name"] == .string("80"))
    #expect(form.rules[0]["backendRefs"]?[0]?["weight"] == .integer(80))
    #expect(form.route["metadata"]?["annotations"]?.entries.first?.value == .string("yes"))
  }

  @Test("grants are true, false or namespaces")
  func grants() throws {
    let backends = "{spec: {rules: [{backendRefs: [{name: a, namespace: shared}]}]}}"
    let on = try Self.read("version: 1\nroute: \(backends)\ngrant: true\n")
    #expect(on.grants.map(\.namespace) == ["shared", "shared"])
    #expect(on.grants.map(\.role) == [.route, .httpRoute])
    let off = try Self.read("version: 1\nroute: \(backends)\ngrant: false\n")
    #expect(off.grants.isEmpty)
    let named = try Self.read("version: 1\ngrant: [team-a, team-b]\n")
    #expect(named.grants.map(\.namespace) == ["team-a", "team-a", "team-b", "team-b"])
  }

  @Test(
    "a broken answers file is refused with the line of the fault",
    arguments: [
      ("", 1, "an answers file is a mapping that begins with `version: 1`"),
      ("- a\n", 1, "an answers file is a mapping that begins with `version: 1`"),
      ("version: 2\n", 1, "version must be 1"),
      ("version: 1\nrecipe: nope\n", 2, "no such recipe; use blank, single-model"),
      ("version: 1\n\nroutes: {}\n", 3, "unknown key \"routes\""),
      ("version: 1\nroute:\n  spec:\n    rulez: []\n", 4, "unknown field \"rulez\" in route.spec"),
      ("version: 1\nroute:\n  spec:\n    rules: 5\n", 4, "route.spec.rules must be a list"),
      ("version: 1\nroute: 5\n", 2, "route must be a mapping, as in the manifest"),
      (
        "version: 1\nroute:\n  metadata:\n    name: [a]\n", 4,
        "route.metadata.name must be a string"
      ),
      ("version: 1\ngrant: 5\n", 2, "grant is true, false or a list of namespaces"),
      ("version: 1\ngrant: [ok, ../x]\n", 2, "not a namespace"),
      ("version: 1\ndrafts: {nowhere: a}\n", 2, "not a path of the form"),
      ("version: 1\nroute: {a: [}\n", 2, ""),
    ])
  func faults(_ text: String, _ line: Int, _ message: String) throws {
    let fault = try #require(Self.fault(text), "accepted: \(text)")
    #expect(fault.line == line)
    #expect(message.isEmpty || fault.message.contains(message), "\(fault.message)")
  }

  @Test("no answers trap, whatever bytes they are", arguments: 0..<100)
  func anyBytes(seed: Int) {
    var random = Seeded(UInt64(seed))
    var form = RandomForm(seed: UInt64(seed))
    form.edit(times: 10)
    var bytes = AnswersFile.bytes(of: form.form)
    for _ in 0..<(1 + seed % 8) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] = UInt8.random(in: 0...255, using: &random)
    }
    if let form = try? AnswersFile.form(from: bytes, recipe: nil) {
      var printer = Printer()
      let text = printer.print(form.documents).bytes
      #expect(Parser().parse(text).documents.map(\.root) == form.documents)
    }
  }
}

extension Node {
  /// Where a value is not as this JSON schema has it: the keywords that the schemas here use.
  fileprivate func faults(in value: Node, at place: String = "") -> [String] {
    if let options = self["anyOf"]?.items {
      let isOne = options.contains { $0.faults(in: value, at: place).isEmpty }
      return isOne ? [] : ["\(place): none of the alternatives"]
    }
    if let constant = self["const"], constant != value { return ["\(place): not \(constant.json)"] }
    if let choices = self["enum"]?.items, !choices.contains(value) {
      return ["\(place): no choice"]
    }
    let types = self["type"].map { $0.items.isEmpty ? [$0] : $0.items }?.compactMap(\.text)
    if let types, !types.contains(value.jsonType) { return ["\(place): a \(value.jsonType)"] }
    switch value {
    case .scalar: return []
    case .sequence(let items):
      return items.flatMap { self["items"]?.faults(in: $0, at: "\(place)[]") ?? [] }
    case .mapping(let mapping):
      let missing = (self["required"]?.items ?? []).compactMap(\.text)
        .filter { mapping[$0] == nil }.map { "\(place): \($0) is missing" }
      return missing
        + mapping.entries.flatMap { entry in
          inner(entry.key).map { $0.faults(in: entry.value, at: "\(place).\(entry.key)") }
            ?? ["\(place).\(entry.key): unknown"]
        }
    }
  }

  /// The schema of a key; nil where there may be none.
  private func inner(_ key: String) -> Node? {
    if let known = self["properties"]?[key] { return known }
    for entry in self["patternProperties"]?.entries ?? [] {
      if let pattern = try? Regex(entry.key), key.firstMatch(of: pattern) != nil {
        return entry.value
      }
    }
    if self["additionalProperties"]?.bool == false { return nil }
    return self["additionalProperties"] ?? .map([:])
  }

  private var jsonType: String {
    switch self {
    case .mapping: "object"
    case .sequence: "array"
    case .scalar(let scalar):
      switch scalar.kind {
      case .null: "null"
      case .bool: "boolean"
      case .integer: "integer"
      case .float: "number"
      case .string: "string"
      }
    }
  }
}
