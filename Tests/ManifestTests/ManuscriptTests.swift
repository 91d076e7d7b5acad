import Corpus
import Testing

@testable import Manifest

@Suite("manuscripts")
struct ManuscriptTests {
  @Test("a file without an edit is saved as it was", arguments: Corpus.all)
  func identity(sample: Corpus.Sample) {
    let manuscript = Manuscript(sample.bytes)
    let revision = manuscript.revised(manuscript.documents)
    #expect(revision.bytes == sample.bytes)
    #expect(revision.reprinted.isEmpty)
  }

  @Test("the listing of a file is the file, but for its marks", arguments: Corpus.all)
  func listing(sample: Corpus.Sample) throws {
    let manuscript = Manuscript(sample.bytes)
    try #require(
      manuscript.parsed.problems.allSatisfy { $0.severity != .error } || sample.isTangled)
    for index in manuscript.documents.indices {
      let passage = try #require(manuscript.passage(ofDocument: index))
      #expect(sample.isTangled || !passage.isTangled)
      var printer = Printer()
      let listing = printer.listing(of: [manuscript.documents[index]], from: [passage])
      #expect(listing.bytes == passage.bytes)
      for (path, _) in manuscript.documents[index].leaves(at: .root) where !passage.isTangled {
        guard let lines = listing.lines(of: path, in: 0),
          let span = manuscript.parsed.documents[index].map.span(of: path)
        else {
          Issue.record("\(path) has no lines")
          continue
        }
        let first = manuscript.parsed.documents[index].start.line
        let firstHere = listing.firstLine
        #expect(lines.lowerBound - firstHere == span.start.line - first, "\(path)")
        #expect(listing.origin(ofLine: lines.lowerBound) != nil)
      }
    }
  }
}

extension Listing {
  /// The line on which the root of the first document begins.
  fileprivate var firstLine: Int { lines(of: .root, in: 0)?.lowerBound ?? 0 }
}
