import Testing
import YAML

@testable import RouteForm

@Suite("edits as text")
struct FormEditTextTests {
  private static let list = FormState.backendRefs(0)

  private static let edits: [FormEdit] = [
    .insert(.map([:]), into: list, at: 2), .insert(.string(""), into: list, at: 0),
    .insert(Template.rule, into: FormState.ruleList, at: 1), .remove(from: list, at: 3),
    .move(in: list, from: 1, to: 0), .duplicate(in: list, at: 4), .fill(list, "80"),
    .fill(list, "a\nb: [c] # \"d\""), .fill(list, ""), .fill(list, "null"), .writePolicy(true),
    .writeRetry(false), .writeGrants(namespace: "shared", true), .usePool(rule: 1, keeping: true),
    .useBackends(rule: 2), .chooseRoute(3), .writeGateway(false), .writeClass(true),
    .describe(list, preset: "openai"), .describe(list, preset: nil), .forget(provider: 1),
    .adopt(list), .writePool(at: list, true), .replace(list, nil),
    .replace(list, .map(["a": .sequence([.integer(1), .string("1"), .bool(true)])])),
  ]

  @Test("an edit reads back from its line", arguments: edits)
  func roundTrip(edit: FormEdit) {
    #expect(FormEdit(line: edit.line) == edit, "\(edit.line)")
    #expect(!edit.line.contains("\n"))
  }

  @Test(
    "a line that is no edit is none",
    arguments: ["", "insert", "[insert, 1]", "[fill]", "[policy, 1]", "[nothing, true]", "{a: b}"])
  func none(line: String) { #expect(FormEdit(line: line) == nil) }
}
