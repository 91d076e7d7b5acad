import Kinds

/// What can be said of a regular expression in RE2's syntax without running it.
///
/// Only what RE2 surely refuses is a fault; what is in doubt passes (domain.md L51).
enum RE2 {
  /// Why RE2 cannot read an expression, nil where it (probably) can.
  static func fault(in text: String) -> String? {
    var reader = RE2Reader(text)
    return reader.fault()
  }

  /// Whether an expression stands for itself only.
  static func isLiteral(_ text: String) -> Bool {
    !text.utf8.contains { special.contains($0) }
  }

  /// The expression with a backslash before each dot that stands between letters or digits and is
  /// not repeated: the dots of names such as `gpt-3.5`.
  static func escapingBareDots(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var isInClass = false
    for (place, byte) in bytes.enumerated() {
      let previous = place > 0 ? bytes[place - 1] : 0
      let next = place + 1 < bytes.count ? bytes[place + 1] : 0
      if previous != UInt8(ascii: "\\") {
        if byte == UInt8(ascii: "[") { isInClass = true }
        if byte == UInt8(ascii: "]") { isInClass = false }
      }
      let isEscaped = place > 1 && bytes[place - 2] == UInt8(ascii: "\\")
      if byte == UInt8(ascii: "."), !isInClass, !isEscaped, previous.isWord, next.isWord {
        result.append(UInt8(ascii: "\\"))
      }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The expression for a text in which `*` stands for anything.
  static func pattern(ofGlob glob: String) -> String {
    var result = ""
    for scalar in glob.unicodeScalars {
      if scalar == "*" {
        result += ".*"
      } else {
        if scalar.isASCII, special.contains(UInt8(truncatingIfNeeded: scalar.value)) {
          result += "\\"
        }
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static let special = Set("\\.+*?()|[]{}^$".utf8)
}

extension UInt8 {
  fileprivate var isWord: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}
