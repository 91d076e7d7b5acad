import Corpus
import Testing

@testable import YAML

@Suite("parsing")
struct ParsingTests {
  private func parsed(_ text: String) -> Parsed { Parser().parse(Array(text.utf8)) }

  @Test("what is printed is read back as the same node")
  func roundTrip() {
    var seeded = Seeded(3)
    for _ in 0..<1500 {
      let documents = (0..<seeded.pick([1, 1, 2])).map { _ in seeded.node(levels: 4) }
      var printer = Printer()
      let printedText = printer.print(documents)
      let read = Parser().parse(printedText.bytes)
      let known = documents.filter { $0.scalar?.kind != .null }
      #expect(read.documents.map(\.root) == known, "\(printedText.text.debugDescription)")
      #expect(read.problems.allSatisfy { $0.message.contains("no form in JSON") })
    }
  }

  @Test("every nasty string survives as a document, a value and a key")
  func nasty() {
    for string in DifficultText.strings {
      let documents = [Node.string(string), .mapping(Mapping([.init(string, .string(string))]))]
      var printer = Printer()
      let read = Parser().parse(printer.print(documents).bytes)
      #expect(read.documents.map(\.root) == documents, "\(string.debugDescription)")
      #expect(read.problems.isEmpty, "\(string.debugDescription)")
    }
  }

  @Test(
    "a scalar without quotes has the kind that Kubernetes gives it",
    arguments: [
      ("yes", .bool), ("Y", .bool), ("yEs", .string), ("off", .bool), ("~", .null), ("", .null),
      ("Null", .null), ("nULL", .string), ("0o17", .integer), ("0O17", .integer),
      ("0x1F", .integer), ("-0x1F", .integer), ("0x", .string), ("012", .integer),
      ("08", .integer), ("0b101", .integer), ("0b+1", .integer), ("-0b11", .integer),
      ("1_000", .integer), ("1__0", .integer), ("_1", .string), ("1_", .integer),
      ("+5", .integer), ("1e3", .integer), ("1.0", .integer), ("5.", .integer), ("1.5", .float),
      (".5", .float), (".5_0", .float), ("._5", .string), (".5_", .string), ("1e400", .string),
      ("1e-400", .integer), ("1:30", .string), ("2024-05-21", .string), ("=", .string),
      ("18446744073709551615", .float), ("9223372036854775807", .integer),
      ("-9223372036854775808", .integer), ("-9223372036854775809", .float), ("1e21", .float),
      (".inf", .float), ("-.INF", .float), (".NaN", .float), ("+", .string), ("1,000", .string),
      ("0x1p-2", .string), ("1e2_0", .float), ("0_", .integer), ("-.", .string), ("e3", .string),
    ] as [(String, Scalar.Kind)])
  func kinds(text: String, kind: Scalar.Kind) {
    #expect(Scalar(plain: text).kind == kind)
  }

  @Test(
    "an integer is understood in all its spellings",
    arguments: [
      ("0x1F", 31), ("0o17", 15), ("012", 10), ("1_000", 1000), ("+5", 5), ("-0x1f", -31),
      ("0b101", 5), ("1e3", 1000), ("1.0", 1), ("08", 8), ("-9223372036854775808", Int.min),
    ])
  func integers(text: String, value: Int) {
    #expect(Node.scalar(Scalar(plain: text)).integer == value)
  }

  @Test("anchors, aliases and merge keys are resolved in their order")
  func aliases() {
    let read = parsed(
      """
      x: &x {a: 1, b: 2}
      z: *x
      over: {a: 5, <<: *x}
      under: {<<: *x, a: 5}
      both: {<<: [{a: 7}, *x]}
      quoted: {"<<": 3}
      """)
    let root = read.documents.first?.root
    #expect(read.problems.map { "\($0.position) \($0.severity)" } == ["3:14 warning", "4:17 note"])
    #expect(root?["z"] == root?["x"])
    #expect(root?["over"]?["a"]?.integer == 1)
    #expect(root?["under"]?["a"]?.integer == 5)
    #expect(root?["both"]?["a"]?.integer == 7)
    #expect(root?["both"]?["b"]?.integer == 2)
    #expect(root?["quoted"]?["<<"]?.integer == 3)
  }

