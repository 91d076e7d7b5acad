import Corpus
import Testing

@testable import YAML

@Suite("source files")
struct SourceFileTests {
  @Test("a file without an edit is saved as it was", arguments: Corpus.all)
  func identity(sample: Corpus.Sample) {
    let sourceFile = SourceFile(sample.bytes)
    let revision = sourceFile.revised(sourceFile.documents)
    #expect(revision.bytes == sample.bytes)
    #expect(revision.reprinted.isEmpty)
  }

  /// A file, which items of `l` stay, and the file then.
  private static let ends: [(before: String, stay: [Int], after: String)] = [
    ("l:\n- a\n\n- b\n", [0], "l:\n- a\n"),
    ("l:\n- a\n\n- b\n\n- c\n", [0], "l:\n- a\n"),
    ("l:\n- a\n\n- b\n\n- c\n", [0, 1], "l:\n- a\n\n- b\n"),
    ("l:\n- a\n\n- b\n\n- c\n", [0, 2], "l:\n- a\n\n\n- c\n"),
    ("l:\n- a\n\n# of b\n- b\n", [0], "l:\n- a\n"),
    ("l:\n- a\n\n# of none\n\n- b\n", [0], "l:\n- a\n\n# of none\n"),
    ("l:\r\n- a\r\n\r\n- b\r\n", [0], "l:\r\n- a\r\n"),
    ("l:\n- a\n\n- b", [0], "l:\n- a"),
    ("l:\n- |+\n  a\n\n- b\n", [0], "l:\n- |+\n  a\n\n"),
    ("l:\n- n: a\n\n- n: b\n\nm: 1\n", [0], "l:\n- n: a\n\nm: 1\n"),
  ]

  @Test("what leaves the end of a list takes the blank lines above it along", arguments: ends)
  func end(before: String, stay: [Int], after: String) throws {
    let sourceFile = SourceFile(Array(before.utf8))
    let root = try #require(sourceFile.documents.first)
    let items = root["l"]?.items ?? []
    let revision = sourceFile.revised([
      root.replacing(Path([.key("l")]), with: .sequence(stay.map { items[$0] }))
    ])
    #expect(String(decoding: revision.bytes, as: UTF8.self) == after)
    #expect(revision.reprinted.isEmpty)
  }

  @Test(
    "a document that leaves the end of a file leaves no blank line there",
    arguments: [
      ("a: 1\n\n---\nb: 2\n", "a: 1\n"), ("a: 1\n---\n\nb: 2\n", "a: 1\n"),
      ("a: 1\n\n# kept\n\n---\nb: 2\n", "a: 1\n\n# kept\n"),
      ("a: |+\n  x\n\n---\nb: 2\n", "a: |+\n  x\n\n"),
    ])
  func lastDocument(before: String, after: String) {
    let sourceFile = SourceFile(Array(before.utf8))
    let revision = sourceFile.revised([sourceFile.documents[0], nil])
    #expect(String(decoding: revision.bytes, as: UTF8.self) == after)
    #expect(revision.reprinted.isEmpty)
  }

  @Test("the printed text of a file is the file, but for its marks", arguments: Corpus.all)
  func printedText(sample: Corpus.Sample) throws {
    let sourceFile = SourceFile(sample.bytes)
    try #require(
      sourceFile.parsed.problems.allSatisfy { $0.severity != .error } || sample.isTangled)
    for index in sourceFile.documents.indices {
      let sourceDocument = try #require(sourceFile.sourceDocument(ofDocument: index))
      #expect(sample.isTangled || !sourceDocument.isTangled)
      var printer = Printer()
      let printedText = printer.print([sourceFile.documents[index]], from: [sourceDocument])
      #expect(printedText.bytes == sourceDocument.bytes)
      for (path, _) in sourceFile.documents[index].leaves(at: .root) where !sourceDocument.isTangled
      {
        guard let lines = printedText.lines(of: path, in: 0),
          let span = sourceFile.parsed.documents[index].map.span(of: path)
        else {
          Issue.record("\(path) has no lines")
          continue
        }
        let first = sourceFile.parsed.documents[index].start.line
        let firstHere = printedText.firstLine
        #expect(lines.lowerBound - firstHere == span.start.line - first, "\(path)")
        #expect(printedText.origin(ofLine: lines.lowerBound) != nil)
      }
    }
  }
}

extension PrintedText {
  /// The line on which the root of the first document begins.
  fileprivate var firstLine: Int { lines(of: .root, in: 0)?.lowerBound ?? 0 }
}
