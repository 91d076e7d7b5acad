/// Detects strings that some YAML parser would not read as that string.
///
/// Wider than what Kubernetes types: sexagesimal numbers, timestamps and digits grouped by commas
/// are typed by other readers only.
enum AmbiguousScalar {
  /// Whether a reader may make a null, bool, number, timestamp or merge key of the text.
  static func isTyped(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    switch first {
    case Byte.zero...Byte.nine, UInt8(ascii: "+"), Byte.dash, Byte.dot:
      return isNumber(text[...]) || isTimestamp(text)
    default:
      return text.count <= 5 && isWord(text)
    }
  }

  private static func isWord(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    words.contains { word in
      word.utf8CodeUnitCount == text.count
        && word.withUTF8Buffer { $0.elementsEqual(text.lazy.map(Byte.lowercased)) }
    }
  }

  private static let words: [StaticString] = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<",
  ]

  private static func isNumber(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var rest = text
    if let sign = rest.first, isSign(sign) { rest = rest.dropFirst() }
    guard let first = rest.first else { return true }
    if first == Byte.dot, isSpecial(rest.dropFirst()) { return true }
    if first == Byte.zero, let letter = rest.dropFirst().first {
      switch Byte.lowercased(letter) {
      case UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "b"):
        return rest.dropFirst(2).drop(while: isSign)
          .allSatisfy { isGrouping($0) || Byte.digit($0, base: 16) != nil }
      default: break
      }
    }
    return isDecimal(rest)
  }

  /// Digits in groups or base 60, a fraction, an exponent; any of them may be missing.
  private static func isDecimal(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var rest = text.drop { Byte.isDigit($0) || isGrouping($0) }
    let hasDigits = rest.startIndex > text.startIndex
    if hasDigits { rest = rest.drop { Byte.isDigit($0) || isGrouping($0) || $0 == Byte.colon } }
    if rest.first == Byte.dot {
      rest = rest.dropFirst().drop { Byte.isDigit($0) || isGrouping($0) }
    } else if !hasDigits {
      return false
    }
    if let letter = rest.first, Byte.lowercased(letter) == UInt8(ascii: "e") {
      rest = rest.dropFirst().drop(while: isSign).drop { Byte.isDigit($0) || isGrouping($0) }
    }
    return rest.isEmpty
  }

  private static func isGrouping(_ byte: UInt8) -> Bool {
    byte == Byte.underscore || byte == UInt8(ascii: ",")
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "+") || byte == Byte.dash
  }

  /// Infinity and not-a-number, after their dot.
  private static func isSpecial(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    text.isEmpty || text.lazy.map(Byte.lowercased).elementsEqual("inf".utf8)
      || text.lazy.map(Byte.lowercased).elementsEqual("nan".utf8)
  }

  /// A date, alone or with something after it that may be a time.
  private static func isTimestamp(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = text[...]
    for part in 0..<3 {
      let digits = rest.prefix { Byte.isDigit($0) }
      guard part == 0 ? digits.count == 4 : (1...2).contains(digits.count) else { return false }
      rest = rest.dropFirst(digits.count)
      guard part < 2 else { break }
      guard rest.first == Byte.dash else { return false }
      rest = rest.dropFirst()
    }
    guard let next = rest.first else { return true }
    return next == Byte.space || Byte.lowercased(next) == UInt8(ascii: "t")
  }
}
