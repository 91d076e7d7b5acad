import Foundation
import Lint
import Testing

/// A page of the documentation, by its path in the repository.
struct Page: CustomTestStringConvertible {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let readme = Page(path: "README.md")
  static let contributing = Page(path: ".github/CONTRIBUTING.md")

  static let all: [Page] = {
    let folder = root.appending(path: ".docs").path
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let pages = names.filter { $0.hasSuffix(".md") }.sorted().map { Page(path: ".docs/\($0)") }
    return [readme, contributing] + pages
  }()

  let path: String
  var testDescription: String { path }
  var file: URL { Self.root.appending(path: path) }

  func text() throws -> String { try String(contentsOf: file, encoding: .utf8) }

  /// The text without its blocks of code.
  func prose() throws -> String {
    try text().components(separatedBy: "```").enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
  }

  /// What each link leads to.
  func links() throws -> [String] {
    try prose().components(separatedBy: "](").dropFirst().compactMap { piece in
      piece.firstIndex(of: ")").map { String(piece[..<$0]) }
    }
  }

  /// What its headings are called behind the `#` of a link.
  func anchors() throws -> [String] {
    try prose().split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
      heading.drop { $0 == "#" || $0 == " " }.lowercased()
        .filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.replacing(" ", with: "-")
    }
  }
}

/// The documentation against the program. `UPDATE_DOCS=1 swift test --filter ReadmeTests` writes the
/// generated parts anew, and fails so that a recording is never taken for a test.
@Suite(.serialized) struct ReadmeTests {
  @Test("the keys in the documentation are the program's")
  func keys() throws {
    try check("keys", in: ".docs/keys.md", Self.block(Self.output(["--print-keys"])))
  }

  @Test("the command line in the documentation is the program's, with every subcommand")
  func options() throws {
    let page = ".docs/command-line.md"
    let help = try Self.output(["--help"])
    try check("wizard", in: page, Self.block(help))
    let listed = try #require(help.components(separatedBy: "\nSUBCOMMANDS:\n").last)
    let commands = listed.components(separatedBy: "\n\n")[0].split(separator: "\n")
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(commands.contains("render") && commands.contains("version"))
    for command in commands {
      try check(command, in: page, Self.block(Self.output([command, "--help"])))
    }
  }

  @Test("the rules in the documentation are the linter's")
  func rules() throws {
    var lines = [
      "| rule | name | severity | reported by | --fix | problem |", "|---|---|---|---|---|---|",
    ]
    for rule in Rule.everything {
      let title = rule.title.replacing("|", with: "\\|").replacing("<", with: "\\<")
      let fix = rule.repair == .none ? "" : rule.repair.rawValue
      lines.append(
        "| \(rule.id) | \(rule.slug) | \(rule.severity) | \(rule.source) | \(fix) | \(title) |")
    }
    try check("rules", in: ".docs/rules.md", lines.joined(separator: "\n"))
  }

  @Test("the test command stands on a line of its own, where .ci/run looks for it")
  func commands() throws {
    let lines = try Page.readme.text().split(separator: "\n")
    #expect(lines.contains("sh .ci/setup && swift run -c release aigw-wizard"))
    #expect(
      lines.first { $0.hasPrefix("sh .ci/setup test && ") } == "sh .ci/setup test && swift test")
  }

  @Test("README.md is at most 10 KiB: what is more belongs in .docs")
  func size() throws {
    #expect(try Page.readme.text().utf8.count <= 10_240)
  }

  @Test("the changes begin with the version of the program")
  func changes() throws {
    let file = Page.root.appending(path: ".github/CHANGELOG.md")
    let heading = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .first { $0.hasPrefix("## ") }
    #expect(try Self.output(["--version"]) == "aigw-wizard \(heading?.dropFirst(3) ?? "")\n")
  }

  @Test("every folder of Sources stands in the map")
  func map() throws {
    let text = try Page.contributing.text()
    let sources = Page.root.appending(path: "Sources").path
    for folder in try FileManager.default.contentsOfDirectory(atPath: sources) {
      #expect(text.contains("`\(folder)`"), "\(folder)")
    }
  }

  @Test("every file that a page names exists", arguments: Page.all)
  func paths(page: Page) throws {
    for piece in try page.text().split(separator: "`") {
      guard piece.hasPrefix("Sources/") || piece.hasPrefix("Tests/"), !piece.contains(" ") else {
        continue
      }
      let path = Page.root.appending(path: String(piece)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(piece)")
    }
  }

  @Test(
    "every link between the pages leads to a file and a heading that exist", arguments: Page.all)
  func links(page: Page) throws {
    for link in try page.links() where !link.contains("://") {
      let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
      let file =
        parts[0].isEmpty
        ? page.file : page.file.deletingLastPathComponent().appending(path: parts[0])
      #expect(FileManager.default.fileExists(atPath: file.path), "\(link)")
      guard parts.count > 1 else { continue }
      let target = try #require(
        Page.all.first { $0.file.standardizedFileURL == file.standardizedFileURL }, "\(link)")
      #expect(try target.anchors().contains(parts[1]), "\(link)")
    }
  }

  @Test("every page of the documentation can be reached from README.md")
  func reached() throws {
    let links = try Page.readme.links()
    for page in Page.all where page.path != Page.readme.path {
      #expect(links.contains { $0.split(separator: "#").first == page.path[...] }, "\(page.path)")
    }
  }

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

  /// Compares what stands in a page between `<!-- NAME -->` and `<!-- /NAME -->` with what should.
  private func check(_ name: String, in path: String, _ wanted: String) throws {
    let page = Page(path: path)
    let text = try page.text()
    let begin = try #require(text.range(of: "<!-- \(name) -->\n"), "\(path) has no \(name)")
    let end = try #require(
      text.range(of: "<!-- /\(name) -->", range: begin.upperBound..<text.endIndex))
    let wanted = wanted + "\n"
    let range = begin.upperBound..<end.lowerBound
    if ProcessInfo.processInfo.environment["UPDATE_DOCS"] == "1" {
      let updated = text.replacingCharacters(in: range, with: wanted)
      try updated.write(to: page.file, atomically: true, encoding: .utf8)
      Issue.record("wrote \(name); run without UPDATE_DOCS to test")
    } else {
      #expect(
        text[range] == wanted,
        "\(name) in \(path) is stale: UPDATE_DOCS=1 swift test --filter ReadmeTests writes it anew")
    }
  }
}
