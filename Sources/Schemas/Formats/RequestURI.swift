/// URIs as the server takes them where a CRD names the format `uri`: what Go's
/// `url.ParseRequestURI` reads, a path alone among it.
enum RequestURI {
  static func accepts(_ bytes: [UInt8]) -> Bool {
    guard !bytes.isEmpty, !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return false }
    if bytes == [UInt8(ascii: "*")] { return true }
    guard bytes[0] != UInt8(ascii: ":") else { return false }
    let scheme = scheme(of: bytes)
    let rest = bytes.dropFirst(scheme ?? 0).prefix { $0 != UInt8(ascii: "?") }
    guard rest.first == UInt8(ascii: "/") else { return scheme != nil }
    guard scheme != nil, rest.starts(with: "//".utf8) else { return isEscaped(rest) }
    let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
    return isAuthority(authority) && isEscaped(rest.dropFirst(2 + authority.count))
  }

  /// The length of a scheme with its colon, nil where there is none.
  private static func scheme(of bytes: [UInt8]) -> Int? {
    let name = bytes.prefix { $0.isAlphanumeric || "+-.".utf8.contains($0) }
    guard name.first?.isLetter == true, name.count < bytes.count,
      bytes[name.count] == UInt8(ascii: ":")
    else { return nil }
    return name.count + 1
  }

  private static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return isHost(bytes) }
    let user = bytes[..<at]
    return user.allSatisfy { $0.isAlphanumeric || "-._:~!$&'()*+,;=%@".utf8.contains($0) }
      && isEscaped(user) && isHost(bytes[(at + 1)...])
  }

  private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
    if let open = bytes.lastIndex(of: UInt8(ascii: "[")) {
      guard open == bytes.startIndex, let close = bytes.lastIndex(of: UInt8(ascii: "]")) else {
        return false
      }
      return isAddress(bytes[(open + 1)..<close]) && isPort(bytes[(close + 1)...])
    }
    let port = bytes.lastIndex(of: UInt8(ascii: ":")).map { bytes[$0...] } ?? []
    return isPort(port) && isEscaped(bytes, inHost: true)
      && bytes.allSatisfy {
        $0 >= 0x80 || $0.isAlphanumeric || "-_.~!$&'()*+,;=:[]<>\"%".utf8.contains($0)
      }
  }

  /// An IPv6 address, which may have a zone behind `%25`.
  private static func isAddress(_ bytes: ArraySlice<UInt8>) -> Bool {
    let address = bytes.prefix { $0 != UInt8(ascii: "%") }
    let zone = bytes.dropFirst(address.count)
    return address.contains(UInt8(ascii: ":"))
      && StringFormats.isServerAddress(String(decoding: address, as: UTF8.self))
      && (zone.isEmpty || zone.count > 3 && zone.starts(with: "%25".utf8) && isEscaped(zone))
  }

  private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.isEmpty || bytes.first == UInt8(ascii: ":") && bytes.dropFirst().allSatisfy(\.isDigit)
  }

  /// Whether two hexadecimal digits stand behind each `%`; a host has only bytes beyond ASCII so.
  private static func isEscaped(_ bytes: ArraySlice<UInt8>, inHost: Bool = false) -> Bool {
    bytes.indices.allSatisfy { place in
      guard bytes[place] == UInt8(ascii: "%") else { return true }
      let digits = bytes[place...].dropFirst().prefix(2)
      guard digits.count == 2, digits.allSatisfy(\.isHexDigit), let first = digits.first else {
        return false
      }
      return !inHost || !(0x30...0x37).contains(first) || digits.elementsEqual("25".utf8)
    }
  }
}
