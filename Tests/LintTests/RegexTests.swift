import Lint
import YAML
import Testing

/// What the rules make of regular expressions.
@Suite struct RegexTests {
  private typealias M = Manifests

  private func findings(in yaml: String, of rule: String) -> [Finding] {
    var linter = Linter()
    return linter.findings(in: M.read(yaml)).filter { $0.rule == rule }
  }

  @Test(
    "what RE2 or Go refuses is named, and nothing else",
    arguments: [
      ("(a", "a ( is not closed; add )"), ("(a)\\1", "RE2 has no back references such as \\1"),
      ("a{9,2}", "a repetition goes from more to less"), ("gpt-.*", nil),
      ("\\p{Greek}+", nil), ("[[:alpha:]]+", nil), ("\\C+", "Go's regexp has no \\C; write a dot"),
    ] as [(String, String?)])
  func refused(value: String, reason: String?) {
    let found = findings(in: M.rule(M.match(M.regex(value))), of: "L51")
    #expect(
      found.map(\.message)
        == [reason].compactMap { $0 }.map {
          "the regular expression cannot be read: " + $0
        })
  }

  @Test("an expression that fits one text becomes that text by its fix")
  func literal() {
    var documents = M.read(M.rule(M.match(M.regex("^gpt-3\\.5$"))))
    var linter = Linter()
    let finding = linter.findings(in: documents).first { $0.rule == "L50" }
    #expect(finding?.message.hasPrefix("\"^gpt-3\\.5$\" matches only \"gpt-3.5\"") == true)
    finding?.fix?.apply(to: &documents)
    let header = documents.first?["spec"]?["rules"]?[0]?["matches"]?[0]?["headers"]?[0]
    #expect(header?["type"] == .string("Exact"))
    #expect(header?["value"] == .string("gpt-3.5"))
  }

  @Test(
    "a rule behind an expression that fits every value is dead, however that is written",
    arguments: [
      (".*", 1), ("^.+$", 1), ("(.|b)*", 1), ("[\\s\\S]*", 1), (".*x", 0), ("a*", 0),
      ("(", 0),
    ])
  func dead(value: String, count: Int) {
    let rules = M.rules(M.match(M.regex(value)) + ", " + M.match(M.regex("gpt-.*")))
    #expect(findings(in: rules, of: "L46").count == count)
  }

  @Test("an expression that fits the empty value is not dead behind one that does not")
  func empty() {
    let rules = M.rules(M.match(M.regex(".+")) + ", " + M.match(M.regex(".*")))
    #expect(findings(in: rules, of: "L46").isEmpty)
  }
}
