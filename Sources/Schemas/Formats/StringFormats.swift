import YAML

/// The rarer forms that texts must have, each a walk over the bytes.
enum StringFormats {
  static func isBase64(_ bytes: String.UTF8View) -> Bool {
    let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard bytes.count % 4 == 0, padding <= 2, padding < bytes.count else { return false }
    return bytes.dropLast(padding).allSatisfy {
      $0.isAlphanumeric || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
    }
  }

  /// Whether a text is not empty, with bytes of one class at its ends and of another between.
  static func isEnclosed(
    _ bytes: some BidirectionalCollection<UInt8>, ends: (UInt8) -> Bool, _ middle: (UInt8) -> Bool
  ) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return false }
    return ends(first) && ends(last) && bytes.allSatisfy(middle)
  }

  /// Whether a text is an attribute of Envoy: a known prefix, then lower-case letters, `_` and 1 to 9.
  static func isAttribute(_ bytes: String.UTF8View) -> Bool {
    let prefixes = [
      "connection.", "source.", "destination.", "request.", "response.", "upstream.", "xds.route_",
    ]
    guard let prefix = prefixes.first(where: { bytes.starts(with: $0.utf8) }) else { return false }
    return bytes.dropFirst(prefix.utf8.count).allSatisfy {
      $0.isLower || $0 == UInt8(ascii: "_") || $0.isDigit && $0 != UInt8(ascii: "0")
    }
  }

  // MARK: Addresses

  static func isAddress(_ bytes: [UInt8]) -> Bool {
    isIPv4(bytes[...]) || isIPv6(bytes)
  }

  private static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy(isOctet)
  }

  private static func isOctet(_ digits: ArraySlice<UInt8>) -> Bool {
    guard (1...3).contains(digits.count), digits.allSatisfy(\.isDigit) else { return false }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
  }

  private static func isHex(_ digits: ArraySlice<UInt8>) -> Bool {
    (1...4).contains(digits.count) && digits.allSatisfy(\.isHexDigit)
  }

  private static func isIPv6(_ bytes: [UInt8]) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    if bytes == Array("::".utf8) { return true }
    if parts.allSatisfy(isHex) { return (2...8).contains(parts.count) }
    // Up to five groups, a gap, one or two groups.
    guard let gap = parts.firstIndex(where: \.isEmpty), gap <= 5 else { return false }
    let tail = parts[(gap + 1)...]
    return parts[..<gap].allSatisfy(isHex) && (1...2).contains(tail.count)
      && tail.allSatisfy(isHex)
  }

  /// Whether an address with `/` and digits behind it stands anywhere in a text.
  static func holdsNetwork(_ bytes: [UInt8]) -> Bool {
    bytes.indices.contains { place in
      guard bytes[place] == UInt8(ascii: "/"), place + 1 < bytes.count, bytes[place + 1].isDigit
      else { return false }
      return endsInIPv4(bytes[..<place]) || endsInIPv6(bytes[..<place])
    }
  }

  private static func endsInIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count >= 4, let first = parts.dropLast(3).last else { return false }
    return parts.suffix(3).allSatisfy(isOctet) && first.last?.isDigit == true
  }

  private static func endsInIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count >= 2, let last = parts.last else { return false }
    if let zone = last.firstIndex(of: UInt8(ascii: "%")) {
      return hasZone(last[zone...].dropFirst()) && isLinkLocal(parts, before: last[..<zone])
    }
    // The groups at the end, up to a gap or to eight of them.
    var groups = 0
    for (index, part) in parts.enumerated().reversed() {
      if index == 0 { return groups == 7 && part.last?.isHexDigit == true }
      if part.isEmpty { return groups <= 7 && index > 0 }
      guard isHex(part) else { return groups == 7 && part.last?.isHexDigit == true }
      groups += 1
      if groups == 8 { return true }
    }
    return false
  }

  private static func hasZone(_ zone: ArraySlice<UInt8>) -> Bool {
    !zone.isEmpty && zone.allSatisfy(\.isAlphanumeric)
  }

  private static func isLinkLocal(
    _ parts: [ArraySlice<UInt8>], before last: ArraySlice<UInt8>
  ) -> Bool {
    let groups = parts.dropLast() + [last]
    guard let start = groups.lastIndex(where: { $0.suffix(4).elementsEqual("fe80".utf8) }) else {
      return false
    }
    let behind = groups[(start + 1)...]
    let rest = behind.first?.isEmpty == true ? behind.dropFirst() : behind
    guard behind.count <= 5, behind.first?.isEmpty == true else { return false }
    return rest.allSatisfy { $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }
  }

  /// What the server takes as the value of a Gateway's address of type IPAddress.
  static func isServerAddress(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return isIPv4(bytes[...]) || isCompressedIPv6(bytes)
  }

  /// Eight groups, or fewer around one `::`; the last two may be an IPv4 address.
  private static func isCompressedIPv6(_ bytes: [UInt8]) -> Bool {
    var groups = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard groups.count >= 3, let last = groups.last else { return false }
    var missing = 8
    if isIPv4(last) {
      groups.removeLast()
      missing -= 2
      if groups.last?.isEmpty == true { groups.append(last.prefix(0)) }
    }
    let gaps = groups.indices.filter { groups[$0].isEmpty }
    let filled = groups.filter { !$0.isEmpty }
    guard filled.allSatisfy(isHex) else { return false }
    switch gaps.count {
    case 0: return filled.count == missing
    case 1: return gaps[0] > 0 && gaps[0] < groups.count - 1 && filled.count < missing
    case 2:
      let isAtEnd = gaps == [0, 1] || gaps == [groups.count - 2, groups.count - 1]
      return isAtEnd && groups.count > 2 && filled.count < missing
    case 3: return groups.count == 3
    default: return false
    }
  }

  /// A label's key as a Gateway's infrastructure takes it, without regard to the prefix's length.
  static func isLabelKey(_ key: String) -> Bool {
    let parts = key.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.last, name.count <= 63 else { return false }
    if parts.count == 2, !Pattern.isSubdomain(parts[0]) { return false }
    return isEnclosed(name, ends: \.isAlphanumeric) {
      $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        || $0 == UInt8(ascii: ".")
    }
  }

  // MARK: Names of other projects' things

  static func isBundle(_ bytes: String.UTF8View) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2, let domain = parts.first, let name = parts.last else { return false }
    return Pattern.isSubdomain(domain) && name.count <= 63
      && isEnclosed(name, ends: \.isAlphanumeric) {
        $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
          || $0 == UInt8(ascii: ".")
      }
  }

  /// The words stand anywhere: the server's pattern is not anchored around its alternatives.
  static func isAddressType(_ bytes: [UInt8]) -> Bool {
    if bytes.starts(with: "Hostname".utf8) || bytes.contains("IPAddress")
      || bytes.contains("NamedAddress")
    {
      return true
    }
    return bytes.indices.contains { place in
      bytes[place] == UInt8(ascii: "/") && place > 0 && bytes[place - 1].isLowerOrDigit
        && place + 1 < bytes.count && bytes[(place + 1)...].allSatisfy(\.isURLByte)
    }
  }

  static func isProtocol(_ bytes: [UInt8]) -> Bool {
    if isEnclosed(
      bytes, ends: \.isAlphanumeric, { $0.isAlphanumeric || $0 == UInt8(ascii: "-") })
    {
      return true
    }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")), slash > 0 else { return false }
    let name = bytes[(slash + 1)...]
    return bytes[slash - 1].isLowerOrDigit && !name.isEmpty && name.allSatisfy(\.isAlphanumeric)
  }

  // MARK: URLs

  static func isOrigin(_ bytes: String.UTF8View) -> Bool {
    var rest = bytes[...]
    guard rest.starts(with: "http".utf8) else { return false }
    rest = rest.dropFirst(4)
    if rest.first == UInt8(ascii: "s") { rest = rest.dropFirst() }
    guard rest.starts(with: "://".utf8) else { return false }
    rest = rest.dropFirst(3)
    let host = rest.prefix { $0 != UInt8(ascii: ":") }
    let port = rest.dropFirst(host.count)
    if !port.isEmpty {
      let digits = port.dropFirst()
      guard (1...5).contains(digits.count), digits.allSatisfy(\.isDigit) else { return false }
    }
    if host.elementsEqual("*".utf8) { return true }
    let name = host.starts(with: "*.".utf8) ? host.dropFirst(2) : host
    return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
    }
  }

  /// A scheme of two letters or more, `://`, anything without `:/?#`, perhaps a port.
  static func isAnyOrigin(_ bytes: String.UTF8View) -> Bool {
    let scheme = bytes.prefix { $0 != UInt8(ascii: ":") }
    let rest = bytes.dropFirst(scheme.count)
    guard scheme.count > 1, scheme.first?.isLetter == true,
      scheme.allSatisfy({ $0.isAlphanumeric || "+-.".utf8.contains($0) }),
      rest.starts(with: "://".utf8)
    else { return false }
    let host = rest.dropFirst(3).prefix { !":/?#".utf8.contains($0) }
    let port = rest.dropFirst(3 + host.count)
    guard !host.isEmpty else { return false }
    guard port.first == UInt8(ascii: ":") else { return port.isEmpty }
    let digits = port.dropFirst()
    return (1...5).contains(digits.count) && digits.allSatisfy(\.isDigit)
  }

  static func isWebOrigin(_ bytes: String.UTF8View, anyScheme: Bool) -> Bool {
    if bytes.elementsEqual("*".utf8) { return true }
    let scheme = bytes.prefix { $0 != UInt8(ascii: ":") }
    let rest = bytes.dropFirst(scheme.count)
    let isKnown =
      anyScheme
      ? scheme.first?.isLetter == true
        && scheme.allSatisfy { $0.isAlphanumeric || "+-.".utf8.contains($0) }
      : scheme.elementsEqual("http".utf8) || scheme.elementsEqual("https".utf8)
    guard isKnown, rest.starts(with: "://".utf8) else { return false }
    let place = rest.dropFirst(3)
    let host = place.prefix { $0 != UInt8(ascii: ":") }
    let port = place.dropFirst(host.count)
    if !port.isEmpty {
      guard (1...5).contains(port.count - 1), port.dropFirst().allSatisfy(\.isDigit) else {
        return false
      }
    }
    if host.elementsEqual("*".utf8) { return true }
    let name = host.starts(with: "*.".utf8) ? host.dropFirst(2) : host
    return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty
        && $0.allSatisfy {
          $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
    }
  }

  static func isController(_ bytes: String.UTF8View) -> Bool {
    let domain = bytes.prefix { $0 != UInt8(ascii: "/") }
    let path = bytes.dropFirst(domain.count + 1)
    return Pattern.isSubdomain(domain) && !path.isEmpty && path.allSatisfy(\.isURLByte)
  }

  static func isPath(_ bytes: [UInt8]) -> Bool {
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%") {
        guard place + 2 < bytes.count, bytes[place + 1].isHexDigit, bytes[place + 2].isHexDigit
        else { return false }
        place += 3
      } else {
        guard bytes[place].isURLByte || bytes[place] == UInt8(ascii: "@") else { return false }
        guard bytes[place] != UInt8(ascii: "%") else { return false }
        place += 1
      }
    }
    return place > 0
  }
}

extension UInt8 {
  /// Whether it is a digit in hexadecimal, in either case of letters.
  package var isHexDigit: Bool {
    isDigit || (self >= 0x41 && self <= 0x46) || (self >= 0x61 && self <= 0x66)
  }

  /// The characters of a URL's path, `%` among them, `@` not.
  fileprivate var isURLByte: Bool {
    switch self {
    case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "!"), UInt8(ascii: "$"),
      UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"),
      UInt8(ascii: "="), UInt8(ascii: ":"):
      true
    default: isAlphanumeric
    }
  }
}
