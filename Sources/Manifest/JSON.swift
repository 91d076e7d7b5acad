/// Text in JSON.
package enum JSON {
  /// A string in quotes, everything escaped that JSON does not take.
  package static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = [Byte.quote]
    text.withBytes { text in
      bytes.reserveCapacity(text.count + 2)
      for byte in text {
        switch byte {
        case Byte.quote, Byte.backslash:
          bytes.append(Byte.backslash)
          bytes.append(byte)
        case 0..<0x20, 0x7F:
          bytes.append(text: "\\u00")
          bytes.append(digit(byte >> 4))
          bytes.append(digit(byte & 15))
        default: bytes.append(byte)
        }
      }
    }
    bytes.append(Byte.quote)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? Byte.zero + value : UInt8(ascii: "a") + value - 10
  }
}
