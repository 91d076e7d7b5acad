/// The ASCII bytes that YAML gives a meaning, by name.
enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let backslash = UInt8(ascii: "\\")
  static let slash = UInt8(ascii: "/")
  static let dollar = UInt8(ascii: "$")
  static let open = UInt8(ascii: "(")
  static let plus = UInt8(ascii: "+")
  static let pipe = UInt8(ascii: "|")
  static let greater = UInt8(ascii: ">")
  static let dash = UInt8(ascii: "-")
  static let colon = UInt8(ascii: ":")
  static let hash = UInt8(ascii: "#")
  static let dot = UInt8(ascii: ".")
  static let zero = UInt8(ascii: "0")
  static let nine = UInt8(ascii: "9")
  static let underscore = UInt8(ascii: "_")
  static let comma = UInt8(ascii: ",")
  static let brackets = (open: UInt8(ascii: "["), close: UInt8(ascii: "]"))
  static let braces = (open: UInt8(ascii: "{"), close: UInt8(ascii: "}"))

  /// Whether a byte means something between brackets.
  static func isBracket(_ byte: UInt8) -> Bool {
    byte == comma || byte == brackets.open || byte == brackets.close || byte == braces.open
      || byte == braces.close
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

  /// The lower case of an ASCII letter, any other byte as it is.
  static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  /// Whether a byte is a space, a tab or part of a line's end.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == space || byte == tab || byte == newline || byte == UInt8(ascii: "\r")
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= zero && byte <= nine }

  /// The value of a digit in a base up to 16, nil for a byte that is no such digit.
  static func digit(_ byte: UInt8, base: UInt64) -> UInt64? {
    let lower = lowercased(byte)
    let value: UInt64
    if isDigit(lower) {
      value = UInt64(lower - zero)
    } else if lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f") {
      value = UInt64(lower - UInt8(ascii: "a")) + 10
    } else {
      return nil
    }
    return value < base ? value : nil
  }
}

extension String {
  /// Hands over the UTF-8 bytes, uncopied where they lie in one piece.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    var copy = self
    return copy.withUTF8(body)
  }
}

extension String {
  /// Whether both are the same bytes; `==` also holds for different code points of one character.
  @inline(__always)
  func hasBytes(of other: String) -> Bool {
    // The two counts agree at once for ASCII, where `==` says all there is to say.
    guard utf8.count == other.utf8.count, self == other else { return false }
    return utf16.count == utf8.count || utf8.elementsEqual(other.utf8)
  }
}

extension Hasher {
  mutating func combine(bytesOf text: String) {
    combine(text.utf8.count)
    text.withBytes { combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

/// A string as the key of a dictionary that compares its bytes.
struct ExactText: Hashable {
  let text: String

  static func == (left: ExactText, right: ExactText) -> Bool { left.text.hasBytes(of: right.text) }
  func hash(into hasher: inout Hasher) { hasher.combine(bytesOf: text) }
}

extension Array where Element == UInt8 {
  /// Appends the UTF-8 bytes of a string.
  @inline(__always)
  mutating func append(text: String) {
    text.withBytes { append(contentsOf: $0) }
  }

  @inline(__always)
  mutating func append(text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }
}

extension Collection<UInt8> {
  /// Whether some ASCII stands anywhere in the text.
  @inlinable package func contains(_ word: StaticString) -> Bool {
    withContiguousStorageIfAvailable { $0.holds(word) }
      ?? Array(self).withUnsafeBufferPointer { $0.holds(word) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  @usableFromInline func holds(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { word in
      var start = 0
      while let place = place(of: word[0], from: start) {
        if self[place...].starts(with: word) { return true }
        start = place + 1
      }
      return false
    }
  }
}

extension Sequence<UInt8> {
  /// Whether a text begins with the byte order mark of UTF-16.
  package var isUTF16: Bool { starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF]) }
}

extension String {
  /// Bytes as Go makes JSON of them: for each that is part of no character, U+FFFD.
  init(repairing bytes: [UInt8]) {
    self = ""
    var index = 0
    while index < bytes.count {
      let length = (1...4).first {
        index + $0 <= bytes.count
          && String(validating: bytes[index..<index + $0], as: UTF8.self) != nil
      }
      let end = index + (length ?? 1)
      self += String(decoding: bytes[index..<end], as: UTF8.self)
      index = end
    }
  }
}
