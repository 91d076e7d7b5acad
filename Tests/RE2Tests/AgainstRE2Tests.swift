import Foundation
import Testing

@testable import RE2

/// The matcher and RE2 itself, where Python has it: `pip install google-re2`.
@Suite struct AgainstRE2Tests {
  @Test(
    "random expressions are read and matched as by RE2",
    .enabled(if: Oracle.isInstalled, "pip install google-re2"), arguments: [1, 2, 3] as [UInt64])
  func random(seed: UInt64) throws {
    var source = Source(seed)
    let questions = (0..<2000).map { _ in source.question() }
    let answers = try Oracle.answers(to: questions)
    try #require(answers.count == questions.count)
    var differences: [String] = []
    var count = (refused: 0, fitting: 0)
    for (question, answer) in zip(questions, answers) {
      let own = Self.answer(to: question)
      if own != answer { differences.append("\(question): \(own), RE2 says \(answer)") }
      if answer == "refused" { count.refused += 1 }
      count.fitting += answer.utf8.count { $0 == UInt8(ascii: "1") }
    }
    #expect(differences == [])
    #expect(count.refused > 100)
    #expect(count.fitting > 1000)
  }

  private static func answer(to question: [String]) -> String {
    guard let expression = try? RegularExpression(question[0]) else { return "refused" }
    return question.dropFirst().map { expression.matches($0) ? "1" : "0" }.joined()
  }
}

/// RE2 as Python's module.
private enum Oracle {
  static let isInstalled = (try? output("import re2", [])) != nil

  /// For each expression and its texts, whether they fit, or that it is refused.
  static func answers(to questions: [[String]]) throws -> [String] {
    let answers = try output(script, Array(JSONEncoder().encode(questions)))
    return try JSONDecoder().decode([String].self, from: answers)
  }

  private static let script = """
    import json, re2, sys
    quiet = re2.Options()
    quiet.log_errors = False
    def answer(pattern, *texts):
        try: expression = re2.compile(pattern, quiet)
        except re2.error: return "refused"
        return "".join("1" if expression.fullmatch(text) else "0" for text in texts)
    json.dump([answer(*question) for question in json.load(open(sys.argv[1]))], sys.stdout)
    """

  private struct Failure: Error {}

  private static func output(_ script: String, _ input: [UInt8]) throws -> Data {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("re2-\(UUID().uuidString)")
    try Data(input).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure() }
    return output
  }
}

/// Random expressions, most of them sound, and texts of which many fit.
private struct Source {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// An expression and some texts.
  mutating func question() -> [String] {
    let (pattern, texts) = alternatives(depth: number(below: 4))
    var expression = pattern
    if number(below: 8) == 0 {
      var scalars = Array(expression.unicodeScalars)
      let place = number(below: scalars.count + 1)
      scalars.insert(pick(Array("()[]{}|*+?\\^$.-:<P=!i,1".unicodeScalars)), at: place)
      expression = String(String.UnicodeScalarView(scalars))
    }
    if number(below: 6) == 0 { expression = pick(["(?i)", "(?s)", "(?m)", "(?U)"]) + expression }
    let others = (0..<3).map { _ in (0..<number(below: 6)).map { _ in letter() }.joined() }
    return [expression] + texts + texts.map { changed($0) } + others
  }

