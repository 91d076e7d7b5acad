import Testing

@testable import YAML

@Suite("JSON texts")
struct JSONTextTests {
  @Test(
    "JSON is told from what is none",
    arguments: [
      ("{}", true), ("[]", true), (" [1, -2.5e+3, 0] ", true), ("\"a\\n\\u00e9\"", true),
      ("{\"a\": {\"b\": [true, false, null]}}", true), ("0", true), ("-0.1", true), ("\"é\"", true),
      ("", false), ("flex", false), ("[1,]", false), ("{\"a\": [1,", false), ("{a: 1}", false),
      ("01", false), ("1.", false), (".5", false), ("1e", false), ("+1", false), ("'a'", false),
      ("\"\\x\"", false), ("\"\\u12g4\"", false), ("\"\\u12", false), ("\"\n\"", false),
      ("nul", false), ("1 2", false), ("{\"a\" 1}", false), ("{\"a\":1,}", false), ("\\", false),
    ])
  func valid(_ text: String, _ isValid: Bool) {
    #expect(JSONText.isValid(text) == isValid)
  }

  @Test("what is nested too deep is none, and no trap")
  func deep() {
    #expect(JSONText.isValid(String(repeating: "[", count: 99) + String(repeating: "]", count: 99)))
    #expect(!JSONText.isValid(String(repeating: "[", count: 100_000)))
  }
}
