import Foundation
import Testing

/// What architecture allows, read from the sources themselves.
@Suite("architecture")
struct ArchitectureTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The modules each folder of Sources may import; system modules stand in their one place.
  private static let allowed: [String: Set<String>] = [
    "YAML": ["CLibYAML", "Glibc", "Musl"],
    "Schemas": ["YAML"],
    "RE2": [],
    "Resources": ["Schemas", "YAML", "RE2", "Glibc", "Musl", "Synchronization"],
    "Lint": ["Schemas", "YAML", "RE2", "Resources"],
    "Simulation": ["Schemas", "YAML", "RE2", "Resources", "Lint", "Synchronization"],
    "Cluster": [
      "Schemas", "YAML", "Resources", "Lint", "Subprocess", "SystemPackage", "Glibc", "Musl",
      "Synchronization",
      "Dispatch",
    ],
    "RouteForm": ["Schemas", "Lint", "YAML", "Resources"],
    "Screen": ["Glibc", "Musl"],
    "Wizard": [
      "Schemas", "Lint", "YAML", "Resources", "RouteForm", "Screen", "Simulation",
    ],
    "Linear": [
      "Schemas", "Lint", "YAML", "Resources", "RouteForm", "Simulation", "Wizard",
    ],
    "Terminal": ["CNcurses", "Screen", "Glibc", "Musl", "Synchronization", "Dispatch"],
    "aigw-wizard": [
      "Terminal", "Schemas", "Lint", "YAML", "Resources", "RouteForm", "Screen", "Simulation",
      "Wizard", "Cluster", "Linear", "ArgumentParser", "Glibc", "Musl", "Synchronization",
      "Dispatch",
    ],
    "benchmark": [
      "Lint", "YAML", "RouteForm", "Screen", "Simulation", "Wizard", "Glibc", "Musl",
    ],
    "CNcurses": [], "CLibYAML": [],
  ]

  private static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private static func sources(in folder: URL) -> [URL] {
    guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    else { return [] }
    return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  /// The module of a line such as `package import YAML`, nil for any other line.
  private static func module(importedBy line: Substring) -> String? {
    var words = line.split(separator: " ")[...]
    while let first = words.first,
      ["package", "public", "internal", "private", "@testable"].contains(first)
    {
      words.removeFirst()
    }
    guard words.popFirst() == "import" else { return nil }
    return words.last.map { String($0.split(separator: ".").first ?? $0) }
  }

  @Test("every folder of Sources imports only what it may know")
  func imports() throws {
    let sources = Self.root.appendingPathComponent("Sources")
    for folder in try Self.names(in: sources) {
      let allowed = try #require(Self.allowed[folder], "Sources/\(folder) has no rule here")
      for file in Self.sources(in: sources.appendingPathComponent(folder)) {
        let text = try String(contentsOf: file, encoding: .utf8)
        for line in text.split(separator: "\n") {
          guard let module = Self.module(importedBy: line.drop { $0 == " " }) else { continue }
          #expect(allowed.contains(module), "\(folder)/\(file.lastPathComponent): \(line)")
        }
      }
    }
  }

  @Test("libyaml and ncurses are each imported by few files, all in one folder")
  func systemLibraries() throws {
    for (module, folder, most) in [("CLibYAML", "YAML", 1), ("CNcurses", "Terminal", 6)] {
      var files: [String] = []
      for file in Self.sources(in: Self.root.appendingPathComponent("Sources/\(folder)")) {
        let text = try String(contentsOf: file, encoding: .utf8)
        if text.split(separator: "\n").contains(where: { Self.module(importedBy: $0) == module }) {
          files.append(file.lastPathComponent)
        }
      }
      #expect((1...most).contains(files.count), "\(module): \(files)")
    }
  }

  @Test("no source gives up on input")
  func traps() throws {
    let words = ["try!", "fatalError(", "preconditionFailure(", "unsafeBitCast(", "TODO", "FIXME"]
    for file in Self.sources(in: Self.root.appendingPathComponent("Sources")) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for word in words {
        #expect(!text.contains(word), "\(file.lastPathComponent): \(word)")
      }
    }
  }

  @Test("no switch over an enum of ours has a default: a new case is met everywhere")
  func defaults() throws {
    for file in Self.sources(in: Self.root.appendingPathComponent("Sources")) {
      let lines = try String(contentsOf: file, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated()
      where line.drop(while: { $0 == " " }) == "default:"
        || line.drop(while: { $0 == " " }).hasPrefix("default: ")
      {
        let indent = line.prefix { $0 == " " }
        let cases = lines[..<number].reversed()
          .prefix { !($0.hasPrefix(indent) && $0.contains("switch ") && $0.hasSuffix("{")) }
          .filter { $0.hasPrefix("\(indent)case ") }
          .map { $0.dropFirst(indent.count + 5) }
        // A case of Swift's own enums, or a range without a lower bound.
        let isOurs = cases.contains {
          $0.hasPrefix(".") && !$0.hasPrefix("..") && !$0.hasPrefix(".some(")
        }
        let isForeign =
          lines[..<number].last { $0.contains("switch ") }?
          .contains("generalCategory") ?? false
        #expect(!isOurs || isForeign, "\(file.lastPathComponent):\(number + 1)")
      }
    }
  }

  @Test("nothing is public: what crosses modules is package")
  func access() throws {
    for file in Self.sources(in: Self.root.appendingPathComponent("Sources")) {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        #expect(
          !line.drop { $0 == " " }.hasPrefix("public "), "\(file.lastPathComponent): \(line)")
      }
    }
  }

  @Test("each module begins with a file of its own name: what it is for, and its invariants")
  func invariants() throws {
    let sources = Self.root.appendingPathComponent("Sources")
    for folder in [
      "YAML", "Schemas", "RE2", "Resources", "Lint", "Simulation", "RouteForm", "Screen", "Wizard",
      "Terminal", "Cluster",
    ] {
      let file = sources.appendingPathComponent("\(folder)/\(folder).swift")
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.hasPrefix("// ") && text.contains("// Invariants of this module"), "\(folder)")
    }
  }

  @Test("the top of the repository holds what was asked for and nothing else")
  func topLevel() throws {
    let allowed: Set<String> = [
      "Package.swift", "Package.resolved", "Sources", "Tests", "screenshots", "README.md",
    ]
    for name in try Self.names(in: Self.root) where !name.hasPrefix(".") {
      #expect(allowed.contains(name), "\(name)")
    }
  }

  @Test("no text names a document that is not in the repository")
  func foreignDocuments() throws {
    // In two parts, so that this file passes.
    let foreign =
      ["domain", "ux", "mission", "backends", "architecture", "review"].map { $0 + ".md" }
      + ["../" + "shared"]
    for top in ["README.md", "Package.swift", ".ci", ".docs", ".github", "Sources", "Tests"] {
      let url = Self.root.appendingPathComponent(top)
      let below = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)
      for file in [url] + (below?.allObjects ?? []).compactMap({ $0 as? URL }) {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
        for name in foreign {
          let isNamed = text.ranges(of: name).contains { range in
            text[..<range.lowerBound].last?.isLetter != true
          }
          #expect(!isNamed, "\(file.path) names \(name)")
        }
      }
    }
  }
}
