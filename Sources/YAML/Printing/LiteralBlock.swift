/// A string of several lines that a literal block (`|`) shows faithfully.
struct LiteralBlock {
  /// The indicator: `|`, `|-` or `|+`.
  let header: StaticString
  /// The end of the text without its last newline, in bytes.
  let end: Int
  /// Whether the blank lines below it belong to it.
  let keepsNewlines: Bool

  /// Nil for a string that has one line only, or that a block would not read back exactly:
  /// with a space at either end of a line, a tab, or a character that needs an escape.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.contains(Byte.newline), text.contains(where: { $0 != Byte.newline }) else {
      return nil
    }
    guard text.first != Byte.space, text.first != Byte.newline, text.last != Byte.space else {
      return nil
    }
    var before: UInt8 = 0
    var isASCII = true
    for byte in text {
      switch byte {
      case Byte.newline where before == Byte.space: return nil
      case Byte.newline: break
      case 0x00..<0x20, 0x7F: return nil
      case 0x80...: isASCII = false
      default: break
      }
      before = byte
    }
    let isClear = CodePoint.all(text) { $0.value == 0x0A || !$0.needsEscape }
    guard isASCII || isClear else { return nil }
    let newlines = text.reversed().prefix { $0 == Byte.newline }.count
    keepsNewlines = newlines > 1
    header = newlines == 0 ? "|-" : newlines == 1 ? "|" : "|+"
    end = newlines == 0 ? text.count : text.count - 1
  }
}