  @Test("tags are honoured")
  func tags() {
    let root = parsed("a: !!str 5\nb: !!int '5'\nc: !!binary aGVsbG8=\nd: !x 5\n").documents.first?
      .root
    #expect(root?["a"] == .string("5"))
    #expect(root?["b"]?.integer == 5)
    #expect(root?["c"] == .string("hello"))
    #expect(root?["d"] == .string("5"))
  }

  @Test(
    "what is wrong is said where it is wrong",
    arguments: [
      ("a: 1\nb: 2\na: 3\n", 3, 1, "twice"),
      ("a:\n\tb: 1\n", 2, 1, "tab"),
      ("a: b: c\n", 1, 5, "no `key: value`"),
      ("a: [1, 2\nb: 3\n", 2, 2, "`]`"),
      ("a: \"x\nb: 1\n", 1, 4, "never closed"),
      ("a: 1\nb\nc: 2\n", 2, 1, "colon"),
      ("a: 1\n b: 2\n", 2, 3, "no `key: value`"),
      ("yes: 1\n", 1, 1, "read as true"),
      ("? [a]\n: 1\n", 1, 3, "has to be a string"),
      ("~: 1\n", 1, 1, "null"),
      ("a: *x\n", 1, 4, "no anchor"),
      ("a: &x [*x]\n", 1, 8, "inside what it names"),
      ("<<: 1\n", 1, 1, "merge key"),
      ("a: .inf\n", 1, 4, "JSON"),
      ("a: @x\n", 1, 4, "quotes"),
      ("a: !!int x\n", 1, 4, "tag"),
    ])
  func problems(text: String, line: Int, column: Int, words: String) throws {
    let problem = try #require(parsed(text).problems.first)
    #expect(problem.line == line)
    #expect(problem.column == column)
    #expect(problem.message.contains(words), "\(problem.message)")
  }

  @Test("bytes that are no text are named where they stand")
  func bytes() throws {
    let broken = try #require(Parser().parse(Array("é: 1\né".utf8) + [0xFF]).problems.first)
    #expect(broken.line == 2 && broken.column == 2 && broken.message.contains("UTF-8"))
    let zero = try #require(Parser().parse(Array("a: x\0y\n".utf8)).problems.first)
    #expect(zero.line == 1 && zero.column == 5 && zero.message.contains("zero byte"))
    let bell = try #require(Parser().parse(Array("a: \u{7}\n".utf8)).problems.first)
    #expect(bell.message.contains("U+0007"))
  }

  @Test("several documents are read, empty ones left out, a byte order mark ignored")
  func documents() {
    let read = parsed("\u{FEFF}# first\n---\na: 1\n---\n---\n# none\n---\nb: 2\n...\n")
    #expect(read.documents.map(\.root) == [.map(["a": .integer(1)]), .map(["b": .integer(2)])])
    #expect(!read.hasErrors)
    #expect(parsed("").documents.isEmpty && parsed("").problems.isEmpty)
    #expect(parsed("\r\na: 1\r\nb: 2\r\n").documents.first?.root["b"]?.integer == 2)
  }

  @Test("the documents before and after a broken one are there, each with its number and lines")
  func partial() throws {
    let read = parsed(
      "# one\na: 1\n---\n# none\n---\nb: [\n---\nc: \u{7}\n--- # last\nd: 1\nd: 2\n")
    #expect(read.documents.map(\.number) == [0, 3])
    #expect(read.documents.map(\.start.line) == [2, 10])
    let problems = read.problems.filter { $0.severity == .error }
    #expect(problems.map(\.line) == [7, 8, 11])
    #expect(problems.map(\.document) == [1, 2, 3])
    #expect(problems.map(\.isFatal) == [true, true, false])
    let last = try #require(read.documents.last)
    #expect(last.map.focus(of: Path("d") ?? .root) == Position(line: 11, column: 4))
  }

