/// One document of a file as its author wrote it: its part of the file, and where its nodes stand.
package final class SourceDocument: Sendable {
  /// The document as it was read.
  package let root: Node
  /// The part of the file; its last line ends in a newline, whether or not it does in the file.
  let bytes: [UInt8]
  /// Where the document itself may stand, without `---` and `...`.
  let body: Range<Int>
  /// Whether the part has a line `---`.
  let hasMarker: Bool
  /// Whether the part's last line ends without a newline in the file.
  let lacksNewline: Bool
  /// Where each line begins.
  let starts: [UInt32]
  /// None where the text cannot be edited in place.
  let syntaxNodes: [SyntaxNode]
  /// What goes with the entries of blocks, by node.
  let margins: [Margins]
  /// The lines of each node.
  let places: [LineSpan]
  let style: YAMLStyle
  private let tree: SyntaxTree
  /// Whether parts of the text depend on others (an alias on its anchor), so that only reading
  /// shows what an edit comes to.
  let isTangled: Bool
  private let parser: Parser

  /// A part of a file, and the document that was read from it.
  init(_ document: Parsed.Document, _ part: DocumentRange, of file: [UInt8], parser: Parser) {
    let start = part.range.lowerBound
    let bodyStart = min(part.bodyStart, part.range.upperBound) - start
    let body = bodyStart..<file.bodyEnd(of: part, from: bodyStart + start) - start
    let lacksNewline = file[part.range].last != Byte.newline
    tree = document.map.tree
    let scanner = SyntaxScanner(
      root: document.root, tree: tree, part: file[part.range], body: body)
    root = document.root
    self.body = body
    hasMarker = part.hasMarker
    self.lacksNewline = lacksNewline
    self.parser = parser
    bytes = scanner.bytes
    starts = scanner.starts
    syntaxNodes = scanner.syntaxNodes
    margins = scanner.margins
    places = scanner.places
    style = scanner.style
    isTangled = scanner.isTangled
  }

  /// The part with another document in it, as much as possible in the author's words, and read
  /// again: it says that document and nothing else.
  func revised(_ root: Node) -> EditedDocument {
    for deepest in SourceDocument.depths {
      var editor = DocumentEditor(self, deepest: deepest)
      editor.write(document: root)
      let bytes = inFile(editor.lineBuffer.bytes)
      let documents = parser.parse(bytes).documents
      if documents.count == 1, documents[0].root == root {
        return EditedDocument(
          bytes: bytes, lineBuffer: editor.lineBuffer, reprinted: editor.reprinted,
          map: documents[0].map)
      }
    }
    var lineBuffer = LineBuffer()
    lineBuffer.append([Byte.dash, Byte.dash, Byte.dash])
    lineBuffer.endLine(YAMLStyle())
    var writer = Writer()
    writer.write(document: root)
    lineBuffer.append(writer, YAMLStyle())
    return EditedDocument(
      bytes: lineBuffer.bytes, lineBuffer: lineBuffer, reprinted: [.root], map: nil)
  }

  /// How far down the text is edited in place, one after the other, until it says what it shall.
  private static let depths = [Int.max, 6, 5, 4, 3, 2, 1, 0]

  /// A text as it goes to the file: without the newline that the file lacks at its end.
  private func inFile(_ bytes: [UInt8]) -> [UInt8] {
    guard lacksNewline, bytes.last == Byte.newline else { return bytes }
    let shorter = bytes.dropLast(style.endsLinesWithReturn ? 2 : 1)
    return shorter.last == Byte.newline ? bytes : Array(shorter)
  }

  /// The nodes right below one.
  func children(of syntaxNode: Int) -> [Int] { syntaxNodes.children(of: syntaxNode) }

  /// Where the last entry of a block ends.
  func end(ofEntriesOf syntaxNode: Int) -> Int {
    Int(margins[children(of: syntaxNode).last ?? syntaxNode].tail)
  }

  /// The number of the entry that each key of a mapping stands for, nil where these are simply the
  /// entries in order.
  func written(_ syntaxNode: Int) -> [Int?]? { tree.written[syntaxNode] }

  /// Where an entry's key stands, without a question mark and comments; nil where that is not to be seen
  /// at once.
  func key(of syntaxNode: Int) -> Range<Int>? {
    let node = syntaxNodes[syntaxNode]
    guard node.hasExplicitKey else { return Int(node.entry)..<Int(node.keyEnd) }
    let start = bytes.afterTrivia(Int(node.entry) + 1)
    let line = bytes[start..<lineEnd(start)]
    var end: Int
    if let quote = line.first, quote == Byte.quote || quote == Byte.apostrophe {
      end = line.dropFirst().firstIndex(of: quote).map { $0 + 1 } ?? start
    } else {
      end =
        line.indices.first { line[$0] == Byte.hash && Byte.isSpace(bytes[$0 - 1]) } ?? line.endIndex
      while end > start, Byte.isSpace(bytes[end - 1]) { end -= 1 }
    }
    return end > start && bytes.afterTrivia(end) == node.keyEnd ? start..<end : nil
  }

  /// The end of the line that a byte stands on, its newline included.
  func lineEnd(_ byte: Int) -> Int {
    bytes[byte...].firstIndex(of: Byte.newline).map { $0 + 1 } ?? bytes.count
  }

  /// The column of a byte, from 0.
  func column(_ byte: UInt32) -> Int {
    var start = Int(byte)
    while start > 0, bytes[start - 1] != Byte.newline { start -= 1 }
    return Int(byte) - start
  }

  /// Where the value may begin: right after the colon or the dash.
  func opening(_ number: Int) -> Int {
    let syntaxNode = syntaxNodes[number]
    if number == 0 { return Int(syntaxNode.start) }
    var index = Int(syntaxNode.keyEnd)
    if syntaxNode.keyEnd == syntaxNode.entry { return index + (bytes[index] == Byte.dash ? 1 : 0) }
    while index < syntaxNode.start, Byte.isBlank(bytes[index]) { index += 1 }
    return index < bytes.count && bytes[index] == Byte.colon ? index + 1 : Int(syntaxNode.keyEnd)
  }

  /// Whether an entry merges others in.
  func isMerge(_ number: Int) -> Bool {
    let syntaxNode = syntaxNodes[number]
    return bytes[Int(syntaxNode.entry)..<Int(syntaxNode.keyEnd)].elementsEqual("<<".utf8)
  }

  /// The anchor before a value, with its `&`.
  func anchorText(_ number: Int) -> ArraySlice<UInt8> {
    guard syntaxNodes[number].hasProperties else { return [] }
    let properties = Int(syntaxNodes[number].start)..<bytes.propertiesEnd(syntaxNodes[number])
    let words = bytes[properties].split { $0 <= Byte.space }
    return words.first { $0.first == UInt8(ascii: "&") } ?? []
  }

  var hasAliases: Bool { !tree.aliases.isEmpty }

  /// The aliases at a node and below it.
  func aliases(below syntaxNode: Int) -> ArraySlice<Alias> {
    let first = tree.aliases.firstIndexAfter { $0.syntaxNode < syntaxNode }
    let last = tree.aliases.firstIndexAfter { $0.syntaxNode < syntaxNodes[syntaxNode].next }
    return tree.aliases[first..<max(first, last)]
  }

  /// The node that an alias stands for.
  func anchor(of syntaxNode: Int) -> Int? { aliases(below: syntaxNode).first?.anchor }
}

