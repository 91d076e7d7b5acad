import YAML
import Testing

@testable import RouteForm

@Suite("differences in words")
struct DifferenceTests {
  private static func documents(_ text: String) -> [Node] {
    Parser().parse(Array(text.utf8)).documents.map(\.root)
  }

  private static let route = """
    kind: AIGatewayRoute
    metadata: {name: chat, labels: {team: a}}
    spec:
      parentRefs: [{name: gw}, {name: gw2}]
      rules:
      - name: chat-split
        matches: [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}]
        backendRefs: [{name: openai, weight: 100}, {name: azure}]
        timeouts: {request: 60s}
      - backendRefs: [{name: last}]

    """

  /// Replaces a part of the route's text and gives what is said of it.
  private static func words(_ old: String, _ new: String) -> [String] {
    let parts = route.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    #expect(parts.count == 2, "\(old) is not in the text")
    let changed = parts.joined(separator: new)
    return Difference.lines(from: documents(route), to: documents(changed))
  }

  @Test(
    "one change is one line that names rule, field and row",
    arguments: [
      ("weight: 100", "weight: 70", "rule chat-split: weight of openai 100 -> 70"),
      (", weight: 100", "", "rule chat-split: weight of openai removed (was 100)"),
      (
        "{name: azure}", "{name: azure, priority: 1}", "rule chat-split: priority of azure added: 1"
      ),
      (", {name: azure}", "", "rule chat-split: backendRefs: azure removed"),
      (
        "{name: last}]", "{name: last}, {name: more}]",
        "rule 2 (catch-all): backendRefs: more added"
      ),
      ("request: 60s", "request: 5m", "rule chat-split: timeouts.request 60s -> 5m"),
      (
        "value: gpt-4o", "value: gpt-5",
        "rule chat-split: value of x-ai-eg-model gpt-4o -> gpt-5"
      ),
      ("name: chat-split", "name: chat", "rule chat-split: name chat-split -> chat"),
      (
        "{name: gw}, {name: gw2}", "{name: gw2}, {name: gw}",
        "parentRefs in another order: gw2, gw"
      ),
      ("{name: last}", "{name: first}", "rule 2 (catch-all): name of backendRefs[0] last -> first"),
      (
        "    timeouts: {request: 60s}\n", "",
        "rule chat-split: timeouts.request removed (was 60s)"
      ),
      ("{name: gw},", "{name: gw3},", "name of parentRefs[0] gw -> gw3"),
      ("{name: last}", "{name: last}, {}", "rule 2 (catch-all): backendRefs: empty entry 2 added"),
      ("{team: a}", "{team: b}", "metadata.labels.team a -> b"),
      ("{team: a}", "{}", "metadata.labels.team removed (was a)"),
      ("{name: chat,", "{name: code,", "metadata.name chat -> code"),
      ("rules:\n", "hostnames: [a.example]\n  rules:\n", "hostnames added: [a.example]"),
      (
        "parentRefs: [{name: gw}, {name: gw2}]", "parentRefs: gw",
        "parentRefs [{name: gw}, {name: gw2}] -> gw"
      ),
    ])
  func single(old: String, new: String, line: String) {
    let words = Self.words(old, new)
    #expect(words.map { $0.replacing(subject: "AIGatewayRoute code: ") } == [line])
  }

  @Test("rules that are added, removed and moved are named")
  func rules() {
    let more = "  - name: new\n    backendRefs: [{name: n}]\n  - backendRefs: [{name: last}]"
    #expect(
      Self.words("  - backendRefs: [{name: last}]", more)
        == ["rule new: added"])
    #expect(Self.words("  - backendRefs: [{name: last}]\n", "") == ["rule 2 (catch-all): removed"])
  }

  @Test("a mapping that is added with one value is told by that value")
  func addedMapping() {
    #expect(
      Self.words(
        "- backendRefs: [{name: last}]",
        "- timeouts: {request: 300s}\n    backendRefs: [{name: last}]")
        == ["rule 2 (catch-all): timeouts.request added: 300s"])
  }

  @Test("a rule without a model is named in one pair of parentheses")
  func nameless() {
    let old = Self.documents(
      "kind: AIGatewayRoute\nspec: {rules: [{matches: [{headers: [{name: x}]}]}]}\n")
    let new = Self.documents(
      "kind: AIGatewayRoute\nspec: {rules: [{matches: [{headers: [{name: x, value: m}]}]}]}\n")
    #expect(Difference.lines(from: old, to: new).allSatisfy { !$0.contains("((") })
  }

  @Test("documents are told by kind and name, wherever they stand")
  func documents() {
    let policy = "kind: ClientTrafficPolicy\nmetadata: {name: p}\nspec: {a: 1}\n"
    let old = Self.documents(Self.route + "---\n" + policy)
    #expect(Difference.lines(from: old, to: old.reversed()) == [])
    #expect(Difference.lines(from: old, to: [old[0]]) == ["ClientTrafficPolicy p removed"])
    #expect(Difference.lines(from: [old[0]], to: old) == ["ClientTrafficPolicy p added"])
    let new = Self.documents(policy.split(separator: "1").joined(separator: "2")) + [old[0]]
    #expect(Difference.lines(from: old, to: new) == ["ClientTrafficPolicy p: a 1 -> 2"])
  }

  @Test("whatever differs is told of, and nothing else is", arguments: 0..<40 as Range<UInt64>)
  func random(seed: UInt64) {
    var form = RandomForm(seed: seed)
    form.edit(times: 10)
    let old = form.form.documents
    #expect(Difference.lines(from: old, to: old) == [])
    form.edit(times: 3)
    let new = form.form.documents
    #expect(Difference.lines(from: old, to: new).isEmpty == (old == new))
  }
}

extension String {
  /// The text without what it begins with.
  fileprivate func replacing(subject: String) -> String {
    hasPrefix(subject) ? String(dropFirst(subject.count)) : self
  }
}
