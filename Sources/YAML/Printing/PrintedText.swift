/// The exact text of some documents as lines, each of which knows the node it came from.
///
/// The preview draws from it, `lines(of:in:)` finds the lines of a focused field, and a save writes
/// its bytes. After an edit a `Printer` makes the next text, which shares the lines of all that
/// stayed as it was: an edit costs its own lines. Lines and documents count from 0. Between two
/// documents stands a line `---`, which the second one brings along if its author wrote it.
package struct PrintedText: Sendable {
  let printedDocuments: [PrintedDocument]
  /// The line of each document's first line.
  let starts: [Int]
  /// How many lines the text has.
  package let lineCount: Int

  private static let separator: [UInt8] = [Byte.dash, Byte.dash, Byte.dash]

  /// The printed text of no document at all.
  package init() { self.init(printedDocuments: []) }

  init(printedDocuments: [PrintedDocument]) {
    var starts: [Int] = []
    starts.reserveCapacity(printedDocuments.count)
    var line = 0
    for printedDocument in printedDocuments {
      if !starts.isEmpty, !printedDocument.hasMarker { line += 1 }
      starts.append(line)
      line += printedDocument.lineCount
    }
    self.printedDocuments = printedDocuments
    self.starts = starts
    lineCount = line
  }

  /// The bytes of one line without its newline; none beyond the last line.
  package func line(_ line: Int) -> ArraySlice<UInt8> {
    guard let document = document(ofLine: line) else { return [] }
    let below = line - starts[document]
    return below < printedDocuments[document].lineCount
      ? printedDocuments[document].line(below) : PrintedText.separator[...]
  }

  /// The whole text in UTF-8; every line ends in a newline.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(printedDocuments.reduce(0) { $0 + $1.byteCount + 4 })
    for (index, printedDocument) in printedDocuments.enumerated() {
      if index > 0, !printedDocument.hasMarker {
        bytes.append(contentsOf: PrintedText.separator)
        bytes.append(Byte.newline)
      }
      for segment in printedDocument.segments {
        bytes.append(
          contentsOf: segment.printedNode.bytes[segment.printedNode.bytes(of: segment.lines)])
      }
    }
    return bytes
  }

  /// The whole text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The lines of one document.
  package func lines(ofDocument document: Int) -> Range<Int>? {
    guard printedDocuments.indices.contains(document) else { return nil }
    return starts[document]..<starts[document] + printedDocuments[document].lineCount
  }

  /// All lines of a node, its key's line included; nil where there is no such node.
  package func lines(of path: Path, in document: Int) -> Range<Int>? {
    guard printedDocuments.indices.contains(document),
      let lines = printedDocuments[document].lines(of: path)
    else {
      return nil
    }
    return lines.lowerBound + starts[document]..<lines.upperBound + starts[document]
  }

  /// The innermost node that begins on a line, or that holds the line where none begins there
  /// (within a literal block); nil on `---` and beyond the last line.
  package func origin(ofLine line: Int) -> (document: Int, path: Path)? {
    guard let document = document(ofLine: line),
      let path = printedDocuments[document].path(ofLine: line - starts[document])
    else { return nil }
    return (document, path)
  }

  /// The document on or below whose first line a line stands; `---` counts to the one before.
  private func document(ofLine line: Int) -> Int? {
    guard line >= 0, line < lineCount else { return nil }
    return starts.firstIndexAfter { $0 <= line } - 1
  }
}

extension Array {
  /// The first index whose element fails a condition that holds for a front part only.
  func firstIndexAfter(_ condition: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if condition(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
