#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension RandomAccessCollection<UInt8> where Index == Int {
  /// Whether it begins with the mark that some editors put before a text in UTF-8.
  var hasByteOrderMark: Bool {
    count > 2 && self[startIndex] == 0xEF && self[startIndex + 1] == 0xBB
      && self[startIndex + 2] == 0xBF
  }

  /// Whether a line ends at a place, as libyaml sees it: CR, LF, and Unicode's NEL, LS and PS.
  func isBreak(at index: Int) -> Bool { breakLength(at: index) > 0 }

  /// The length of the line break at a place, 0 where there is none.
  func breakLength(at index: Int) -> Int {
    switch self[index] {
    case Byte.newline: 1
    case Byte.carriageReturn: index + 1 < endIndex && self[index + 1] == Byte.newline ? 2 : 1
    case 0xC2: index + 1 < endIndex && self[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      index + 2 < endIndex && self[index + 1] == 0x80 && self[index + 2] & 0xFE == 0xA8 ? 3 : 0
    default: 0
    }
  }

  /// The place after the line break that ends a line, the end of the text for the last line.
  func lineEnd(from start: Int) -> Int {
    var index = start
    while index < endIndex {
      let byte = self[index]
      if byte >= Byte.space && byte < 0x80 {
        index += 1
        continue
      }
      let length = breakLength(at: index)
      if length > 0 { return index + length }
      index += 1
    }
    return endIndex
  }
}

extension Array where Element == UInt8 {
  /// The mark at the beginning of a text, which belongs to no document.
  var byteOrderMark: ArraySlice<UInt8> { hasByteOrderMark ? self[..<3] : [] }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where a byte stands first, from some place on; nil where it does not.
  func place(of byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress, start < count,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  func hasBytes(of other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count, let base = baseAddress, let other = other.baseAddress else {
      return isEmpty && other.isEmpty
    }
    return memcmp(base, other, count) == 0
  }
}