/// A part of a file after an edit.
struct EditedDocument {
  var bytes: [UInt8]
  var lineBuffer: LineBuffer
  var reprinted: [Path]
  /// Nil where the text is ours from beginning to end.
  var map: SourceMap?
}

extension Array where Element == UInt8 {
  /// Where the line `...` of a part begins, else the part's end.
  fileprivate func bodyEnd(of part: DocumentRange, from start: Int) -> Int {
    var line = start
    while line < part.range.upperBound {
      if self[line...].starts(with: [Byte.dot, Byte.dot, Byte.dot]),
        line + 3 == count || Byte.isSpace(self[line + 3])
      {
        return line
      }
      line = lineEnd(from: line)
    }
    return part.range.upperBound
  }

  /// The end of the anchor and the tag before a value.
  func propertiesEnd(_ syntaxNode: SyntaxNode) -> Int { properties(syntaxNode).end }

  /// Where a value begins after its anchor and tag.
  func contentStart(_ syntaxNode: SyntaxNode) -> Int {
    syntaxNode.hasProperties ? properties(syntaxNode).content : Int(syntaxNode.start)
  }

  private func properties(_ syntaxNode: SyntaxNode) -> (end: Int, content: Int) {
    var end = Int(syntaxNode.start)
    var index = end
    while index < count, self[index] == UInt8(ascii: "&") || self[index] == UInt8(ascii: "!") {
      while index < count, self[index] > Byte.space { index += 1 }
      end = index
      while index < count,
        Byte.isBlank(self[index]) || isBreak(at: index) || self[index] == Byte.hash
      {
        index = self[index] == Byte.hash ? lineEnd(from: index) : index + 1
      }
    }
    return (end, index)
  }
}
