extension RegularExpression {
  /// The expression with a backslash before each dot that stands between letters or digits and is
  /// not repeated: the dots of names such as `gpt-3.5`.
  package static func escapingBareDots(in text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var isInClass = false
    // Between \Q and \E, or the end, every character stands for itself.
    var isQuoted = false
    for (place, byte) in bytes.enumerated() {
      let previous = place > 0 ? bytes[place - 1] : 0
      let next = place + 1 < bytes.count ? bytes[place + 1] : 0
      if previous == UInt8(ascii: "\\"), !(place > 1 && bytes[place - 2] == previous) || isQuoted {
        if byte == UInt8(ascii: "Q") { isQuoted = true }
        if byte == UInt8(ascii: "E") { isQuoted = false }
      }
      if previous != UInt8(ascii: "\\") {
        if byte == UInt8(ascii: "[") { isInClass = true }
        if byte == UInt8(ascii: "]") { isInClass = false }
      }
      let isEscaped = place > 1 && bytes[place - 2] == UInt8(ascii: "\\")
      if byte == UInt8(ascii: "."), !isInClass, !isQuoted, !isEscaped, previous.isNameLetter,
        next.isNameLetter
      {
        result.append(UInt8(ascii: "\\"))
      }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether a text is an expression to RE2 and yet looks like one in which `*` stands for anything:
  /// `gpt-4o*` repeats the `o`.
  package static func looksLikeGlob(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let isPlain = bytes.allSatisfy { $0.isWord || "-/:@*".utf8.contains($0) }
    return isPlain && bytes.first != UInt8(ascii: "*") && bytes.contains(UInt8(ascii: "*"))
  }

  /// The expression for a text in which `*` stands for anything.
  package static func pattern(ofGlob glob: String) -> String {
    var result: [UInt8] = []
    for byte in glob.utf8 {
      if byte == UInt8(ascii: "*") {
        result += ".*".utf8
      } else {
        if "\\.+?()|[]{}^$".utf8.contains(byte) { result.append(UInt8(ascii: "\\")) }
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension UInt8 {
  /// Whether it is an ASCII letter or a digit.
  fileprivate var isNameLetter: Bool { isWord && self != UInt8(ascii: "_") }
}
