/// How a string is spelt so that every YAML 1.1 and 1.2 reader reads it back as that string.
enum ScalarStyle {
  case plain
  /// In double quotes.
  case quoted

  init(of text: UnsafeBufferPointer<UInt8>) {
    self = ScalarStyle.isPlain(text) ? .plain : .quoted
  }

  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last, startsPlain(first, text) else {
      return false
    }
    if last == Byte.space || last == Byte.colon { return false }
    var before = Byte.space
    var isASCII = true
    for byte in text {
      switch byte {
      case 0x00..<0x20, 0x7F: return false
      case Byte.space where before == Byte.colon: return false
      case Byte.hash where before == Byte.space: return false
      case 0x80...: isASCII = false
      default: break
      }
      before = byte
    }
    if !isASCII, !CodePoint.all(text, satisfy: \.standsInPlainText) { return false }
    return !AmbiguousScalar.isTyped(text)
  }

  /// Whether a plain string may start like this.
  private static func startsPlain(_ first: UInt8, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch first {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      Byte.zero...Byte.nine, UInt8(ascii: "/"), Byte.underscore, UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "$"), UInt8(ascii: "^"), UInt8(ascii: ";"),
      UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: "+"), Byte.backslash, 0x80...:
      true
    case Byte.dot: !text.starts(with: [Byte.dot, Byte.dot, Byte.dot])
    case Byte.dash: text.count > 1 && startsPlainAfterDash(text[1])
    default: false
    }
  }

  private static func startsPlainAfterDash(_ byte: UInt8) -> Bool {
    Byte.digit(byte, base: 16) != nil || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
      || byte == Byte.dot || byte == Byte.underscore || byte == UInt8(ascii: "/")
  }
}

extension Array where Element == UInt8 {
  /// Appends a string as YAML on one line.
  mutating func append(spelled text: UnsafeBufferPointer<UInt8>) {
    switch ScalarStyle(of: text) {
    case .plain: append(contentsOf: text)
    case .quoted: append(quoted: text)
    }
  }

  /// Appends the spelling of a scalar that is no string; quotes one that cannot be a spelling.
  mutating func append(typed text: UnsafeBufferPointer<UInt8>) {
    let isSpelling = text.allSatisfy { byte in
      byte > Byte.space && byte < 0x7F && byte != Byte.hash && byte != UInt8(ascii: ",")
    }
    if isSpelling { append(contentsOf: text) } else { append(quoted: text) }
  }

  /// Appends a string in double quotes, with the escapes of JSON and `\U` beyond them.
  mutating func append(quoted text: UnsafeBufferPointer<UInt8>) {
    append(Byte.quote)
    var index = 0
    while index < text.count {
      let point = CodePoint(text, at: index)
      if let short = point.shortEscape {
        append(Byte.backslash)
        append(short)
      } else if point.needsEscape {
        append(escape: point.value)
      } else {
        append(contentsOf: text[index..<index + point.length])
      }
      index += point.length
    }
    append(Byte.quote)
  }

  private mutating func append(escape value: UInt32) {
    append(Byte.backslash)
    append(value > 0xFFFF ? UInt8(ascii: "U") : UInt8(ascii: "u"))
    var shift: UInt32 = value > 0xFFFF ? 28 : 12
    while true {
      let digit = UInt8(truncatingIfNeeded: value >> shift & 0xF)
      append(digit < 10 ? Byte.zero + digit : UInt8(ascii: "A") + digit - 10)
      if shift == 0 { return }
      shift -= 4
    }
  }
}
