import Foundation
import Lint
import Testing

/// The sources of the rules: one a file, called after it, in the folder of its source, and listed.
@Suite struct RuleFileTests {
  /// A rule as its file declares it.
  private struct Declaration {
    let name: String
    let id: String

    /// `L23NoListener`, `CelP1OnlyGateways` or `ObjectSize`; acronyms in their own letters.
    var file: String {
      let start = id.prefix { $0 != "." }
      let isNumbered = start.hasPrefix("L") && start.dropFirst().allSatisfy(\.isNumber)
      return (isNumbered ? start : start == "cel" ? "cel" + id.dropFirst(4) : "") + name
    }
  }

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Lint/Rules")

  private static func declarations(in text: String) -> [Declaration] {
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    return zip(lines, lines.dropFirst()).compactMap { line, next in
      let words = line.split { " :=(".contains($0) }
      guard line.hasPrefix("static let "), words.count > 2, words[3...].first == "Rule" else {
        return nil
      }
      return Declaration(
        name: String(words[2]), id: String(next.split(separator: "\"").first ?? ""))
    }
  }

  /// What is wrong with a file, named by its way from the folder of the rules.
  private static func problems(of file: String, _ text: String) -> [String] {
    let declarations = declarations(in: text)
    guard declarations.count == 1, let declaration = declarations.first else {
      return ["\(file) declares \(declarations.map(\.name)), not one rule"]
    }
    guard let rule = Rule.all.first(where: { $0.id == declaration.id }) else {
      return ["\(file): \(declaration.name) is not in Rule.all"]
    }
    let place = "\(rule.source.rawValue)/\(declaration.file).swift"
    return file.lowercased() == place.lowercased() ? [] : ["\(file) belongs at \(place)"]
  }

  @Test("a file holds one rule, is called after it and stands in the folder of its source")
  func files() throws {
    let all = try #require(
      FileManager.default.enumerator(at: Self.folder, includingPropertiesForKeys: nil))
    var ids: [String] = []
    for case let url as URL in all where url.pathExtension == "swift" {
      let text = try String(contentsOf: url, encoding: .utf8)
      let file = url.pathComponents.suffix(2).joined(separator: "/")
      #expect(Self.problems(of: file, text) == [])
      ids += Self.declarations(in: text).map(\.id)
    }
    #expect(ids.sorted() == Rule.all.map(\.id).sorted())
  }

  @Test(
    "a file of two rules, in a wrong place or of a rule that is not listed is found",
    arguments: [
      ("Controller/L23NoListener.swift", ["L23"], true),
      ("Advice/L23NoListener.swift", ["L23"], false),
      ("Controller/L23.swift", ["L23"], false),
      ("Controller/L23NoListener.swift", ["L23", "L23.policy"], false),
      ("Controller/L23NoListener.swift", [], false),
      ("Advice/L2300NoListener.swift", ["L2300"], false),
    ])
  func wrongFile(file: String, ids: [String], isRight: Bool) {
    let rules = ids.map {
      "  static let noListener = Rule(\n    \"\($0)\", .error, .controller, \"a\", .elsewhere)\n"
    }
    let text = "extension Rule {\n\(rules.joined(separator: "\n"))}\n"
    #expect(Self.problems(of: file, text).isEmpty == isRight)
  }
}
