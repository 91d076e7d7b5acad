/// UTF-8 byte by byte, for text that arrives in pieces; what is no UTF-8 is dropped.
struct ScalarDecoder: Sendable {
  private var value: UInt32 = 0
  private var missing = 0
  /// What the next byte may be.
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xbf

  /// Whether a scalar has begun.
  var isPending: Bool { missing > 0 }

  /// Forgets a scalar that something else broke off.
  mutating func reset() { missing = 0 }

  /// Takes a byte from 0x80 on and gives the scalar that it completes, but no control character.
  mutating func take(_ byte: UInt8) -> Unicode.Scalar? {
    if missing > 0, (low...high).contains(byte) {
      value = value << 6 | UInt32(byte & 0x3f)
      missing -= 1
      (low, high) = (0x80, 0xbf)
      return missing == 0 && value >= 0xa0 ? Unicode.Scalar(value) : nil
    }
    begin(byte)
    return nil
  }

  private mutating func begin(_ byte: UInt8) {
    (low, high) = (0x80, 0xbf)
    missing = 0
    switch byte {
    case 0xc2...0xdf:
      missing = 1
      value = UInt32(byte & 0x1f)
    case 0xe0...0xef:
      missing = 2
      value = UInt32(byte & 0x0f)
      // Neither overlong nor a surrogate.
      if byte == 0xe0 { low = 0xa0 }
      if byte == 0xed { high = 0x9f }
    case 0xf0...0xf4:
      missing = 3
      value = UInt32(byte & 0x07)
      if byte == 0xf0 { low = 0x90 }
      if byte == 0xf4 { high = 0x8f }
    default: break
    }
  }
}
