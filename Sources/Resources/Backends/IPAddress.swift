/// IP addresses and networks as Go's net package reads them.
package enum IPAddress {
  /// Whether a text is an address.
  package static func isAddress(_ text: String) -> Bool { bytes(text) != nil }

  /// Whether a text is an address with the length of its network behind it, such as `10.0.0.0/8`.
  static func isNetwork(_ text: String) -> Bool {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return false }
    let digits = text.utf8[text.utf8.index(after: slash)...]
    guard let bytes = bytes(String(text[..<slash])), (1...3).contains(digits.count),
      digits.allSatisfy(isDigit), let length = Int(String(digits) ?? "")
    else { return false }
    return length <= bytes.count * 8
  }

  /// The same of IPv4.
  static func isShortNetwork(_ text: String) -> Bool {
    !text.utf8.contains(UInt8(ascii: ":")) && isNetwork(text)
  }

  /// The bytes of an address, nil where the text is none.
  static func bytes(_ text: String) -> [UInt8]? {
    text.utf8.contains(UInt8(ascii: ":")) ? longBytes(text) : shortBytes(text[...])
  }

  /// Whether an address leads back to the machine itself.
  static func isLoopback(_ text: String) -> Bool {
    guard let bytes = bytes(text) else { return false }
    return bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
  }

  /// Whether an address is one of a private network, which is not routed in the internet (RFC 1918, RFC 4193,
  /// RFC 6598), or of the machine itself.
  package static func isPrivate(_ text: String) -> Bool {
    guard let bytes = bytes(text) else { return false }
    if isLoopback(text) { return true }
    guard bytes.count == 4 else {
      return bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }
    return switch bytes[0] {
    case 10: true
    case 100: bytes[1] & 0xC0 == 64
    case 169: bytes[1] == 254
    case 172: bytes[1] & 0xF0 == 16
    case 192: bytes[1] == 168
    default: false
    }
  }

  /// Whether a text is an address but for zeros in front of its numbers, as the server takes it.
  static func hasLeadingZeros(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { $0.utf8.allSatisfy(isDigit) && UInt8($0) != nil }
      && parts.contains { $0.utf8.count > 1 && $0.hasPrefix("0") }
  }

  private static func shortBytes(_ text: Substring) -> [UInt8]? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let bytes = parts.compactMap { part -> UInt8? in
      guard part.allSatisfy(isDigit), part.count == 1 || part.first != UInt8(ascii: "0") else {
        return nil
      }
      return UInt8(String(part) ?? "")
    }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  /// Groups of hexadecimal digits, of which `::` stands for as many as are missing.
  private static func longBytes(_ text: String) -> [UInt8]? {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var front: [UInt8] = []
    var back: [UInt8]?
    for (index, part) in parts.enumerated() {
      let isEdge = index == 0 || index == parts.count - 1
      if part.isEmpty {
        // At an end two colons leave two empty parts.
        if index == 0, parts.count > 2, parts[1].isEmpty { continue }
        if index == parts.count - 1, back?.isEmpty == true { continue }
        guard !isEdge, back == nil else { return nil }
        back = []
        continue
      }
      guard let group = group(part, isLast: index == parts.count - 1) else { return nil }
      if back == nil { front += group } else { back? += group }
    }
    guard let back else { return front.count == 16 ? front : nil }
    let missing = 16 - front.count - back.count
    return missing < 2 ? nil : front + Array(repeating: 0, count: missing) + back
  }

  private static func group(_ part: Substring.UTF8View, isLast: Bool) -> [UInt8]? {
    if isLast, part.contains(UInt8(ascii: ".")) { return shortBytes(Substring(part)) }
    guard (1...4).contains(part.count), let value = UInt16(Substring(part), radix: 16),
      part.first != UInt8(ascii: "+")
    else { return nil }
    return [UInt8(value >> 8), UInt8(value & 0xff)]
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
