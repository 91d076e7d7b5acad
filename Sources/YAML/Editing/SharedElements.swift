#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

// An edit leaves most elements of a list where they were, in the storage they had. Two elements of
// the same bits are equal, and looking at bits neither counts references nor follows them.

extension Array {
  /// How many elements both begin with that have the same bits; equal ones in other storage end it.
  func countShared(atFrontOf other: [Element]) -> Int {
    countShared(from: 0, with: other, from: 0, step: 1, atMost: Swift.min(count, other.count))
  }

  /// How many elements both end with that have the same bits.
  func countShared(atBackOf other: [Element]) -> Int {
    countShared(
      from: count - 1, with: other, from: other.count - 1, step: -1,
      atMost: Swift.min(count, other.count))
  }

  /// How many elements from a place on, forwards or backwards, have the bits of those of another
  /// array; both have `most` elements there.
  func countShared(
    from place: Int, with other: [Element], from otherPlace: Int, step: Int = 1, atMost most: Int
  ) -> Int {
    withUnsafeBytes { one in
      other.withUnsafeBytes { two in
        guard let one = one.baseAddress, let two = two.baseAddress else { return 0 }
        if one == two, place == otherPlace { return most }
        let stride = MemoryLayout<Element>.stride
        var shared = 0
        while shared < most,
          memcmp(
            one + (place + shared * step) * stride, two + (otherPlace + shared * step) * stride,
            MemoryLayout<Element>.size) == 0
        {
          shared += 1
        }
        return shared
      }
    }
  }
}

extension Array where Element: Equatable {
  /// Whether both hold equal elements, found soon where most of them are shared.
  func hasElements(of other: [Element]) -> Bool {
    guard count == other.count else { return false }
    var place = 0
    while true {
      place += countShared(from: place, with: other, from: place, atMost: count - place)
      guard place < count else { return true }
      guard self[place] == other[place] else { return false }
      place += 1
    }
  }
}
