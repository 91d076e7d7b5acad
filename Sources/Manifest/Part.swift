/// The stretch of a file that holds one document, or none: its head, its body and its end marker.
struct Part {
  /// All of it, in bytes of the file.
  var range: Range<Int>
  /// Where the document may begin: after `---`, on that line only if something stands there.
  var bodyStart: Int
  /// Where the line `...` begins, else the end of the part.
  var bodyEnd: Int
  /// The line of its `---`, else of its first byte, from 0, as the reader counts lines.
  var line: Int
  var hasMarker = false

  /// Whether it ends in `...`, so that the next document needs no `---`.
  var isClosed: Bool { bodyEnd < range.upperBound }
}

/// Cuts a file into parts, each of which begins where the one before it ends.
struct Partition {
  private(set) var parts: [Part] = []
  private let bytes: [UInt8]
  private var part: Part
  private var hasContent = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let mark = bytes.byteOrderMark.count
    part = Part(range: mark..<mark, bodyStart: mark, bodyEnd: mark, line: 0)
    read(from: mark)
  }

  private mutating func read(from start: Int) {
    var lineStart = start
    var line = 0
    var feeds = 0
    while lineStart < bytes.count {
      let end = bytes.lineEnd(from: lineStart)
      if isMarker(Byte.dash, at: lineStart) {
        if part.hasMarker || hasContent { close(at: lineStart, line) }
        // Here the reader begins anew, after so many line feeds.
        line = feeds
        part.line = line
        open(lineStart, lineEnd: end)
      } else if isMarker(Byte.dot, at: lineStart) {
        part.bodyEnd = lineStart
        close(at: end, line + 1, isClosed: true)
      } else if !part.hasMarker, !hasContent {
        hasContent = isContent(lineStart..<end)
      }
      lineStart = end
      line += 1
      if bytes[end - 1] == Byte.newline { feeds += 1 }
    }
    close(at: bytes.count, line)
  }

  /// Takes a line `---` as the beginning of the document.
  private mutating func open(_ lineStart: Int, lineEnd: Int) {
    part.hasMarker = true
    var index = lineStart + 3
    while index < lineEnd, bytes[index] == Byte.space || bytes[index] == Byte.tab { index += 1 }
    let isAlone = index == lineEnd || bytes[index] == Byte.hash || bytes.isBreak(at: index)
    part.bodyStart = isAlone ? lineEnd : index
  }

  private mutating func close(at end: Int, _ line: Int, isClosed: Bool = false) {
    part.range = part.range.lowerBound..<end
    if !isClosed { part.bodyEnd = end }
    part.bodyStart = min(part.bodyStart, part.bodyEnd)
    if !part.range.isEmpty { parts.append(part) }
    part = Part(range: end..<end, bodyStart: end, bodyEnd: end, line: line)
    hasContent = false
  }

  /// Whether three of a byte, and no word, stand at a place.
  private func isMarker(_ byte: UInt8, at start: Int) -> Bool {
    guard start + 3 <= bytes.count, bytes[start] == byte, bytes[start + 1] == byte,
      bytes[start + 2] == byte
    else { return false }
    let next = start + 3
    return next == bytes.count || bytes[next] == Byte.space || bytes[next] == Byte.tab
      || bytes.isBreak(at: next)
  }

  /// Whether a line is neither blank nor a comment nor a directive.
  private func isContent(_ line: Range<Int>) -> Bool {
    if bytes[line.lowerBound] == UInt8(ascii: "%") { return false }
    let first = line.first { bytes[$0] != Byte.space && bytes[$0] != Byte.tab }
    guard let first else { return false }
    return bytes[first] != Byte.hash && !bytes.isBreak(at: first)
  }
}

extension Array where Element == UInt8 {
  /// The mark that some editors put before a text in UTF-8; it belongs to no document.
  var byteOrderMark: ArraySlice<UInt8> { starts(with: [0xEF, 0xBB, 0xBF]) ? self[..<3] : [] }

  /// Whether a line ends at a place, as libyaml sees it: CR, LF, and Unicode's NEL, LS and PS.
  func isBreak(at index: Int) -> Bool { breakLength(at: index) > 0 }

  /// The length of the line break at a place, 0 where there is none.
  func breakLength(at index: Int) -> Int {
    switch self[index] {
    case Byte.newline: 1
    case Byte.carriageReturn: index + 1 < count && self[index + 1] == Byte.newline ? 2 : 1
    case 0xC2: index + 1 < count && self[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      index + 2 < count && self[index + 1] == 0x80 && self[index + 2] & 0xFE == 0xA8 ? 3 : 0
    default: 0
    }
  }

  /// The place after the line break that ends a line, the end of the text for the last line.
  func lineEnd(from start: Int) -> Int {
    var index = start
    while index < count {
      let byte = self[index]
      if byte >= Byte.space && byte < 0x80 {
        index += 1
        continue
      }
      let length = breakLength(at: index)
      if length > 0 { return index + length }
      index += 1
    }
    return count
  }
}
