import Testing

@testable import RE2

@Suite struct MatchTests {
  @Test(
    "an expression fits these texts and not those",
    arguments: [
      ("gpt-4", ["gpt-4"], ["gpt-4o", "agpt-4", "GPT-4", ""]),
      ("gpt-4.*", ["gpt-4", "gpt-4o", "gpt-4 é"], ["gpt-3", "gpt-4\n"]),
      ("", [""], ["a"]),
      ("a|bc|", ["a", "bc", ""], ["abc", "b"]),
      ("(?i)kelvin", ["KELVIN", "\u{212A}elvin"], ["elvin"]),
      ("(?i)σ", ["Σ", "ς", "σ"], ["s"]),
      ("(?i)straße", ["STRAẞE"], ["STRASSE"]),
      ("(?i)[^k]", ["s"], ["K", "\u{212A}"]),
      ("(?i)\\W", ["-"], ["ſ", "\u{212A}"]),
      ("\\W", ["ſ", "\u{212A}"], ["s", "_"]),
      ("(?i:a)b", ["Ab", "ab"], ["AB"]),
      ("a(?i)b|c", ["aB", "C"], ["AB"]),
      ("(a(?i)b)c", ["aBc"], ["aBC"]),
      (".", ["a", "é", "中", "😀"], ["", "\n", "ab", "e\u{301}"]),
      ("(?s).", ["\n"], [""]),
      ("(?s-s).", ["a"], ["\n"]),
      ("\\C", ["a"], ["é"]),
      ("\\C{4}", ["😀", "éé", "a中"], ["中", "é"]),
      ("(?:\\C|中)x", ["ax", "中x"], ["éx"]),
      ("[^a-c]", ["d", "中"], ["a", "b", ""]),
      ("[a-cx\\-]+", ["abcx-"], ["d"]),
      ("[]a]+", ["]a"], ["[]"]),
      ("[é-ü]", ["ê", "é"], ["a", "ý"]),
      ("[^\\x00-\\x{10FFFF}]", [], ["", "a"]),
      ("[^\\x00-\\x{10FFFF}]*", [""], ["a"]),
      ("[[:alpha:]]+[[:^digit:]]", ["ab-"], ["ab1", "é-"]),
      ("\\d+\\D\\s\\S\\w", ["12a\tb_"], ["1é\u{B}b_"]),
      ("\\pL\\p{Nd}\\P{L}", ["é٣-"], ["é½-", "1٣-"]),
      ("\\p{^L}", ["1"], ["é"]),
      ("[\\p{Lu}\\d]+", ["É1A"], ["é"]),
      ("(?i)\\p{Lu}", ["é", "É"], ["1"]),
      ("^a$", ["a"], ["a\n"]),
      ("a^b|a$b", [], ["ab"]),
      ("(?m)a$\n^b", ["a\nb"], ["ab"]),
      ("\\Aa\\z", ["a"], ["a\n"]),
      ("a\\b-\\bb", ["a-b"], ["a-", "ab"]),
      ("é\\Bé", ["éé"], ["é"]),
      ("\\B", [""], ["a"]),
      ("a{2,3}", ["aa", "aaa"], ["a", "aaaa"]),
      ("a{2,}b{0}", ["aa", "aaaaa"], ["a", "aab"]),
      ("(ab){0,2}?c", ["c", "abc", "ababc"], ["abababc"]),
      ("a{,2}", ["a{,2}"], ["aa"]),
      ("(a*)*b", ["b", "aab"], ["aa"]),
      ("(?:|a)+|(^)*", ["", "aa"], ["b"]),
      ("\\Qa.b*\\E+", ["a.b**"], ["axb"]),
      ("\\x41\\x{e9}\\101\\n\\07", ["AéA\n\u{7}"], ["AéA"]),
    ] as [(String, [String], [String])])
  func fits(pattern: String, yes: [String], no: [String]) throws {
    let expression = try RegularExpression(pattern)
    for text in yes { #expect(expression.matches(text), "\(text)") }
    for text in no { #expect(!expression.matches(text), "\(text)") }
  }

  @Test(
    "the time of a match is linear in the text's length",
    arguments: [
      "(a*)*b", "(a|a)*b", "(a|aa)+b", "(.*)(.*)(.*)(.*)b", "(?:a?){30}a{30}b", "(?i)(a*)*\\pN",
      "((a+)+)+\\b-", "\\C*(?:\\C\\C)*b",
    ])
  func linear(pattern: String) throws {
    let program = try RegularExpression(pattern).program
    func steps(_ length: Int) -> Int {
      var run = Matcher(of: program)
      let isFitting = Array(repeating: UInt8(ascii: "a"), count: length)
        .withUnsafeBufferPointer { run.accepts($0) }
      #expect(!isFitting)
      return run.steps
    }
    let bound = 2 * program.instructions.count
    #expect(steps(1000) <= bound * 1001)
    #expect(steps(4000) <= bound * 4001)
    #expect(steps(4000) <= steps(1000) * 5)
  }

  @Test("an expression that fits one text says which")
  func literals() throws {
    let literals = [
      "gpt-4": "gpt-4", "gpt-3\\.5": "gpt-3.5", "^gpt-4$": "gpt-4", "(?:a)(b)c{2}": "abcc",
      "\\Qa.b\\E": "a.b", "": "", "[.]": nil, "a.b": nil, "(?i)a": nil, "(?i)-": "-", "a|b": nil,
      "a*": nil, "a$b": nil, "a^b": nil, "\\ba": nil, "a{0}b": "b", "\\x{d800}": nil, "é": "é",
    ]
    for (pattern, literal) in literals {
      #expect(try RegularExpression(pattern).literal == literal, "\(pattern)")
    }
  }

  @Test(
    "an expression that fits everything says so",
    arguments: [
      (".*", .everything), (".+", .everythingButEmpty), ("^.*$", .everything),
      ("(.*)", .everything), (".*.*", .everything), (".{0,}", .everything),
      ("a|.*", .everything), ("[\\s\\S]*", .everything), ("[^\\n]+", .everythingButEmpty),
      ("(?s).*?", .everything), ("\\p{Any}*", .everything), ("(.+)?", .everything),
      ("", .some), ("a*", .some), (".", .some), (".*a", .some), ("..*.", .some), ("[^a]*", .some),
      (".*$a", .some), ("(?:.$)*", .some), ("(?:^.)*", .some), ("(?:.\\b)*", .some),
      ("\\w*", .some), ("\\b.*", .some),
    ] as [(String, RegularExpression.Reach)])
  func reach(pattern: String, reach: RegularExpression.Reach) throws {
    #expect(try RegularExpression(pattern).reach == reach)
  }

  @Test("an expression that no text in small letters fits says so")
  func capitals() throws {
    for pattern in ["X-T.*", "x-[A-Z]", "(X|Y)+a", "a( )b", "^X$"] {
      #expect(try RegularExpression(pattern).needsCapital, "\(pattern)")
    }
    for pattern in ["x-.*", "X?", "[Xx]", "(?i)X", "X|x", "[^a-z]", "", "\\w", "(X)*-"] {
      #expect(try !RegularExpression(pattern).needsCapital, "\(pattern)")
    }
  }

  @Test("dots of names are escaped, dots that stand for letters are not")
  func dots() {
    #expect(RegularExpression.escapingBareDots(in: "gpt-3.5.*") == "gpt-3\\.5.*")
    #expect(RegularExpression.escapingBareDots(in: "gpt-3\\.5.*") == "gpt-3\\.5.*")
    #expect(RegularExpression.escapingBareDots(in: "llama-3.1-8.0") == "llama-3\\.1-8\\.0")
    #expect(RegularExpression.escapingBareDots(in: "[a.b]") == "[a.b]")
    #expect(RegularExpression.escapingBareDots(in: #"\Qgpt.4\E-4.1"#) == #"\Qgpt.4\E-4\.1"#)
    #expect(RegularExpression.escapingBareDots(in: #"\\Qgpt.4"#) == #"\\Qgpt\.4"#)
    #expect(RegularExpression.looksLikeGlob("gpt-4o*") && RegularExpression.looksLikeGlob("a-*-b"))
    #expect(!RegularExpression.looksLikeGlob("gpt-4o.*") && !RegularExpression.looksLikeGlob("*"))
    #expect(!RegularExpression.looksLikeGlob("gpt-4o"))
    #expect(RegularExpression.escapingBareDots(in: ".*") == ".*")
    #expect(RegularExpression.pattern(ofGlob: "gpt-3.5*é") == "gpt-3\\.5.*é")
  }
}
