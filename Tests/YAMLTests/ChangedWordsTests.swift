import YAML
import Testing

@Suite("changed words")
struct ChangedWordsTests {
  /// The lines with what changed in brackets.
  private static func marked(_ old: String, _ new: String) -> [String] {
    let lines = unifiedDiff(old: Array(old.utf8), new: Array(new.utf8))
    return zip(lines, lines.changedWords).compactMap { line, range in
      guard line.kind == .removed || line.kind == .added else { return nil }
      guard let range else { return line.text }
      let text = line.text
      let end = text.dropFirst(range.upperBound)
      return text.prefix(range.lowerBound) + "["
        + text.dropFirst(range.lowerBound).prefix(range.count)
        + "]" + end
    }
  }

  @Test(
    "a changed line shows the whole words that changed",
    arguments: [
      ("weight: 100\n", "weight: 170\n", ["weight: [100]", "weight: [170]"]),
      ("a: b # c\n", "a: bb # c\n", ["a: [b] # c", "a: [bb] # c"]),
      ("a: \"x y\"\n", "a: \"x z\"\n", ["a: \"x [y]\"", "a: \"x [z]\""]),
      ("k: v\n", "k: v w\n", ["k: [v]", "k: [v w]"]),
      ("a: é1\n", "a: é2\n", ["a: [é1]", "a: [é2]"]),
      ("- one\n", "- two\n", ["- one", "- two"]),
      ("a: 1\nb: 2\n", "a: 3\nb: 4\n", ["a: [1]", "b: [2]", "a: [3]", "b: [4]"]),
      ("a: 1\nb: 2\n", "a: 3\n", ["a: 1", "b: 2", "a: 3"]),
    ])
  func words(old: String, new: String, lines: [String]) {
    #expect(Self.marked(old, new) == lines)
  }
}
