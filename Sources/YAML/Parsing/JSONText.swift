/// A walk over a text that is to be JSON (RFC 8259).
package struct JSONText {
  /// How deep values may be nested before the text is taken for none.
  private static let deepest = 100

  private let text: UnsafeBufferPointer<UInt8>
  private var index: Int

  /// Whether a text is one JSON value.
  package static func isValid(_ text: String) -> Bool {
    text.withBytes { text in
      guard let end = end(ofValueIn: text, from: 0) else { return false }
      return skippingBlanks(in: text, from: end) == text.count
    }
  }

  /// Where the JSON value ends that begins at a place or behind the blanks there; nil for none.
  static func end(ofValueIn text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var walk = JSONText(text: text, index: start)
    return walk.value(depth: 0) ? walk.index : nil
  }

  /// The first place that holds no blank of JSON.
  static func skippingBlanks(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count, Byte.isSpace(text[index]) { index += 1 }
    return index
  }

  private mutating func skipBlanks() { index = JSONText.skippingBlanks(in: text, from: index) }

  private var next: UInt8? { index < text.count ? text[index] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    word.withUTF8Buffer { word in
      guard text[index...].starts(with: word) else { return false }
      index += word.count
      return true
    }
  }

  private mutating func value(depth: Int) -> Bool {
    guard depth < Self.deepest else { return false }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return items(depth, "{", "}", hasKeys: true)
    case UInt8(ascii: "["): return items(depth, "[", "]", hasKeys: false)
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return take(word: "true")
    case UInt8(ascii: "f"): return take(word: "false")
    case UInt8(ascii: "n"): return take(word: "null")
    default: return number()
    }
  }

  private mutating func items(
    _ depth: Int, _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, hasKeys: Bool
  ) -> Bool {
    _ = take(opening)
    skipBlanks()
    if take(closing) { return true }
    while true {
      if hasKeys {
        skipBlanks()
        guard string() else { return false }
        skipBlanks()
        guard take(":") else { return false }
      }
      guard value(depth: depth + 1) else { return false }
      skipBlanks()
      if take(closing) { return true }
      guard take(",") else { return false }
    }
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while let byte = next {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"): guard escape() else { return false }
      case 0..<0x20: return false
      default: break
      }
    }
    return false
  }

  /// What stands behind a backslash.
  private mutating func escape() -> Bool {
    guard let letter = next else { return false }
    index += 1
    guard letter == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(letter) }
    let digits = text[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Byte.digit($0, base: 16) != nil }) else {
      return false
    }
    index += 4
    return true
  }

  private mutating func digits() -> Bool {
    let start = index
    while let byte = next, Byte.isDigit(byte) { index += 1 }
    return index > start
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0"), !digits() { return false }
    if take("."), !digits() { return false }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      return digits()
    }
    return true
  }
}
