import Foundation
import Lint
import Testing

/// The manual against the program. `UPDATE_README=1 swift test --filter ReadmeTests` writes the
/// generated parts anew, and fails so that a recording is never taken for a test.
@Suite(.serialized) struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let file = root.appending(path: "README.md")

  @Test("the keys in the manual are the program's")
  func keys() throws {
    try check("keys", Self.block(Self.output(["--print-keys"])))
  }

  @Test("the command line in the manual is the program's")
  func options() throws {
    try check("wizard", Self.block(Self.output(["--help"])))
    for command in ["render", "check"] {
      try check(command, Self.block(Self.output([command, "--help"])))
    }
  }

  @Test("the problems in the manual are the linter's")
  func rules() throws {
    var lines = ["| rule | severity | who objects | what is wrong |", "|---|---|---|---|"]
    for rule in Rule.everything {
      let title = rule.title.replacing("|", with: "\\|").replacing("<", with: "\\<")
      lines.append("| \(rule.id) | \(rule.severity) | \(rule.source) | \(title) |")
    }
    try check("rules", lines.joined(separator: "\n"))
  }

  @Test("the test command stands on a line of its own, where .ci/run looks for it")
  func commands() throws {
    let lines = try Self.text().split(separator: "\n")
    #expect(lines.contains("sh .ci/setup && swift run -c release aigw-wizard"))
    #expect(
      lines.first { $0.hasPrefix("sh .ci/setup test && ") } == "sh .ci/setup test && swift test")
  }

  @Test("every folder of Sources stands in the map, and every file the manual names exists")
  func map() throws {
    let text = try Self.text()
    let sources = Self.root.appending(path: "Sources").path
    for folder in try FileManager.default.contentsOfDirectory(atPath: sources) {
      #expect(text.contains("`\(folder)`"), "\(folder)")
    }
    for piece in text.split(separator: "`") {
      guard piece.hasPrefix("Sources/") || piece.hasPrefix("Tests/"), !piece.contains(" ") else {
        continue
      }
      let path = Self.root.appending(path: String(piece)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(piece)")
    }
  }

  @Test("every picture in the manual exists")
  func pictures() throws {
    for piece in try Self.text().components(separatedBy: "](").dropFirst() {
      guard let end = piece.firstIndex(of: ")"), piece.hasPrefix("screenshots/") else { continue }
      let path = String(piece[..<end])
      #expect(
        FileManager.default.fileExists(atPath: Self.root.appending(path: path).path), "\(path)")
    }
  }

  private static func text() throws -> String { try String(contentsOf: file, encoding: .utf8) }

  private static func output(_ words: [String]) throws -> String {
    let run = try Run(words, in: Sandbox())
    #expect(run.ending == .exit(0))
    return run.output
  }

  private static func block(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0.reversed().drop { $0 == " " }.reversed()) }
    return "```text\n\(lines.joined(separator: "\n").trimmingCharacters(in: .newlines))\n```"
  }

  /// Compares what stands between `<!-- NAME -->` and `<!-- /NAME -->` with what should.
  private func check(_ name: String, _ wanted: String) throws {
    let text = try Self.text()
    let begin = try #require(text.range(of: "<!-- \(name) -->\n"))
    let end = try #require(
      text.range(of: "<!-- /\(name) -->", range: begin.upperBound..<text.endIndex))
    let wanted = wanted + "\n"
    let range = begin.upperBound..<end.lowerBound
    if ProcessInfo.processInfo.environment["UPDATE_README"] == "1" {
      let updated = text.replacingCharacters(in: range, with: wanted)
      try updated.write(to: Self.file, atomically: true, encoding: .utf8)
      Issue.record("wrote \(name); run without UPDATE_README to test")
    } else {
      #expect(
        text[range] == wanted,
        "\(name) is stale: UPDATE_README=1 swift test --filter ReadmeTests writes it anew")
    }
  }
}
