/// The stretch of a file that holds one document, or none: its head, its body and its end marker.
struct DocumentRange {
  /// Why the reader of a part stops before it.
  enum Refusal { case textOnMarker, behindJSON }

  /// All of it, in bytes of the file.
  var range: Range<Int>
  /// What the reader gets of it: without the line `---`, but with that and the directives where
  /// there are some, and with one that is the first line of all.
  var text: Range<Int>
  /// How many line feeds stand before that.
  var linesBefore: Int
  /// Where the document may begin, without a line `---`.
  var bodyStart: Int
  var hasMarker = false
  /// How many lines with directives stand before the line `---`.
  var directives = 0
  /// Whether it is one JSON value, which needs no line `---` behind another one.
  var isJSON = false
  /// Whether it stands behind a line `...` without a line `---`: readers leave it out.
  var isBehindEnd = false
  var refusal: Refusal?
}

extension DocumentRange {
  /// What is left of a file that has too many documents.
  init(unread rest: Range<Int>) {
    self.init(range: rest, text: rest, linesBefore: 0, bodyStart: rest.lowerBound, hasMarker: true)
  }
}

/// Cuts a file into parts as kubectl does, each of which begins where the one before it ends.
///
/// kubernetes/apimachinery v0.36.0, pkg/util/yaml/decoder.go: what begins with `{` is read as JSON
/// values one after the other; what is none is cut at lines that begin with `---`, behind which only
/// a comment may stand, and of each piece only the first document is read. Comments, directives and
/// blank lines go with the document that follows them.
struct DocumentSplitter {
  private(set) var parts: [DocumentRange] = []
  /// Where the first part begins that is more than were asked for; nil where there is none.
  private(set) var cut: Int?
  private let text: UnsafeBufferPointer<UInt8>
  private let most: Int
  private var part: DocumentRange
  private var hasContent = false
  /// Whether lines were read since the last line `---` that ended a piece.
  private var isBuffered = false
  private var lines = 0

  init(_ text: UnsafeBufferPointer<UInt8>, most: Int = .max) {
    self.text = text
    self.most = most
    let mark = text.hasByteOrderMark ? 3 : 0
    part = DocumentRange(range: mark..<mark, text: mark..<mark, linesBefore: 0, bodyStart: mark)
    readLines(from: mark > 0 ? mark : readJSON())
  }

  // MARK: JSON

  /// Reads JSON values up to the first text that is none; where the lines of YAML begin.
  private mutating func readJSON() -> Int {
    var value = JSONText.skippingBlanks(in: text, from: 0)
    guard value < text.count, text[value] == Byte.braces.open else { return 0 }
    while let end = JSONText.end(ofValueIn: text, from: value) {
      part.isJSON = true
      part.text = value..<end
      part.linesBefore += text[part.range.lowerBound..<value].count { $0 == Byte.newline }
      value = JSONText.skippingBlanks(in: text, from: end)
      let newline = text[end..<value].firstIndex(of: Byte.newline)
      close(at: value == text.count ? value : newline.map { $0 + 1 } ?? end)
      if cut != nil || value == text.count { return text.count }
    }
    guard let only = parts.first else { return 0 }
    // Of what stands behind a single value it looks at four bytes at once, and takes fewer for none.
    let rest = text[only.text.upperBound...].drop { Byte.isSpace($0) && $0 != Byte.newline }
    guard parts.count > 1 || rest.count < 4 else { return part.range.lowerBound }
    part.refusal = .behindJSON
    close(at: text.count)
    return text.count
  }

  // MARK: Lines

  private mutating func readLines(from start: Int) {
    var line = start
    while line < text.count, cut == nil {
      let end = text.place(of: Byte.newline, from: line).map { $0 + 1 } ?? text.count
      if isMarker(Byte.dash, at: line) {
        if part.hasMarker || hasContent { close(at: line) }
        open(line..<end)
      } else if isMarker(Byte.dot, at: line),
        line + 3 == text.count || Byte.isSpace(text[line + 3]),
        hasContent || part.hasMarker || part.isBehindEnd
      {
        if hasContent || part.hasMarker { close(at: end, lines + 1) }
        part.isBehindEnd = true
      } else if !part.hasMarker, !hasContent {
        hasContent = isContent(line..<end)
      }
      if !isMarker(Byte.dash, at: line) { isBuffered = true }
      lines += 1
      line = end
    }
    close(at: text.count)
  }

  /// Takes a line `---` as the beginning of the document.
  private mutating func open(_ line: Range<Int>) {
    part.hasMarker = true
    part.isBehindEnd = false
    part.bodyStart = line.upperBound
    if !isLine(text[(line.lowerBound + 3)..<line.upperBound]) {
      part.refusal = .textOnMarker
    }
    // A line `---` that ends a piece goes with neither; any other one is the first of its piece.
    if part.directives == 0 {
      let isLeftOut = isBuffered && part.refusal == nil
      part.text = (isLeftOut ? line.upperBound : line.lowerBound)..<line.upperBound
      part.linesBefore = isLeftOut ? lines + 1 : lines
    }
    isBuffered.toggle()
  }

  private mutating func close(at end: Int, _ linesBehind: Int? = nil) {
    part.range = part.range.lowerBound..<end
    if !part.isJSON { part.text = min(part.text.lowerBound, end)..<end }
    part.isBehindEnd = part.isBehindEnd && hasContent
    if part.isJSON { lines += text[part.range].count { $0 == Byte.newline } }
    if !part.range.isEmpty {
      if parts.count < most { parts.append(part) } else { cut = cut ?? part.range.lowerBound }
    }
    part = DocumentRange(
      range: end..<end, text: end..<end, linesBefore: linesBehind ?? lines, bodyStart: end)
    hasContent = false
  }

  private func isMarker(_ byte: UInt8, at start: Int) -> Bool {
    start + 3 <= text.count && text[start] == byte && text[start + 1] == byte
      && text[start + 2] == byte
  }

  /// Whether nothing but blanks and a comment stands on the rest of a line.
  private func isLine(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let first = String(decoding: rest, as: UTF8.self).unicodeScalars.first {
      !$0.properties.isWhitespace
    }
    return first.map { $0 == "#" } ?? true
  }

  /// Whether a line is neither blank nor a comment nor a directive, which is counted.
  private mutating func isContent(_ line: Range<Int>) -> Bool {
    if text[line.lowerBound] == UInt8(ascii: "%") {
      part.directives += 1
      return false
    }
    // A tab is no blank where a key may stand, so the reader stops at one.
    let first = text[line].first { !Byte.isSpace($0) || $0 == Byte.tab }
    return first != nil && first != Byte.hash
  }
}
