/// Bytes as text in the standard alphabet of base64 (RFC 4648, section 4).
package enum Base64 {
  /// The bytes that a text stands for, nil where it is no base64, as Go's base64.StdEncoding decodes:
  /// line ends do not count, padding is needed.
  package static func bytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var count = 0
    var padding = 0
    for byte in text.utf8 where byte != Byte.newline && byte != UInt8(ascii: "\r") {
      if byte == UInt8(ascii: "=") {
        padding += 1
      } else {
        guard padding == 0, let value = value(of: byte) else { return nil }
        buffer = buffer << 6 | value
        if count % 4 > 0 {
          let shift = UInt32(6 - count % 4 * 2)
          bytes.append(UInt8(truncatingIfNeeded: buffer >> shift))
        }
      }
      count += 1
    }
    return count % 4 == 0 && padding <= 2 ? bytes : nil
  }

  /// The text that stands for bytes, without line ends.
  package static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var value = 0
      for place in 0..<3 {
        value = value << 8 | (place < group.count ? Int(group[start + place]) : 0)
      }
      for place in 0..<4 {
        text.append(
          place <= group.count ? alphabet[value >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case Byte.zero...Byte.nine: UInt32(byte - Byte.zero) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    case _: nil
    }
  }
}
