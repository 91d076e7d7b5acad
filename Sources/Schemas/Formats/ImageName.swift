/// Names of container images, as a GatewayConfig takes them.
enum ImageName {
  /// A host with a port, a path, a tag and a digest, all but the first of which may be absent.
  static func isImage(_ bytes: [UInt8]) -> Bool {
    let name = bytes.prefix { $0 != UInt8(ascii: "@") }
    let digest = bytes[name.count...]
    let host = name.prefix { $0 != UInt8(ascii: "/") }
    let path = name[host.count...].dropFirst()
    let hostParts = host.parts(at: UInt8(ascii: ":"))
    let pathParts = path.parts(at: UInt8(ascii: ":"))
    guard digest.isEmpty || isDigest(digest),
      hostParts.allSatisfy(isWord)
    else { return false }
    guard host.count < name.count else {
      return hostParts.count < 3 || hostParts.count == 3 && hostParts[1].allSatisfy(\.isDigit)
    }
    return hostParts.count < 3 && hostParts.dropFirst().allSatisfy { $0.allSatisfy(\.isDigit) }
      && pathParts.count < 3 && !pathParts[0].isEmpty
      && pathParts[0].allSatisfy { $0.isImageByte || $0 == UInt8(ascii: "/") }
      && pathParts.dropFirst().allSatisfy(isWord)
  }

  private static func isDigest(_ bytes: ArraySlice<UInt8>) -> Bool {
    let sum = bytes.dropFirst("@sha256:".utf8.count)
    return bytes.starts(with: "@sha256:".utf8) && !sum.isEmpty && sum.allSatisfy(\.isLowerOrDigit)
  }

  /// A host with a port and a path, without tag and digest.
  static func isRepository(_ bytes: [UInt8]) -> Bool {
    let parts = bytes[...].parts(at: UInt8(ascii: ":"))
    guard let last = parts.last, parts.count < 3, last.count > 1, let first = last.first,
      last.allSatisfy({ $0.isImageByte || $0 == UInt8(ascii: "/") })
    else { return false }
    return parts.count == 1
      ? first.isImageByte
      : first.isDigit && isWord(parts[0])
  }

  private static func isWord(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy(\.isImageByte)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func parts(at byte: UInt8) -> [ArraySlice<UInt8>] {
    split(separator: byte, omittingEmptySubsequences: false)
  }
}

extension UInt8 {
  fileprivate var isImageByte: Bool { isAlphanumeric || "._-".utf8.contains(self) }
}
