/// A walk over a text that is to be JSON (RFC 8259).
struct JSONText {
  /// How deep values may be nested before the text is taken for none.
  private static let deepest = 100

  private var rest: Substring.UTF8View

  /// Whether a text is one JSON value.
  static func isValid(_ text: String) -> Bool {
    var walk = JSONText(rest: Substring(text).utf8)
    guard walk.value(depth: 0) else { return false }
    walk.skipBlanks()
    return walk.rest.isEmpty
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    word.withUTF8Buffer { word in
      guard rest.starts(with: word) else { return false }
      rest.removeFirst(word.count)
      return true
    }
  }

  private mutating func value(depth: Int) -> Bool {
    guard depth < Self.deepest else { return false }
    skipBlanks()
    switch rest.first {
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
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"):
        guard let letter = rest.popFirst() else { return false }
        if letter == UInt8(ascii: "u") {
          let digits = rest.prefix(4)
          guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
          else { return false }
          rest.removeFirst(4)
        } else if !"\"\\/bfnrt".utf8.contains(letter) {
          return false
        }
      case 0..<0x20: return false
      default: break
      }
    }
    return false
  }

  private mutating func digits() -> Bool {
    let before = rest.count
    rest = rest.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return rest.count < before
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
