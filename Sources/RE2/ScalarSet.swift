/// The scalars that a class such as `[a-z\pN]` fits.
struct ScalarSet: Sendable {
  enum Item: Equatable, Sendable {
    case range(ClosedRange<UInt32>)
    case group(CharacterClass, isNegated: Bool)

    fileprivate func contains(_ value: UInt32) -> Bool {
      switch self {
      case .range(let range): range.contains(value)
      case .group(let group, let isNegated): group.contains(value) != isNegated
      }
    }

    fileprivate var isLineBreak: Bool { self == .range(0x0A...0x0A) || self == .range(0x0D...0x0D) }
  }

  var items: [Item] = []
  var isNegated = false
  /// Whether the cases of a letter are one.
  var isFolded = false
  /// The answers for ASCII, a bit each, once prepared.
  private var ascii: (low: UInt64, high: UInt64)?

  init(_ items: [Item] = [], isNegated: Bool = false, isFolded: Bool = false) {
    self.items = items
    self.isNegated = isNegated
    self.isFolded = isFolded
  }

  /// The same set, quick to ask for ASCII.
  var prepared: ScalarSet {
    var low: UInt64 = 0
    var high: UInt64 = 0
    for value in UInt32(0)..<64 {
      if holds(value) { low |= 1 << UInt64(value) }
      if holds(value + 64) { high |= 1 << UInt64(value) }
    }
    var result = self
    result.ascii = (low, high)
    return result
  }

  func contains(_ value: UInt32) -> Bool {
    if value < 128, let ascii {
      return (value < 64 ? ascii.low : ascii.high) >> UInt64(value & 63) & 1 == 1
    }
    return holds(value)
  }

  /// About as many instructions as RE2, which works on bytes, makes of the set.
  var cost: Int {
    var cost = isNegated ? 10 : -1
    for item in items {
      switch item {
      case .range(let range): cost += range.cost + 1
      case .group(let group, let isNegated): cost += group.cost + (isNegated ? 12 : 1)
      }
    }
    return max(cost, 1)
  }

  /// Whether it surely has every scalar but perhaps line breaks.
  var isEverything: Bool {
    if isNegated { return items.allSatisfy(\.isLineBreak) }
    return items.contains { item in
      switch item {
      case .range(let range): range == 0...0x10FFFF
      case .group(.any, let isNegated): !isNegated
      case .group(let group, let isNegated):
        items.contains { $0 == .group(group, isNegated: !isNegated) }
      }
    }
  }

  private func holds(_ value: UInt32) -> Bool {
    guard isFolded else { return items.contains { $0.contains(value) } != isNegated }
    let members = CaseOrbit.members(of: value)
    let isIn = items.contains { item in
      switch item {
      case .group(let group, isNegated: true): !members.contains { group.contains($0) }
      case .range, .group: members.contains { item.contains($0) }
      }
    }
    return isIn != isNegated
  }
}

extension ClosedRange<UInt32> {
  /// About as many instructions as RE2 makes of the range.
  fileprivate var cost: Int {
    let shortest = lowerBound.encodedLength
    let longest = upperBound.encodedLength
    if longest == 1 { return 1 }
    return count == 1 ? longest : (longest - shortest + 1) * 4
  }
}

extension UInt32 {
  /// The bytes of a scalar in UTF-8.
  var encodedLength: Int { self < 0x80 ? 1 : self < 0x800 ? 2 : self < 0x10000 ? 3 : 4 }
}
