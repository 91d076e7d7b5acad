import Testing

@testable import RE2

@Suite struct SyntaxTests {
  @Test(
    "RE2 reads these",
    arguments: [
      "", "a", "gpt-.*", ".+", "(gpt|claude)-\\d+", "(?i)gpt.*", "(?i:gpt).*", "(?:a|b)+?",
      "(?P<name>a)", "(?<name>a)", "(?P<ñ1>a)(?P<ñ1>b)", "[a-z]{2,5}", "[^]]", "[]a]",
      "[[:alpha:]]+", "[[:^alpha:][:digit:]]", "[[:alpha]", "[a-]", "[-a]", "[a-b-c]", "[\\]]",
      "[\\d-a]", "a{", "a{,5}", "a{01}", "a{1000000000}", "{", "^$", "^*", "$+", "\\b?", "()*",
      "a*(?i)*", "\\Qa(b\\E", "\\Qa(b", "\\Q", "a*\\Q\\E*", "\\pL", "\\p{Lu}", "\\P{^Lu}",
      "[\\pN\\p{Any}]", "\\x41", "\\x{10FFFF}", "\\x{d800}", "\\123", "\\12", "\\0", "\\_", "\\-",
      "\\C", "a||b", "|", "()", "\\.", "a{2}", "a{2,}", "a{0}", "a{1000}", "x*?", "x{2}?",
      "[a\\-z]", "\\b\\B\\A\\z", "é+", "(?)", "(?i-s)a", "(?imsU-i)a", "(a{10}){100}",
    ])
  func accepted(pattern: String) throws {
    #expect(RegularExpression.refusal(of: pattern) == nil)
    _ = try RegularExpression(pattern)
  }

  @Test(
    "RE2 refuses these, at a place",
    arguments: [
      ("(", 0), (")", 0), ("(a", 0), ("b(a(c)", 1), ("a)", 1), ("a[", 1), ("[a", 0), ("[]", 0),
      ("[z-a]", 1), ("*", 0), ("+a", 0), ("a|*", 2), ("(*a)", 1), ("(?i)*", 4), ("a**", 2),
      ("a*+", 2), ("a{2}{3}", 4), ("a{5,2}", 1), ("a{1001}", 1), ("a{2,1001}", 1),
      ("(a{11}){100}", 7), ("((a{1000}){0}){2}", 14), ("(?=a)", 0), ("b(?!a)", 1), ("(?<=a)", 0),
      ("(?<!a)", 0), ("(?>a)", 0), ("(a)\\1", 3), ("\\8", 0), ("a\\", 1), ("\\Z", 0), ("\\k<a>", 0),
      ("(?P=a)", 0), ("(?P<a", 0), ("(?<>a)", 3), ("(?P<a b>c)", 4), ("(?#a)", 0), ("(?", 0),
      ("(?i", 0), ("(?i-)", 0), ("(?--i)", 0), ("[\\", 1), ("(?R)", 0), ("\\E", 0), ("\\é", 0),
      ("[[:foo:]]", 1), ("[a-\\d]", 3), ("[\\b]", 1), ("\\p", 0), ("\\pX", 0), ("\\p{Lu", 0),
      ("\\p{}", 0), ("\\p{Cn}", 0), ("\\p{Klingon}", 0), ("\\x", 0), ("\\x4", 0), ("\\x{}", 0),
      ("\\x{110000}", 0), ("\\x{41", 0), ("(?:\\pL{1000})", 0),
    ])
  func refused(pattern: String, offset: Int) {
    let refusal = RegularExpression.refusal(of: pattern)
    #expect(refusal?.offset == offset)
    #expect(refusal?.isUnknownHere == false)
    #expect(throws: ParseError.self) { try RegularExpression(pattern) }
  }

  @Test(
    "what Go's regexp refuses of that is known",
    arguments: [
      ("a\\C+", 1), ("(?P<\u{f1}>a)", 4), (nested(1000), 0), (nested(999), nil), ("[a]\\Q\\C", nil),
      ("(?:" + nested(600) + ")(?:" + nested(600) + ")", nil),
    ] as [(String, Int?)])
  func refusedByGo(pattern: String, offset: Int?) throws {
    #expect(RegularExpression.refusal(of: pattern) == nil)
    #expect(RegularExpression.refusalInGoOrRE2(of: pattern)?.offset == offset)
    #expect(try RegularExpression(pattern).refusalByGo?.offset == offset)
  }

  private static func nested(_ count: Int) -> String {
    String(repeating: "(", count: count) + "a" + String(repeating: ")", count: count)
  }

  @Test("a script is refused as not known here, since RE2 knows it")
  func scripts() {
    for pattern in ["\\p{Greek}", "[^\\P{Han}]", "a\\p{^Old_Italic}*"] {
      #expect(RegularExpression.refusal(of: pattern)?.isUnknownHere == true)
    }
    #expect(
      RegularExpression.refusal(of: "a\\p{Greek}")
        == ParseError("the script Greek is not known here", at: 1, isUnknownHere: true))
  }

  @Test("an expression of any depth is read and matched")
  func depth() throws {
    let count = 20_000
    let expression = try RegularExpression(
      String(repeating: "(?:", count: count) + "a" + String(repeating: ")*", count: count))
    #expect(expression.matches("aa"))
    #expect(!expression.matches("ab"))
    #expect(RegularExpression.refusal(of: String(repeating: "(", count: count)) != nil)
    #expect(RegularExpression.refusal(of: String(repeating: "[[:", count: count)) != nil)
  }

  @Test("an expression that RE2 has no room for is refused")
  func size() throws {
    #expect(RegularExpression.refusal(of: String(repeating: "(?:中{1000})", count: 200)) == nil)
    #expect(
      RegularExpression.refusal(of: String(repeating: "(?:中{1000})", count: 300))?.message
        == "the expression is too large; repeat less")
  }
}
