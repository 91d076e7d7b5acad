import Corpus
import Foundation
import Resources
import Schemas
import YAML

@testable import RouteForm

extension FormState {
  /// All documents as they would be written.
  var yaml: String {
    var printer = Printer()
    return printer.print(documents).text
  }

  /// One object as it would be written.
  func yaml(_ object: ObjectName) -> String {
    var printer = Printer()
    return printer.print([document(object)]).text
  }

  mutating func type(_ text: String, _ path: String) {
    guard let address = Address(path) else { return }
    type(text, at: address)
  }

  func text(_ path: String) -> String { Address(path).map(text) ?? "no such path" }
}

/// Texts that people type, right and wrong, and texts that YAML or a shell could mistake.
private let texts = [
  "", "a", "gpt-4o", "team-b", "shared", "80", "0", "7O", "-1", "1000000", "1000001", "300s", "5m",
  "1.5s", "50Mi", "50MB", "yes", "null", "~", "1e3", "012", "it's", "a b", " a", "a: b", "# a",
  "- a", "$HOME", "`id`", "\"q\"", "*.example.com", "Bad_Name", "true", "GPT-4o", "é", "443",
]

/// Forms as random editing leaves them.
struct RandomForm {
  var form: FormState
  private var random: Seeded
  private let leaves: [(resource: ResourceKind, path: Path)]

  init(seed: UInt64) {
    random = Seeded(seed)
    form = (Recipe.allCases.randomElement(using: &random) ?? .blank).form
    leaves = ResourceKind.all.flatMap { resource in
      resource.everything.compactMap { path, property in
        switch property.schema {
        case .string, .integer, .boolean, .quantity: (resource, path)
        case .object, .list, .map, .any: nil
        }
      }
    }
  }

  mutating func edit(times: Int) {
    for _ in 0..<times {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<6: typeSomewhere()
      case 6: annotate()
      default: if let operation { _ = form.perform(operation) }
      }
    }
  }

  private mutating func typeSomewhere() {
    let described = form.providers.indices.map(ObjectName.provider)
    guard let object = (form.objects + described).randomElement(using: &random) else { return }
    if case .provider = object {
      let setting = ProviderSetting.allCases.randomElement(using: &random) ?? .preset
      let words = texts + ["openai", "aws-bedrock", "gcp-vertex", "vllm", "custom", "key", "oidc"]
      form.type(
        words.randomElement(using: &random) ?? "",
        at: Address(object, Path([.key(setting.rawValue)])))
      return
    }
    let paths = leaves.filter { $0.resource.kind == object.resource.kind }.map(\.path)
    guard let path = paths.randomElement(using: &random) else { return }
    var address = Address(object, path)
    for (depth, step) in path.steps.enumerated() {
      guard case .index = step else { continue }
      let list = Address(object, Path(Array(address.path.steps[..<depth])))
      let count = form.value(at: list)?.items.count ?? 0
      address.path.steps[depth] = .index(Int.random(in: 0...max(0, count - 1), using: &random))
    }
    form.type(texts.randomElement(using: &random) ?? "", at: address)
  }

  private mutating func annotate() {
    let key = ["team", "app.kubernetes.io/name", "a b"].randomElement(using: &random) ?? ""
    let map = ["labels", "annotations"].randomElement(using: &random) ?? ""
    let text = texts.randomElement(using: &random) ?? ""
    form.type(text, at: .route(.key("metadata"), .key(map), .key(key)))
  }

  private var operation: RouteForm.FormEdit? {
    mutating get {
      let rule = Int.random(in: 0..<3, using: &random)
      let row = Int.random(in: 0..<3, using: &random)
      let isOn = Bool.random(using: &random)
      let lists = [
        FormState.ruleList, FormState.parentList, FormState.matches(rule),
        FormState.backendRefs(rule),
        FormState.matches(rule).appending(0).appending("headers"),
      ]
      let list = lists.randomElement(using: &random) ?? FormState.ruleList
      let operations: [RouteForm.FormEdit] = [
        .insert(.map([:]), into: FormState.backendRefs(0), at: row),
        .insert(Template.rule, into: FormState.ruleList, at: row),
        .insert(Template.parentRef, into: FormState.parentList, at: row),
        .remove(from: list, at: row), .remove(from: list, at: 0),
        .move(in: list, from: row, to: row + 1), .duplicate(in: list, at: row),
        .writePolicy(isOn), .writeRetry(isOn), .writeGrants(namespace: "shared", isOn),
        .writeGrants(namespace: "team-b", isOn), .usePool(rule: rule, keeping: isOn),
        .useBackends(rule: rule), .writeGateway(isOn), .writeClass(isOn),
        .describe(
          FormState.backendRefs(rule).appending(row),
          preset: ProviderPreset.all.randomElement(using: &random)?.name),
        .forget(provider: row),
      ]
      return operations.randomElement(using: &random)
    }
  }
}

/// A shell's reading of a command: its words, quotes taken off.
func shellWords(_ line: String) -> [String] {
  var words: [String] = []
  var word: String?
  var isQuoted = false
  var rest = Substring(line)
  while let character = rest.popFirst() {
    switch character {
    case "'":
      isQuoted.toggle()
      word = word ?? ""
    case "\\" where !isQuoted: word = (word ?? "") + (rest.popFirst().map(String.init) ?? "")
    case " " where !isQuoted:
      if let done = word { words.append(done) }
      word = nil
    default: word = (word ?? "") + String(character)
    }
  }
  if let done = word { words.append(done) }
  return words
}
