/// A file of documents as its author wrote it.
package struct SourceFile: Sendable {
  package let bytes: [UInt8]
  /// The documents that are not empty, in the order of the file.
  package var documents: [Node] { parsed.documents.map(\.root) }
  /// What was read, with the place of each node and everything found wrong.
  package let parsed: Parsed
  private let parser: Parser

  package init(_ bytes: [UInt8], parser: Parser = Parser()) {
    self.bytes = bytes
    self.parser = parser
    parsed = parser.parse(bytes)
  }

  /// One document's own text, for a printed text that shows what will be saved.
  package func sourceDocument(ofDocument index: Int) -> SourceDocument? {
    guard parsed.documents.indices.contains(index) else { return nil }
    let document = parsed.documents[index]
    return SourceDocument(document, parsed.parts[document.part], of: bytes, parser: parser)
  }

  /// The file with other documents in their place; nil takes one away.
  ///
  /// Documents that are left out at the end stay; `appended` ones go to the end of the file. What
  /// comes out was read again and says these documents.
  package func revised(_ documents: [Node?], appending appended: [Node] = []) -> EditedFile {
    let wanted = parsed.documents.indices.compactMap { index in
      index < documents.count ? documents[index] : parsed.documents[index].root
    }
    if appended.isEmpty, wanted.elementsEqual(parsed.documents.lazy.map(\.root)) {
      var revision = EditedFile()
      revision.bytes = bytes
      return revision
    }
    var revision = edited(documents)
    revision.append(appended, inLinesOf: bytes)
    if appended.isEmpty, documents.count == parsed.documents.count, documents.last == .some(nil) {
      // The blank lines above a document that left the end of the file, unless a text needs them.
      var shorter = revision
      shorter.dropBlankEnd()
      if says(wanted, shorter) { return shorter }
    }
    if says(wanted + appended, revision) { return revision }
    revision = EditedFile()
    revision.append(wanted + appended, inLinesOf: [])
    revision.reprinted = wanted.indices.map { ($0, .root) }
    return revision
  }

  private func says(_ documents: [Node], _ revision: EditedFile) -> Bool {
    parser.parse(revision.bytes).documents.map(\.root) == documents
  }

  private func edited(_ documents: [Node?]) -> EditedFile {
    var revision = EditedFile()
    revision.bytes += bytes.byteOrderMark
    var numbers = [Int?](repeating: nil, count: parsed.parts.count)
    for (index, document) in parsed.documents.enumerated() { numbers[document.part] = index }
    var before: DocumentRange?
    var isGone = false
    for (part, number) in zip(parsed.parts, numbers) {
      // What stands behind the end of a document goes with it.
      if !part.isBehindEnd {
        isGone = number.map { $0 < documents.count && documents[$0] == nil } ?? false
      }
      guard !isGone else { continue }
      let needsNoMarker =
        part.hasMarker || part.isBehindEnd || before == nil
        || part.isJSON && before?.isJSON == true
      before = part
      guard let number, number < documents.count, let document = documents[number],
        document != parsed.documents[number].root,
        let sourceDocument = sourceDocument(ofDocument: number)
      else {
        revision.add(bytes[part.range], after: needsNoMarker)
        continue
      }
      let revised = sourceDocument.revised(document)
      revision.add(revised.bytes[...], after: needsNoMarker)
      for path in revised.reprinted { revision.reprinted.append((number, path)) }
    }
    return revision
  }
}

/// A file after an edit.
package struct EditedFile: Sendable {
  package fileprivate(set) var bytes: [UInt8] = []
  /// What had to be printed anew, its comments lost and its style ours: the number of the document
  /// in the file before the edit, and the path there.
  package fileprivate(set) var reprinted: [(document: Int, path: Path)] = []

  /// Adds a part, with a line `---` before it where it needs one.
  fileprivate mutating func add(_ part: ArraySlice<UInt8>, after isSeparate: Bool) {
    if let last = bytes.last, bytes.count > bytes.byteOrderMark.count {
      if last != Byte.newline { bytes.append(Byte.newline) }
      if !isSeparate { bytes.append(contentsOf: EditedFile.separator) }
    }
    bytes.append(contentsOf: part)
  }

  /// Takes away the blank lines at the end.
  fileprivate mutating func dropBlankEnd() {
    guard let last = bytes.lastIndex(where: { !Byte.isSpace($0) }),
      let newline = bytes[last...].firstIndex(of: Byte.newline)
    else { return }
    bytes.removeSubrange((newline + 1)...)
  }

  /// Adds documents of our own, their lines ended as in a file.
  fileprivate mutating func append(_ documents: [Node], inLinesOf file: [UInt8]) {
    var printer = Printer()
    for document in documents {
      let text = printer.print([document]).bytes
      let newline = file.firstIndex(of: Byte.newline) ?? 0
      guard newline > 0, file[newline - 1] == Byte.carriageReturn else {
        add(text[...], after: false)
        continue
      }
      if let last = bytes.last, last != Byte.newline {
        bytes += [Byte.carriageReturn, Byte.newline]
      }
      let lines = (bytes.isEmpty ? [] : EditedFile.separator) + text
      bytes += lines.flatMap { $0 == Byte.newline ? [Byte.carriageReturn, $0] : [$0] }
    }
  }

  private static let separator = [Byte.dash, Byte.dash, Byte.dash, Byte.newline]
}
