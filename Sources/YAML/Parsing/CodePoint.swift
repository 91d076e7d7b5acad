/// One Unicode scalar of a UTF-8 text.
struct CodePoint {
  var value: UInt32
  /// Its length in bytes, 1–4.
  var length: Int

  /// The code point at a byte; the text is well-formed and the byte begins a code point.
  init(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
    let lead = UInt32(text[index])
    let wanted = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    length = min(wanted, text.count - index)
    value = length == 1 ? lead : lead & (0x7F >> UInt32(length))
    for offset in 1..<max(length, 1) {
      value = value << 6 | UInt32(text[index + offset]) & 0x3F
    }
  }

  static func all(
    _ text: UnsafeBufferPointer<UInt8>, satisfy condition: (CodePoint) -> Bool
  ) -> Bool {
    var index = 0
    while index < text.count {
      let point = CodePoint(text, at: index)
      if !condition(point) { return false }
      index += point.length
    }
    return true
  }

  /// The letter of a two-character escape that JSON knows too.
  var shortEscape: UInt8? {
    switch value {
    case 0x22: Byte.quote
    case 0x5C: Byte.backslash
    case 0x08: UInt8(ascii: "b")
    case 0x09: UInt8(ascii: "t")
    case 0x0A: UInt8(ascii: "n")
    case 0x0C: UInt8(ascii: "f")
    case 0x0D: UInt8(ascii: "r")
    default: nil
    }
  }

  /// Whether it may not stand for itself in a file: invisible, a line break to some reader,
  /// outside YAML's printable set, for private use, or able to turn the direction of the text around it.
  var needsEscape: Bool {
    switch value {
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x61C, 0x61D..<0x1680, 0x1681..<0x180E,
      0x180F..<0x2000, 0x2010..<0x2028, 0x2030..<0x205F, 0x2070..<0x3000, 0x3001..<0xD800,
      0xF900..<0xFDD0, 0xFDF0..<0xFEFF, 0xFF00..<0xFFF0, 0xFFFC..<0xFFFE:
      false
    case 0x10000..<0xE0000: value & 0xFFFE == 0xFFFE
    default: true
    }
  }

  /// Whether a string with it may go without quotes.
  var standsInPlainText: Bool { value <= 0xFFFF && !needsEscape }
}
