/// The words of a line, parted by one space each; the last may be a text with spaces in it.
///
/// A line end and a backslash are written with a backslash, and in a word a space is, too.
struct EscapedWords {
  private var line: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>) { self.line = line }

  /// Whether nothing is left.
  var isEmpty: Bool { line.isEmpty }

  /// Takes the next word.
  mutating func next() -> String {
    let end = line.firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
    defer { line = end < line.endIndex ? line[(end + 1)...] : line[end...] }
    return String(decoding: Self.plain(line[..<end]), as: UTF8.self)
  }

  /// Takes the next word, a whole number; nil where it is none.
  mutating func number() -> Int? { Int(next()) }

  /// All that is left, as text.
  var rest: String { String(decoding: restOfBytes, as: UTF8.self) }

  /// All that is left, as the bytes it stands for.
  var restOfBytes: [UInt8] { Self.plain(line) }

  /// Appends a text that ends its line.
  static func append(rest text: String, to line: inout [UInt8]) {
    append(rest: Array(text.utf8), to: &line)
  }

  /// Appends bytes that end their line.
  static func append(rest bytes: [UInt8], to line: inout [UInt8]) {
    append(bytes[...], escapingSpaces: false, to: &line)
  }

  /// Appends a word that others may follow.
  static func append(word: String, to line: inout [UInt8]) {
    append(Array(word.utf8)[...], escapingSpaces: true, to: &line)
  }

  private static func append(
    _ bytes: ArraySlice<UInt8>, escapingSpaces: Bool, to line: inout [UInt8]
  ) {
    var start = bytes.startIndex
    for (place, byte) in zip(bytes.indices, bytes) {
      let letter: UInt8
      switch byte {
      case UInt8(ascii: "\n"): letter = UInt8(ascii: "n")
      case UInt8(ascii: "\\"): letter = byte
      case UInt8(ascii: " ") where escapingSpaces: letter = UInt8(ascii: "s")
      default: continue
      }
      line += bytes[start..<place]
      line += [UInt8(ascii: "\\"), letter]
      start = place + 1
    }
    line += bytes[start...]
  }

  private static func plain(_ escaped: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(escaped.count)
    var rest = escaped
    while let place = rest.firstIndex(of: UInt8(ascii: "\\")), place + 1 < rest.endIndex {
      bytes += rest[..<place]
      switch rest[place + 1] {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "s"): bytes.append(UInt8(ascii: " "))
      case let byte: bytes.append(byte)
      }
      rest = rest[(place + 2)...]
    }
    return bytes + rest
  }
}