  private mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }

  private mutating func number(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[number(below: choices.count)]
  }

  private mutating func letter() -> String {
    pick([
      "a", "b", "c", "A", "B", "k", "K", "s", "S", ".", "-", "_", " ", "0", "9", "\n", "é", "É",
      "ß", "ẞ", "ſ", "\u{212A}", "σ", "ς", "Σ", "中", "😀", "ǅ", "İ", "ı",
    ])
  }

  /// The text, or the text with one letter in another case or replaced.
  private mutating func changed(_ text: String) -> String {
    var scalars = text.unicodeScalars.map { String($0) }
    guard !scalars.isEmpty else { return letter() }
    let place = number(below: scalars.count)
    let old = scalars[place]
    scalars[place] = pick([old.uppercased(), old.lowercased(), letter()])
    return scalars.joined()
  }

  /// Two texts beside each expression, which it often fits.
  private typealias Piece = (pattern: String, texts: [String])

  private mutating func alternatives(depth: Int) -> Piece {
    let pieces = (0..<pick([1, 1, 1, 2, 3])).map { _ in sequence(depth: depth) }
    return (
      pieces.map(\.pattern).joined(separator: "|"),
      (0..<2).map { pieces[number(below: pieces.count)].texts[$0] }
    )
  }

  private mutating func sequence(depth: Int) -> Piece {
    let pieces = (0..<pick([0, 1, 1, 2, 2, 3, 4])).map { _ in repetition(depth: depth) }
    return (
      pieces.map(\.pattern).joined(),
      (0..<2).map { place in pieces.map { $0.texts[place] }.joined() }
    )
  }

  private mutating func repetition(depth: Int) -> Piece {
    let piece = atom(depth: depth)
    guard number(below: 2) == 0 else { return piece }
    let (sign, counts): (String, [Int]) = pick([
      ("*", [0, 1, 2]), ("+", [1, 2, 3]), ("?", [0, 1]), ("{2}", [2]), ("{0,2}", [0, 1, 2]),
      ("{2,}", [2, 3]), ("{0}", [0]), ("{1,3}", [1, 3]), ("*?", [0, 2]), ("+?", [1]),
      ("{,2}", [1]), ("{3,1}", [1]), ("**", [1]),
    ])
    return (
      piece.pattern + sign,
      piece.texts.map { text in String(repeating: text, count: pick(counts)) }
    )
  }

  private mutating func atom(depth: Int) -> Piece {
    switch number(below: depth > 0 ? 12 : 9) {
    case 0...3:
      let letter = letter()
      return (letter == "." ? "\\." : letter, [letter, letter])
    case 4: return (".", [letter(), letter()])
    case 5: return (set(), [letter(), letter()])
    case 6:
      return pick([
        ("\\d", ["0", "9"]), ("\\w", ["a", "_"]), ("\\s", [" ", "\t"]), ("\\D", ["a", "é"]),
        ("\\W", ["-", "ſ"]), ("\\S", ["a", "中"]), ("\\pL", ["é", "中"]), ("\\P{Lu}", ["a", "é"]),
        ("\\p{^L}", ["0", "-"]), ("\\x61", ["a", "A"]), ("\\x{e9}", ["é", "É"]),
        ("\\101", ["A", "a"]), ("\\Qa.*\\E", ["a.*", "a.**"]), ("\\C", ["a", "é"]),
        ("\\p{Any}", ["a", "\n"]), ("\\1", ["a", "b"]), ("\\Z", ["", ""]),
      ])
    case 7: return (pick(["^", "$", "\\b", "\\B", "\\A", "\\z"]), ["", ""])
    case 8: return ("(?:)", ["", ""])
    default:
      let inner = alternatives(depth: depth - 1)
      let opening = pick([
        "(", "(", "(?:", "(?i:", "(?s:", "(?m:", "(?-i:", "(?U:", "(?P<n>", "(?<m>", "(?i-s:",
        "(?im-sU:", "(?i:",
        number(below: 3) == 0 ? pick(["(?=", "(?!", "(?<=", "(?>", "(?#"]) : "(",
      ])
      return (opening + inner.pattern + ")", inner.texts)
    }
  }

  private mutating func set() -> String {
    let items = (0..<(1 + number(below: 3))).map { _ in
      pick([
        "a", "b-k", "k", "-", "é", "σ", "S-s", "\\]", "^", "]", "\\-", "\\n", "\\x41", "0-9",
        "a-\\x{3c3}", "é-中", "z-a", "\\d", "\\W", "\\s", "[:alpha:]", "[:^upper:]", "[:punct:]",
        "\\pN", "\\p{Ll}", "\\P{L}", "\\p{^Lu}", "[:no:]",
      ])
    }
    return (number(below: 3) == 0 ? "[^" : "[") + items.joined() + "]"
  }
}
