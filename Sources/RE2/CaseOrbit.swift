/// The scalars that `(?i)` holds to be one letter.
enum CaseOrbit {
  /// All cases of a letter, itself among them; any other scalar alone.
  static func members(of value: UInt32) -> [UInt32] {
    if value < 0x80 {
      let upper = asciiUpper(value)
      switch upper {
      case 0x4B: return [0x4B, 0x6B, 0x212A]
      case 0x53: return [0x53, 0x73, 0x17F]
      case 0x41...0x5A: return [upper, upper + 0x20]
      default: return [value]
      }
    }
    if let odd = oddOrbit(of: value) { return odd }
    guard let scalar = Unicode.Scalar(value), value != 0x131 else { return [value] }
    let properties = scalar.properties
    var members = [value]
    for text in [
      properties.lowercaseMapping, properties.uppercaseMapping, properties.titlecaseMapping,
    ] {
      let scalars = text.unicodeScalars
      guard let first = scalars.first, scalars.count == 1 else { continue }
      if !members.contains(first.value) { members.append(first.value) }
    }
    return members
  }

  /// The least of a letter's cases, the same for all of them.
  static func least(of value: UInt32) -> UInt32 {
    if value < 0x80 { return asciiUpper(value) }
    return members(of: value).min() ?? value
  }

  private static func asciiUpper(_ value: UInt32) -> UInt32 {
    (0x61...0x7A).contains(value) ? value - 0x20 : value
  }

  private static func oddOrbit(of value: UInt32) -> [UInt32]? {
    guard value <= 0xFFFF else { return nil }
    let code = UInt16(value)
    guard let place = odd.firstIndex(of: code) else { return nil }
    let start = odd[..<place].lastIndex(of: 0).map { $0 + 1 } ?? 0
    let end = odd[place...].firstIndex(of: 0) ?? odd.count
    return odd[start..<end].map { UInt32($0) }
  }

  /// The letters whose cases are more than two, or that no simple mapping leads back to
  /// (Unicode's CaseFolding.txt, types C and S), with a 0 after each.
  private static let odd: [UInt16] = [
    0x4B, 0x6B, 0x212A, 0, 0x53, 0x73, 0x17F, 0, 0xB5, 0x39C, 0x3BC, 0, 0xC5, 0xE5, 0x212B, 0,
    0xDF, 0x1E9E, 0, 0x1C4, 0x1C5, 0x1C6, 0, 0x1C7, 0x1C8, 0x1C9, 0, 0x1CA, 0x1CB, 0x1CC, 0,
    0x1F1, 0x1F2, 0x1F3, 0, 0x345, 0x399, 0x3B9, 0x1FBE, 0, 0x392, 0x3B2, 0x3D0, 0,
    0x395, 0x3B5, 0x3F5, 0, 0x398, 0x3B8, 0x3D1, 0x3F4, 0, 0x39A, 0x3BA, 0x3F0, 0,
    0x3A0, 0x3C0, 0x3D6, 0, 0x3A1, 0x3C1, 0x3F1, 0, 0x3A3, 0x3C2, 0x3C3, 0, 0x3A6, 0x3C6, 0x3D5, 0,
    0x3A9, 0x3C9, 0x2126, 0, 0x412, 0x432, 0x1C80, 0, 0x414, 0x434, 0x1C81, 0,
    0x41E, 0x43E, 0x1C82, 0, 0x421, 0x441, 0x1C83, 0, 0x422, 0x442, 0x1C84, 0x1C85, 0,
    0x42A, 0x44A, 0x1C86, 0, 0x462, 0x463, 0x1C87, 0, 0x1C88, 0xA64A, 0xA64B, 0,
    0x1E60, 0x1E61, 0x1E9B, 0, 0x390, 0x1FD3, 0, 0x3B0, 0x1FE3, 0, 0xFB05, 0xFB06, 0,
  ]
}
