import Manifest

/// The part of TOML that a configuration is written in: tables; texts, booleans and lists of texts.
///
/// Our own, because it is this little and every start may read it; the library for all of TOML
/// brings Foundation and a library in C++ along.
struct TOML {
  enum Value: Equatable {
    case text(String)
    case flag(Bool)
    case texts([String])
  }

  /// A key and its value; `table` is "" before the first table.
  struct Entry {
    let table: String
    let key: String
    let value: Value
    /// The line of the key, from 1.
    let line: Int
  }

  /// What is no TOML, or none that is known here.
  struct Fault: Error {
    let line: Int
    let words: String
  }

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// All entries of a text, in its order; throws at the first line that is not understood.
  static func entries(of bytes: [UInt8]) throws(Fault) -> [Entry] {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Fault(line: 1, words: "not UTF-8")
    }
    var reader = TOML(bytes)
    var entries: [Entry] = []
    var table = ""
    while true {
      reader.skipLines()
      guard reader.next != nil else { return entries }
      if reader.take("[") {
        reader.skipBlanks()
        table = try reader.name()
        reader.skipBlanks()
        guard reader.take("]"), !table.isEmpty else {
          throw reader.fault("a table is written [name]")
        }
      } else {
        let line = reader.line
        let key = try reader.name()
        reader.skipBlanks()
        guard reader.take("=") else { throw reader.fault("\(key) needs a value: \(key) = ...") }
        reader.skipBlanks()
        let value = try reader.value(of: key)
        if entries.contains(where: { $0.table == table && $0.key == key }) {
          throw Fault(line: line, words: "\(key) is there twice")
        }
        entries.append(Entry(table: table, key: key, value: value, line: line))
      }
      try reader.endLine()
    }
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private func fault(_ words: String) -> Fault { Fault(line: line, words: words) }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") { place += 1 }
  }

  private mutating func skipComment() {
    skipBlanks()
    guard next == UInt8(ascii: "#") else { return }
    while let byte = next, byte != UInt8(ascii: "\n") { place += 1 }
  }

  private mutating func skipLines() {
    while true {
      skipComment()
      _ = take("\r")
      guard take("\n") else { return }
      line += 1
    }
  }

  private mutating func endLine() throws(Fault) {
    skipComment()
    _ = take("\r")
    guard next == nil || next == UInt8(ascii: "\n") else {
      throw fault("nothing may follow a value but a comment (#)")
    }
  }

  private mutating func name() throws(Fault) -> String {
    if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") { return try text() }
    let start = place
    while let byte = next, Path.isPlain(byte) { place += 1 }
    guard place > start else { throw fault("expected a key, such as mouse, or a table, [keys]") }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func value(of key: String) throws(Fault) -> Value {
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try text())
    case UInt8(ascii: "["): return .texts(try texts())
    default:
      let start = place
      while let byte = next, Path.isPlain(byte) { place += 1 }
      switch String(decoding: bytes[start..<place], as: UTF8.self) {
      case "true": return .flag(true)
      case "false": return .flag(false)
      default: throw fault("\(key): use true, false, \"a text\" or [\"a\", \"list\"]")
      }
    }
  }

  private mutating func texts() throws(Fault) -> [String] {
    var texts: [String] = []
    _ = take("[")
    while true {
      skipLines()
      if take("]") { return texts }
      guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") else {
        throw fault("a list is written [\"a\", \"b\"]")
      }
      texts.append(try text())
      skipLines()
      if take("]") { return texts }
      guard take(",") else { throw fault("a list has commas between its texts") }
    }
  }

  /// A text in quotes; only in double ones a backslash means something.
  private mutating func text() throws(Fault) -> String {
    let quote = bytes[place]
    place += 1
    var text: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      place += 1
      if byte == quote { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        text += try escaped()
      } else {
        text.append(byte)
      }
    }
    throw fault("a text ends with its quote, on its line")
  }

  private mutating func escaped() throws(Fault) -> [UInt8] {
    guard let letter = next else { throw fault("a text ends with its quote, on its line") }
    place += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [letter]
    case UInt8(ascii: "n"): return [UInt8(ascii: "\n")]
    case UInt8(ascii: "t"): return [UInt8(ascii: "\t")]
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = letter == UInt8(ascii: "u") ? 4 : 8
      let digits = bytes[place...].prefix(count).prefix { Self.isHexDigit($0) }
      let text = String(decoding: digits, as: UTF8.self)
      guard digits.count == count, let number = UInt32(text, radix: 16),
        let scalar = Unicode.Scalar(number)
      else { throw fault("a character is written \\u0041 or \\U0001F600") }
      place += count
      return Array(String(Character(scalar)).utf8)
    default: throw fault("a backslash comes before another one, \", n, t or u0041")
    }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    Character(Unicode.Scalar(byte)).isHexDigit
  }

  /// A text as it is written in a file.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..<" ", "\u{7f}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
