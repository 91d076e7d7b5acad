import Corpus
import YAML

/// Random texts and trees.
extension Seeded {
  /// A string made of pieces that YAML readers stumble over.
  mutating func string() -> String {
    let count = Int.random(in: 0...6, using: &self)
    return (0..<count).map { _ in pick(Seeded.pieces) }.joined()
  }

  private static let pieces = [
    "a", "b", "Z", "0", "1", "7", "9", "00", "x", "0x", "0o", "0b", "e", "E3", "_", "-", "+", ".",
    ":", ": ", " #", "#", " ", "  ", "\n", "\n\n", "\n ", "\t", "\r", "\r\n", "\"", "'", "\\", "/",
    "[", "]", "{", "}", ",", ", ", "&", "*", "!", "|", ">", "%", "@", "`", "?", "? ", "- ", "---",
    "...", "\n---\n", "\n...\n", "=", "<<", "~", "y", "no", "true", "null", "inf", "nan", "Inf",
    "\u{0}", "\u{7}", "\u{1B}", "\u{7F}", "\u{80}", "\u{85}", "\u{A0}", "é", "e\u{301}", "ß", "漢",
    "\u{2028}", "\u{2029}", "\u{200B}", "\u{202E}", "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{E000}",
    "😀", "👩‍👩‍👧", "\u{10FFFF}", "\u{E0041}", "2024", "2024-05-21", "T10:00:00Z", "1:30", "50Mi",
  ]

  /// A tree of at most some levels, its scalars of every kind.
  mutating func node(levels: Int) -> Node {
    switch Int.random(in: 0..<(levels > 0 ? 10 : 5), using: &self) {
    case 0: return .scalar(pick(Seeded.typed))
    case 1...4: return .string(string())
    case 5, 6: return .sequence((0..<pick([0, 1, 2, 4])).map { _ in node(levels: levels - 1) })
    default:
      var mapping = Mapping()
      for _ in 0..<pick([0, 1, 2, 3, 12]) { mapping[string()] = node(levels: levels - 1) }
      return .mapping(mapping)
    }
  }

  private static let typed: [Scalar] = [
    Scalar("null", .null), Scalar("~", .null), Scalar("true", .bool), Scalar("Off", .bool),
    Scalar("0", .integer), Scalar("-17", .integer), Scalar("0x1F", .integer),
    Scalar("1_000", .integer), Scalar("1e3", .integer), Scalar("0.5", .float),
    Scalar("-.inf", .float), Scalar("6.02e23", .float),
  ]
}

/// Strings that some YAML reader misreads when they stand without quotes.
enum DifficultText {
  static let strings: [String] =
    words + numbers + dates + syntax + invisible + blocks + [
      String(repeating: "long ", count: 1000), String(repeating: "k", count: 5000),
      String(repeating: "é\"", count: 600),
    ]

  private static let words: [String] = {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "none", "nil"]
    return words + words.map { $0.uppercased() } + words.map { $0.capitalized }
      + ["", "yEs", "=", "<<", ".inf", "-.Inf", "+.INF", ".nan", ".NaN", ".NAN", "NaN", "t", "f"]
  }()

  private static let numbers = [
    "0", "1", "-1", "+5", "012", "08", "0o17", "0O17", "0x1F", "0X1f", "0b101", "0b+1", "-0b11",
    "1_000", "1__0", "1_", "_1", "1,000", "1e3", "1E+3", "1e400", "1.", "1.0", ".5", ".5_0", "._5",
    ".", "..", "...", "-", "--", "+", "+.", "-.", "1:30", "-1:30", "1:30:59.5", "190:20:30", "1e",
    "0x", "0o", "0b", "9223372036854775807", "18446744073709551616", "685.230_15e+03", "1.2.3",
    "10.0.0.1", "0.0.0.0/0", "1-2", "1+1", "12e03", "-0", "1d", "1e3s", "0xzz", "1:a", "80:8080",
  ]

  private static let dates = [
    "2024-05-21", "2024-5-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5",
    "2024-05-21T10:00:00Z", "2024-13-45", "2024-05-21x", "24-05-21",
  ]

  private static let syntax = [
    " a", "a ", "a  b", "- a", "-a", "-", "? a", "?a", ": a", ":a", "a: b", "a:b", "a:", "a #b",
    "a#b", "#", "# a", "---", "--- a", "---a", "... a", "[", "[a]", "]", "{", "{a: b}", "}", ",",
    ",a", "a,b", "&a", "*a", "!a", "!!str a", "|", "|-", ">", ">a", "%", "%YAML 1.1", "@a", "`a`",
    "'", "''", "'a'", "\"", "\"a\"", "a\"b", "a'b", "\\", "\\n", "a\\", "a: ", "key: |", "{{x}}",
    "$(x)", "a & b", "a | b", "<a>", "(a)", "[0-9]+", "^a.*$", "a\tb", "a:\tb", "a\t#b", "\ta",
    "a\t", "é: x", "x: é", "::1", "[::1]:80", "http://a.b/c?d=e#f", "a -b", "a - b", "<< a", "= a",
  ]

  private static let invisible = [
    "\u{0}", "a\u{0}b", "\u{1}", "\u{1B}[31m", "\u{7F}", "\u{80}", "\u{85}", "a\u{85}b", "\u{A0}",
    "\u{AD}", "\u{200B}", "\u{200E}", "\u{2028}", "a\u{2029}b", "\u{202E}abc", "\u{2066}",
    "\u{FEFF}", "\u{FEFF}a", "a\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{D7FF}",
    "\u{E000}", String(Unicode.Scalar(0xFDD0) ?? "-"), "😀", "\u{1F1E9}\u{1F1EA}", "\u{10FFFF}",
    "\u{1FFFE}", "\u{E0041}",
    "e\u{301}", "\u{E9}", "\u{301}", "漢字", "עברית", "\u{3000}", "\u{1680}a",
  ]

  private static let blocks = [
    "a\nb", "a\nb\n", "a\nb\n\n", "a\n\nb", "\na", "\n", "\n\n", " a\nb", "a\n b", "a \nb", "a\nb ",
    "a\n \nb", "a\n\tb", "\ta\nb", "a\r\nb", "a\rb", "#a\n#b", "- a\n- b\n", "a: b\nc: d\n",
    "---\na", "a\n---\nb", "a\n...\nb", "a\n\u{85}b", "é\n漢\n", "😀\nb", "a\n\u{202E}b", "\"\n'",
    "a\n\n\n", "a\n  b\n c\n", "%\na", "a\n#", "a\u{0}\nb", "a\nb\u{FEFF}", "{\n  \"a\": 1\n}\n",
  ]
}

extension String {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
