/// A file of documents as its author wrote it.
package struct Manuscript: Sendable {
  package let bytes: [UInt8]
  /// The documents that are not empty, in the order of the file.
  package var documents: [Node] { parsed.documents.map(\.root) }
  /// What was read, with the place of each node and everything found wrong.
  package let parsed: Parsed
  private let parts: [Part]
  /// The part that holds each document.
  private let partOfDocument: [Int]
  private let parser: Parser

  package init(_ bytes: [UInt8], parser: Parser = Parser()) {
    self.bytes = bytes
    self.parser = parser
    parsed = parser.parse(bytes)
    let parts = Partition(bytes).parts
    self.parts = parts
    partOfDocument = parsed.documents.map { document in
      parts.firstIndexAfter { $0.line < document.start.line } - 1
    }
  }

  /// One document's own text, for a listing that shows what will be saved.
  package func passage(ofDocument index: Int) -> Passage? {
    guard partOfDocument.indices.contains(index), parts.indices.contains(partOfDocument[index])
    else { return nil }
    let part = parts[partOfDocument[index]]
    let start = part.range.lowerBound
    return Passage(
      root: parsed.documents[index].root, bytes: Array(bytes[part.range]),
      body: part.bodyStart - start..<part.bodyEnd - start)
  }

  /// The file with other documents in their place; nil takes one away.
  ///
  /// Documents beyond those of the file are left out of account; `appended` ones go to its end.
  package func revised(_ documents: [Node?], appending appended: [Node] = []) -> Revision {
    var revision = Revision()
    var isClosed = true
    for (number, part) in parts.enumerated() {
      let index = partOfDocument.firstIndex(of: number)
      guard let index, documents.indices.contains(index) else {
        revision.bytes += bytes[part.range]
        continue
      }
      guard let document = documents[index] else { continue }
      if !part.hasMarker, !isClosed { revision.bytes += Array("---\n".utf8) }
      if document == parsed.documents[index].root {
        revision.bytes += bytes[part.range]
      } else {
        revision.bytes += bytes[part.range.lowerBound..<part.bodyStart]
        revision.append(document)
        revision.bytes += bytes[part.bodyEnd..<part.range.upperBound]
        revision.reprinted.append((index, .root))
      }
      isClosed = part.isClosed
    }
    for document in appended {
      if let last = revision.bytes.last {
        if last != Byte.newline { revision.bytes.append(Byte.newline) }
        revision.bytes += Array("---\n".utf8)
      }
      revision.append(document)
    }
    return revision
  }
}

/// A file after an edit.
package struct Revision: Sendable {
  package fileprivate(set) var bytes: [UInt8] = []
  /// What had to be printed anew, its comments lost and its style ours: the number of the document
  /// in the file before the edit, and the path there.
  package fileprivate(set) var reprinted: [(document: Int, path: Path)] = []

  fileprivate mutating func append(_ document: Node) {
    if let last = bytes.last, last != Byte.newline { bytes.append(Byte.newline) }
    var printer = Printer()
    bytes += printer.listing(of: [document]).bytes
  }
}
