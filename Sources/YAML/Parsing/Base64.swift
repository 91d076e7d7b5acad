/// The text in a `!!binary` scalar.
enum Base64 {
  /// The decoded text, each byte that is no UTF-8 replaced; nil for what is no base64.
  static func text(_ encoded: String) -> String? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var count = 0
    var padding = 0
    for byte in encoded.utf8 where byte != Byte.newline && byte != UInt8(ascii: "\r") {
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
    guard count % 4 == 0, padding <= 2 else { return nil }
    return String(validating: bytes, as: UTF8.self) ?? repaired(bytes)
  }

  /// Bytes as Go makes JSON of them: for each that is part of no character, U+FFFD.
  private static func repaired(_ bytes: [UInt8]) -> String {
    var text = ""
    var index = 0
    while index < bytes.count {
      let length = (1...4).first {
        index + $0 <= bytes.count
          && String(validating: bytes[index..<index + $0], as: UTF8.self) != nil
      }
      let end = index + (length ?? 1)
      text += String(decoding: bytes[index..<end], as: UTF8.self)
      index = end
    }
    return text
  }

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case Byte.zero...Byte.nine: UInt32(byte - Byte.zero) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
