import Corpus
import Resources
import Testing

@testable import Lint

@Suite struct CostTests {
  @Test(
    "the controller takes these cost expressions",
    arguments: [
      "input_tokens", "input_tokens * 2u + output_tokens * 3u", "uint(3)", "7", "7u", "0x1Fu",
      "input_tokens == uint(3) ? 100000000 : 0", "model == 'gpt-4o' ? output_tokens : 0u",
      "model.startsWith(\"gpt\") && backend != 'a' ? 1 : 2", "int(output_tokens) - 5 + 6",
      "output_tokens > 100u || total_tokens >= 1u ? 1u : 2u", "size(model)", "model.size() + 1",
      "uint(double(output_tokens) * 1.5)", "model in ['a', 'b'] ? 1 : 0", "!(model == '') ? 1 : 2",
      "input_tokens / 3u % 2u", "((((input_tokens))))", "input_tokens // of the prompt",
      "total_tokens == 0u || 5u / total_tokens > 1u ? 1u : 0u", "- -1", "r'a\\' == model ? 1 : 2",
      "[1, 2].map(x, x * 2)[0]", "{'a': 1}['a']", "matches(model, 'gpt.*') ? 1 : 2",
      "!!7", "--input_tokens", ".input_tokens", "{'dummy': 1u}[model]",
      "model in {'a': 1u} ? {'a': 1u}[model] : 2u", "model.matches('gpt-\\\\d+') ? 1u : 2u",
      "model.matches(r'gpt-\\d+') ? 1u : 2u", "size([1, 2])", "[1, 2].size()",
    ])
  func accepted(expression: String) { #expect(CostExpression.problem(in: expression) == nil) }

  @Test(
    "the controller refuses these",
    arguments: [
      "", "not ( cel", "output_tokens * 1.5", "output_tokens * 2", "input_token + 1u", "1.0",
      "model", "'a' + model", "input_tokens > 5 ? 1 : 2", "true", "-input_tokens", "-1",
      "input_tokens - 1u", "5u / total_tokens", "min(input_tokens, 5u)", "math.least(1, 2)",
      "model == 'a' ? 1u : 2", "input_tokens +", "(input_tokens", "input_tokens)", "1 2", "'a",
      "model.lower() == 'a' ? 1 : 2", "input_tokens.x", "input_tokens[0]", "!input_tokens",
      "input_tokens && true", "input_tokens ? 1 : 2", "1 < 2u ? 1 : 2", "total_tokens = 1u", "#",
      "null", "uint(-1)", "!!!true ? 0 : -1", "5 / (size(model) - 5)", "int('a')", "size(5)",
      "99999999999999999999u", "\u{e9}", "{'gpt-4o': 30u, 'mini': 2u}[model] * total_tokens",
      "model.matches('gpt-\\d+') ? 1u : 2u", "model.matches('(?!a)') ? 1 : 2",
      "has(model) ? 1u : 2u", "[input_tokens, output_tokens].max()", "{'a': 1}.b",
      "(input_tokens - cached_input_tokens) + (cached_input_tokens * 0.1) + output_tokens * 1.5",
    ])
  func refused(expression: String) { #expect(CostExpression.problem(in: expression) != nil) }

  @Test("a fault says what would be right")
  func advice() {
    #expect(
      CostExpression.problem(in: "input_token * 2u")
        == "\"input_token\" is not known; use input_tokens"
    )
    #expect(
      CostExpression.problem(in: "input_tokens * 2")
        == "\"*\" does not take uint and int; write the number with u, such as 2u")
  }

  @Test("expressions of any depth and of random signs are read without a trap")
  func endurance() {
    let deep = String(repeating: "(", count: 100_000)
    #expect(CostExpression.problem(in: deep) == nil)
    #expect(CostExpression.problem(in: String(repeating: "-", count: 99_999) + "1") != nil)
    var random = Seeded(7)
    let pieces = [
      "model", "input_tokens", "1", "2u", "1.5", "'a'", "(", ")", "[", "]", "?", ":", "+", "-", "*",
      "/", "%", "&&", "||", "!", "==", "<", ".", ",", "size", "int", "9223372036854775807", "\\",
    ]
    var faults = 0
    for _ in 0..<3000 {
      let count = Int.random(in: 1...12, using: &random)
      let text = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }
        .joined(separator: " ")
      if CostExpression.problem(in: text) != nil { faults += 1 }
    }
    #expect(faults > 2000)
  }
}