  @Test("a text is cut where kubectl cuts it, and directives stay with their document")
  func cuts() {
    #expect(
      parsed("%YAML 1.1\n# c\n---\na: 1\n---\t\nb: 1\n---c: 1\n").documents.map(\.start.line)
        == [4, 6])
    #expect(parsed("a: |\n  ---\n  x\n---").documents.map(\.root["a"]?.text) == ["---\nx\n"])
    #expect(parsed("---\r\na: 1\r\n---\r\nb: 1\r\n").documents.count == 2)
  }

  @Test("a document with too many problems is given up")
  func hopeless() {
    var limits = Parser.Limits()
    limits.problems = 3
    let read = Parser(limits: limits).parse(Array(String(repeating: "a: 1\n", count: 9).utf8))
    #expect(read.documents.isEmpty && read.problems.count == 4)
    #expect(read.problems.last?.isFatal == true && read.problems.last?.line == 5)
  }

  @Test("what is too much for the reader is refused with its place, and the rest is read")
  func limits() throws {
    var limits = Parser.Limits()
    (limits.bytes, limits.nodes, limits.documents) = (100, 10, 4)
    let parser = Parser(limits: limits)
    let long = String(repeating: "x", count: 101)
    let read = parser.parse(
      Array("a: \(long)\n---\n[1,1,1,1,1,1,1,1,1,1,1,1]\n---\nb: 1\n---\n---\nc: 1\n".utf8))
    #expect(read.documents.map(\.number) == [2])
    let errors = read.problems.filter { $0.severity == .error }
    #expect(errors.map(\.line) == [1, 3, 7])
    for (error, words) in zip(errors, ["larger", "more than 10 values", "more than 4 documents"]) {
      #expect(error.isFatal && error.message.contains(words), "\(error.message)")
    }
  }

  @Test(
    "nesting without end is refused",
    arguments: [
      String(repeating: "[", count: 10_000), String(repeating: "{a: ", count: 10_000),
      String(repeating: "- ", count: 10_000),
      (0..<10_000).map { String(repeating: " ", count: min($0, 300)) + "a:\n" }.joined(),
    ])
  func depth(text: String) {
    let read = parsed(text)
    #expect(read.documents.isEmpty)
    #expect(read.problems.contains { $0.message.contains("nested deeper") })
  }

  @Test("aliases can neither explode nor pile up depth")
  func bombs() {
    var wide = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    var deep = "a0: &a0 [x]\n"
    for level in 1...50 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      wide += "a\(level): &a\(level) [\(aliases)]\n"
      deep += "a\(level): &a\(level) [[[[*a\(level - 1)]]]]\n"
    }
    #expect(parsed(wide).problems.first?.message.contains("expand") == true)
    #expect(parsed(deep).problems.first?.message.contains("expand") == true)
  }

  @Test("no cut of a text and no random byte in it breaks the reader")
  func torn() {
    var printer = Printer()
    let bytes = printer.print([Sample.policy, Sample.route(rules: 1, backends: 1)]).bytes
    var seeded = Seeded(11)
    for end in bytes.indices {
      var torn = Array(bytes[..<end])
      let clean = Parser().parse(torn)
      #expect(clean.documents.count <= 2)
      for _ in 0..<3 where !torn.isEmpty {
        torn[Int.random(in: 0..<torn.count, using: &seeded)] = .random(in: 0...255, using: &seeded)
      }
      let read = Parser().parse(torn)
      #expect(read.problems.allSatisfy { $0.line >= 1 && $0.column >= 1 && !$0.message.isEmpty })
    }
  }
}
