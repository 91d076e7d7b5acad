import Corpus
import Testing

@testable import YAML

/// Every kind of edit at random places of every style.
@Suite("splicing")
struct SplicingTests {
  @Test("an edit says what it shall, and touches no line but its own", arguments: Corpus.all)
  func edits(sample: Corpus.Sample) throws {
    let sourceFile = SourceFile(sample.bytes)
    var seeded = Seeded(UInt64(sample.bytes.count))
    for (index, document) in sourceFile.parsed.documents.enumerated() {
      let text = SourceText(sample.bytes, document.map)
      let sourceDocument = try #require(sourceFile.sourceDocument(ofDocument: index))
      for kind in RandomEdit.Kind.allCases {
        for _ in 0..<Self.rounds {
          guard let edit = RandomEdit(kind, of: document.root, text, &seeded) else { continue }
          var documents = sourceFile.documents
          documents[index] = edit.root
          let revision = sourceFile.revised(documents)
          let read = Parser().parse(revision.bytes).documents.map(\.root)
          #expect(read == documents, "\(kind) at \(edit.path)")
          var printer = Printer()
          let printedText = printer.print([edit.root], from: [sourceDocument])
          #expect(printedText.isWithin(revision.bytes), "\(kind) at \(edit.path)")
          if !revision.reprinted.isEmpty {
            #expect(sample.isTangled, "\(kind) at \(edit.path): \(revision.reprinted)")
            continue
          }
          let mayCount = text.lines.count == sample.bytes.lines(in: 0..<sample.bytes.count).count
          guard mayCount, !edit.path.isRoot || kind != .subtree else { continue }
          let isRemoval = kind == .removeItem || kind == .removeKey
          let kept = text.lines.indices.filter { !edit.touched.contains($0) }.map { text.lines[$0] }
            // Blank lines above what leaves the end of a block go with it.
            .filter { !isRemoval || !$0.allSatisfy(Byte.isSpace) }
          let lines = SourceText.lines(of: revision.bytes)
          if let lost = kept.firstMissing(in: lines) {
            Issue.record(
              """
              \(kind) at \(edit.path) lost \(String(decoding: kept[lost], as: UTF8.self))
              \(edit.touched.sorted())
              \(unifiedDiff(old: sample.bytes, new: revision.bytes, context: 0).map { "\($0.kind) \($0.text)" }.joined(separator: "\n"))
              """)
          }
        }
      }
    }
  }

  private static let rounds = 4

  @Test(
    "edit after edit, the printed text is what a new one and the file are", arguments: Corpus.all)
  func chains(sample: Corpus.Sample) throws {
    let sourceFile = SourceFile(sample.bytes)
    var seeded = Seeded(17)
    for (index, document) in sourceFile.parsed.documents.enumerated() {
      let text = SourceText(sample.bytes, document.map)
      let sourceDocument = try #require(sourceFile.sourceDocument(ofDocument: index))
      var printer = Printer()
      var tracker = ChangeTracker(
        baseline: printer.print([document.root], from: [sourceDocument]))
      var root = document.root
      for step in 0..<24 {
        let kind = seeded.pick(RandomEdit.Kind.allCases)
        guard let edit = RandomEdit(kind, of: root, text, &seeded), root.childCount < 100 else {
          continue
        }
        root = step % 15 == 14 ? document.root : edit.root
        let printedText = printer.print([root], from: [sourceDocument])
        var fresh = Printer()
        #expect(printedText.bytes == fresh.print([root], from: [sourceDocument]).bytes)
        #expect(printedText.lineCount == printedText.bytes.count { $0 == Byte.newline })
        #expect(tracker.marks(of: printedText).marks.count == printedText.lineCount)
        for (path, _) in root.places where sourceDocument.isTangled == false {
          let lines = printedText.lines(of: path, in: 0)
          #expect(lines != nil && (lines?.upperBound ?? 0) <= printedText.lineCount, "\(path)")
        }
        if step % 8 == 7 {
          var documents = sourceFile.documents
          documents[index] = root
          let revision = sourceFile.revised(documents)
          #expect(printedText.isWithin(revision.bytes))
          #expect(Parser().parse(revision.bytes).documents.map(\.root) == documents)
        }
      }
    }
  }

  @Test("documents may go, and new ones come to the end", arguments: Corpus.all)
  func documents(sample: Corpus.Sample) {
    let sourceFile = SourceFile(sample.bytes)
    let added = [Node.map(["kind": .string("New")]), .map(["kind": .string("Newer")])]
    for index in sourceFile.documents.indices {
      var documents: [Node?] = sourceFile.documents
      documents[index] = nil
      for appended in [[], added] {
        let revision = sourceFile.revised(documents, appending: appended)
        let read = Parser().parse(revision.bytes).documents.map(\.root)
        #expect(read == documents.compactMap { $0 } + appended)
        #expect(revision.reprinted.isEmpty)
      }
    }
  }

  @Test("damaged text is kept or refused, and never stops the program")
  func damage() {
    var seeded = Seeded(23)
    let pieces = Array("-: #\n\r\t[]{}\"'|>&*!?%,.a1<".utf8)
    for sample in Corpus.styles {
      for _ in 0..<30 {
        var bytes = Array(sample.bytes.prefix(3000))
        for _ in 0..<Int.random(in: 1...4, using: &seeded) where !bytes.isEmpty {
          let place = Int.random(in: 0..<bytes.count, using: &seeded)
          if Bool.random(using: &seeded) { bytes.remove(at: place) }
          bytes.insert(seeded.pick(pieces), at: min(place, bytes.count))
        }
        let sourceFile = SourceFile(bytes)
        #expect(sourceFile.revised(sourceFile.documents).bytes == bytes)
        guard !sourceFile.parsed.hasErrors else { continue }
        for (index, root) in sourceFile.documents.enumerated() {
          guard let place = root.places.randomElement(using: &seeded) else { continue }
          var documents = sourceFile.documents
          documents[index] = root.replacing(place.path, with: .string("changed"))
          let revision = sourceFile.revised(documents)
          #expect(Parser().parse(revision.bytes).documents.map(\.root) == documents)
        }
      }
    }
  }
}

extension PrintedText {
  /// Whether the printed text, but for a newline that the file lacks, stands in a file.
  fileprivate func isWithin(_ file: [UInt8]) -> Bool {
    let all = bytes
    return file.contains(run: all[...]) || file.contains(run: all.dropLast())
      || all.suffix(2) == [13, 10] && file.contains(run: all.dropLast(2))
  }
}

extension [UInt8] {
  fileprivate func contains(run: ArraySlice<UInt8>) -> Bool {
    guard let first = run.first else { return true }
    for start in indices where self[start] == first && start + run.count <= count {
      if self[start..<start + run.count] == run { return true }
    }
    return false
  }
}

extension [ArraySlice<UInt8>] {
  /// The first line that is not among others in the same order; nil where all are.
  fileprivate func firstMissing(in others: [ArraySlice<UInt8>]) -> Int? {
    var next = 0
    for (index, line) in enumerated() {
      while next < others.count, others[next].trimmed != line.trimmed { next += 1 }
      if next == others.count { return index }
      next += 1
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// The line without its newline, which the last line of a file may gain.
  fileprivate var trimmed: ArraySlice<UInt8> {
    self[..<(lastIndex { $0 != 10 && $0 != 13 }.map { $0 + 1 } ?? startIndex)]
  }
}
