import Corpus
import Testing

@testable import YAML

/// What is read grows with the text, whatever is repeated in it.
@Suite("growth", .serialized)
struct GrowthTests {
  struct Element: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: @Sendable (Int) -> String

    init(_ name: String, _ text: @escaping @Sendable (Int) -> String) {
      testDescription = name
      self.text = text
    }

    /// Repeats a piece.
    init(_ name: String, after head: String = "", _ piece: String, then tail: String = "") {
      self.init(name) { head + String(repeating: piece, count: $0) + tail }
    }
  }

  static let elements = [
    Element("documents", "---\na: 1\n"), Element("JSON values", "{\"a\": 1}\n"),
    Element("keys") { count in (0..<count).map { "k\($0): 1\n" }.joined() },
    Element("equal keys", "k: 1\n"), Element("items", after: "a:\n", "- b\n"),
    Element("items in brackets", after: "a: [", "b,", then: "]\n"),
    Element("aliases", after: "a: &a b\nc:\n", "- *a\n"),
    Element("anchors") { count in (0..<count).map { "k\($0): &a\($0) b\n" }.joined() },
    Element("merge keys", after: "a: &a {b: 1, c: 2}\nd:\n", "- {<<: *a, b: 3}\n"),
    Element("merge keys in one mapping", after: "a: &a {b: 1}\nd: {", "<<: *a,", then: "}\n"),
    Element("directives", "%TAG !a! tag:a,2000:\n", then: "---\na: 1\n"),
    Element("tags", after: "a:\n", "- !!str b\n"), Element("comments", "# c\n", then: "a: 1\n"),
    Element("blank lines", "\n", then: "a: 1\n"), Element("lines of ---", "---\n"),
    Element("ends", after: "a: 1\n", "...\n"),
    Element("depth") { count in
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    },
    Element("a long text", after: "a: ", "b"), Element("a long block", after: "a: |\n", "  b\n"),
    Element("escapes", after: "a: \"", "\\x41", then: "\"\n"),
    Element("quotes with a backslash", after: "a:\n", "- \"b\\'c\"\n"),
    Element("marks", after: "a: 1\n", "\u{FEFF}b: 1\n"),
    Element("braces", after: "a: \"", "{{ b }}", then: "\"\n"),
    Element("binary", after: "a: !!binary ", "YWJj", then: "\n"),
  ]

  @Test("eight times the text takes no more than 24 times as long to read", arguments: elements)
  func reading(element: Element) {
    let few = Array(element.text(4000).utf8)
    let many = Array(element.text(32000).utf8)
    // What takes less than a few milliseconds is no measure.
    let least = leastProcessorTime { _ = Parser().parse(few) } + 4000
    let most = leastProcessorTime { _ = Parser().parse(many) }
    #expect(most < 24 * least, "\(element.testDescription): \(least) and \(most)")
  }

  @Test("eight times the text takes no more than 24 times as long to compare")
  func comparing() {
    func time(_ count: Int, _ piece: String) -> Double {
      let old = Array((String(repeating: piece, count: count) + "a\n").utf8)
      let new = Array((String(repeating: piece, count: count) + "b\n").utf8)
      return leastProcessorTime {
        #expect(unifiedDiff(old: old, new: new).changedWords.count >= 2)
      }
    }
    for piece in ["\n", "x", "a: 1\n", "é "] {
      #expect(time(32000, piece) < 24 * (time(4000, piece) + 4000), "\(piece.debugDescription)")
    }
  }

  @Test("in very long lines no words are marked")
  func longLines() {
    let text = String(repeating: "x", count: 20_000)
    let lines = unifiedDiff(old: Array("a: \(text)y\n".utf8), new: Array("a: \(text)z\n".utf8))
    #expect(lines.changedWords == [nil, nil, nil])
    #expect(lines.count == 3)
  }
}
