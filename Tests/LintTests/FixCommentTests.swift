import Testing
import YAML

@testable import Lint

/// What fixes leave of the comments in a file.
@Suite struct FixCommentTests {
  /// A text in lines, and the same with a comment on each.
  private struct Commented {
    let lines: [Substring]
    let plain: [UInt8]
    let bytes: [UInt8]

    init(_ documents: [Node]) {
      var printer = Printer()
      lines = printer.print(documents).text.split(separator: "\n")
      plain = Array(lines.map { "\($0)\n" }.joined().utf8)
      bytes = Array(
        lines.enumerated().map { "\($0.element) \(Self.comment(on: $0.offset))\n" }.joined().utf8)
    }

    static func comment(on line: Int) -> String { "# \(line)." }

    /// Texts of several lines have no room for comments.
    var hasBlocks: Bool { lines.contains { $0.hasSuffix("|") || $0.hasSuffix("|-") } }
  }

  private func mended(_ text: [UInt8], where isWanted: (Finding) -> Bool) -> [String] {
    let file = ManifestFile(name: "a.yaml", bytes: text)
    let fixable = FixableFiles([file], [text])
    return LintRun(into: [file]).findings.filter { isWanted($0.finding) }.compactMap { finding in
      finding.finding.fix.map { fix in
        String(decoding: fixable.edited(making: [(fix, 0)])[0]?.bytes ?? text, as: UTF8.self)
      }
    }
  }

  /// What stands on a line, wherever it begins.
  private func content(_ line: Substring) -> Substring { line.drop { $0 == " " || $0 == "-" } }

  @Test("a fix keeps the comment of every line that stays", arguments: RuleCase.all)
  func kept(example: RuleCase) {
    let text = Commented(Manifests.read(example.bad))
    guard !text.hasBlocks else { return }
    let isWanted = { (finding: Finding) in finding.rule == example.id }
    let plain = mended(text.plain, where: isWanted)
    let commented = mended(text.bytes, where: isWanted)
    #expect(plain.count == commented.count)
    for (plain, commented) in zip(plain, commented) {
      let left = Dictionary(grouping: plain.split(separator: "\n"), by: content).mapValues(\.count)
      let places = Dictionary(grouping: text.lines.indices) { content(text.lines[$0]) }
      for (content, places) in places {
        let kept = places.count { commented.contains(Commented.comment(on: $0)) }
        #expect(
          kept >= min(places.count, left[content] ?? 0),
          "\(content) lost its comment:\n\(commented)")
      }
    }
  }
}
