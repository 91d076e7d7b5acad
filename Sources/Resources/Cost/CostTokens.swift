import Schemas

/// A word or sign of an expression.
enum CostToken: Equatable {
  case int(Int64)
  case uint(UInt64)
  case double
  /// A text, nil where what its escapes stand for is not worked out.
  case string(String?)
  case bytes
  case word(String)
  case sign(String)
  case end

  /// The token as messages show it.
  var shown: String {
    switch self {
    case .int(let number): "\(number)"
    case .uint(let number): "\(number)u"
    case .double: "a number with a fraction"
    case .string(let text): text?.quoted ?? "a string"
    case .bytes: "bytes"
    case .word(let word): word.quoted
    case .sign(let sign): sign.quoted
    case .end: "the end"
    }
  }
}

/// Splits an expression into tokens.
struct CostTokens {
  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func all() throws(CostError) -> [CostToken] {
    var tokens: [CostToken] = []
    while true {
      let token = try next()
      tokens.append(token)
      if token == .end { return tokens }
    }
  }

  private func byte(_ offset: Int = 0) -> UInt8 {
    place + offset < bytes.count ? bytes[place + offset] : 0
  }

  private mutating func next() throws(CostError) -> CostToken {
    skipBlanks()
    guard place < bytes.count else { return .end }
    if byte().isDigit || (byte() == UInt8(ascii: ".") && byte(1).isDigit) { return try number() }
    if byte() == UInt8(ascii: "\"") || byte() == UInt8(ascii: "'") { return try text() }
    if byte().isWordStart { return try word() }
    return try sign()
  }

  private mutating func skipBlanks() {
    while place < bytes.count {
      if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "/") {
        while place < bytes.count, byte() != UInt8(ascii: "\n") { place += 1 }
      } else if " \t\r\n\u{c}".utf8.contains(byte()) {
        place += 1
      } else {
        return
      }
    }
  }

  private mutating func sign() throws(CostError) -> CostToken {
    for sign in ["&&", "||", "==", "!=", "<=", ">="] where bytes[place...].starts(with: sign.utf8) {
      place += 2
      return .sign(sign)
    }
    let sign = String(decoding: [byte()], as: UTF8.self)
    guard "+-*/%!<>?:.,()[]{}".utf8.contains(byte()) else {
      throw .ungrammatical(
        "\(byte() < 0x80 ? sign.quoted : "a letter beyond ASCII") is not allowed here")
    }
    place += 1
    return .sign(sign)
  }

  private mutating func number() throws(CostError) -> CostToken {
    let start = place
    var radix = 10
    if byte() == UInt8(ascii: "0"), byte(1) | 0x20 == UInt8(ascii: "x"), byte(2).isHexDigit {
      radix = 16
      place += 2
    }
    let digits = place
    while byte().isDigit || (radix == 16 && byte().isHexDigit) { place += 1 }
    var isDouble = false
    if radix == 10, byte() == UInt8(ascii: "."), byte(1).isDigit {
      isDouble = true
      place += 1
      while byte().isDigit { place += 1 }
    }
    if radix == 10, byte() | 0x20 == UInt8(ascii: "e") {
      let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
      if byte(1 + sign).isDigit {
        isDouble = true
        place += 1 + sign
        while byte().isDigit { place += 1 }
      }
    }
    if isDouble { return .double }
    let written = String(decoding: bytes[digits..<place], as: UTF8.self)
    let isUnsigned = byte() | 0x20 == UInt8(ascii: "u")
    if isUnsigned { place += 1 }
    let shown = String(decoding: bytes[start..<place], as: UTF8.self)
    if isUnsigned {
      guard let value = UInt64(written, radix: radix) else {
        throw .invalid("\(shown.quoted) is too large")
      }
      return .uint(value)
    }
    // One more fits behind a minus.
    guard let value = Int64(written, radix: radix) else { throw .unsupported }
    return .int(value)
  }

  private mutating func word() throws(CostError) -> CostToken {
    let start = place
    while byte().isWordStart || byte().isDigit { place += 1 }
    let word = String(decoding: bytes[start..<place], as: UTF8.self)
    if byte() == UInt8(ascii: "\"") || byte() == UInt8(ascii: "'") {
      switch word.lowercased() {
      case "r": return try text(isRaw: true)
      case "b":
        _ = try text()
        return .bytes
      case "rb", "br":
        _ = try text(isRaw: true)
        return .bytes
      case _: break
      }
    }
    return .word(word)
  }

  private mutating func text(isRaw: Bool = false) throws(CostError) -> CostToken {
    let quote = byte()
    if byte(1) == quote, byte(2) == quote { throw .unsupported }
    place += 1
    let start = place
    var isPlain = true
    while byte() != quote {
      guard place < bytes.count, byte() != UInt8(ascii: "\n") else {
        throw .ungrammatical("a string is not closed")
      }
      if byte() == UInt8(ascii: "\\"), !isRaw {
        isPlain = false
        place += 1
        guard "abfnrtv\\?\"'`xXuU01234567".utf8.contains(byte()) else {
          let escape = String(decoding: [UInt8(ascii: "\\"), byte()], as: UTF8.self)
          throw .ungrammatical(
            "\(escape.quoted) is not an escape; write two backslashes, or r'...'")
        }
      }
      place += 1
    }
    let end = min(place, bytes.count)
    place += 1
    return .string(isPlain ? String(decoding: bytes[start..<end], as: UTF8.self) : nil)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isWordStart: Bool {
    (0x61...0x7A).contains(self | 0x20) || self == UInt8(ascii: "_")
  }
}
