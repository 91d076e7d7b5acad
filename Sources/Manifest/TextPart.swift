/// A piece of a text that can be read by itself, as kubectl cuts it: at lines that begin with `---`.
struct TextPart {
  let text: UnsafeBufferPointer<UInt8>
  /// How many lines stand before it.
  let linesBefore: Int
}

/// Cuts a text into its parts; comments and directives go with the document that follows them.
struct TextParts: Sequence, IteratorProtocol {
  private let text: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var line = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func next() -> TextPart? {
    guard offset < text.count else { return nil }
    let (start, linesBefore) = (offset, line)
    var isOpen = false
    while offset < text.count {
      if isMark(at: offset) {
        if isOpen { break }
        isOpen = true
      } else if !isOpen {
        isOpen = hasContent(at: offset)
      }
      offset = text[offset...].firstIndex(of: Byte.newline).map { $0 + 1 } ?? text.count
      line += 1
    }
    return TextPart(
      text: UnsafeBufferPointer(rebasing: text[start..<offset]), linesBefore: linesBefore)
  }

  /// Whether a line begins with `---` by itself.
  private func isMark(at start: Int) -> Bool {
    guard start + 3 <= text.count, text[start] == Byte.dash, text[start + 1] == Byte.dash,
      text[start + 2] == Byte.dash
    else { return false }
    return start + 3 == text.count || Byte.isSpace(text[start + 3])
  }

  /// Whether a line holds more than blanks, a comment or a directive.
  private func hasContent(at start: Int) -> Bool {
    var index = start
    // A byte order mark may stand before everything.
    if start == 0, text.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    if index < text.count, text[index] == UInt8(ascii: "%") { return false }
    while index < text.count, text[index] != Byte.newline {
      if !Byte.isSpace(text[index]) { return text[index] != Byte.hash }
      index += 1
    }
    return false
  }
}
