/// Matches the old and new children of a collection, so that unchanged ones keep their text.
struct ChildMatching {
  /// One step through the old and the new children, in the new order.
  enum Step {
    /// So many children on either side are the same ones, each perhaps edited.
    case kept(old: Int, new: Int, count: Int)
    /// An old child is gone, or went elsewhere.
    case left(old: Int)
    /// A new child, perhaps an old one from elsewhere.
    case came(new: Int, from: Int?)
    /// An old entry under another key, perhaps as the only item of a list.
    case renamed(new: Int, from: Int)
  }

  private(set) var steps: [Step] = []
  private let oldCount: Int
  private let newCount: Int
  private let isSame: (Int, Int) -> Bool
  private let isAlike: (Int, Int) -> Bool
  private let pairsByPlace: Bool

  /// How far away the next child that both sides have is looked for.
  private static let reach = 16

  init(_ old: [Node], _ new: [Node]) {
    let shared = (old.countShared(atFrontOf: new), old.countShared(atBackOf: new))
    self.init(old.count, new.count, shared, pairsByPlace: true) {
      old[$0] == new[$1]
    } isAlike: {
      old[$0].isAlike(new[$1])
    }
  }

  init(_ old: Mapping, _ new: Mapping) {
    self.init(old.entries.count, new.entries.count, (0, 0), pairsByPlace: false) {
      old.entries[$0].key.hasBytes(of: new.entries[$1].key)
    } isAlike: { _, _ in
      false
    }
    findRenames(old, new)
  }

  private init(
    _ oldCount: Int, _ newCount: Int, _ shared: (front: Int, back: Int), pairsByPlace: Bool,
    isSame: @escaping (Int, Int) -> Bool,
    isAlike: @escaping (Int, Int) -> Bool
  ) {
    self.pairsByPlace = pairsByPlace
    self.oldCount = oldCount
    self.newCount = newCount
    self.isSame = isSame
    self.isAlike = isAlike
    find(shared)
    findMoves()
  }

  /// Finds the steps; so many children at the front and at the back are known to be the same.
  private mutating func find(_ shared: (front: Int, back: Int)) {
    let shorter = min(oldCount, newCount)
    var front = shared.front
    while front < shorter, isSame(front, front) { front += 1 }
    var back = min(shared.back, shorter - front)
    while back < shorter - front, isSame(oldCount - 1 - back, newCount - 1 - back) { back += 1 }
    keep(0, 0, front)
    pair(front..<oldCount - back, front..<newCount - back)
    keep(oldCount - back, newCount - back, back)
  }

  private mutating func keep(_ old: Int, _ new: Int, _ count: Int) {
    guard count > 0 else { return }
    if case .kept(let first, let newFirst, let run)? = steps.last, first + run == old,
      newFirst + run == new
    {
      steps[steps.count - 1] = .kept(old: first, new: newFirst, count: run + count)
    } else {
      steps.append(.kept(old: old, new: new, count: count))
    }
  }

  /// Goes through what lies between the same front and back.
  private mutating func pair(_ old: Range<Int>, _ new: Range<Int>) {
    var old = old
    var new = new
    while let first = old.first, let newFirst = new.first {
      let (skipped, newSkipped) = gap(old, new)
      if skipped == 0, newSkipped == 0 {
        keep(first, newFirst, 1)
        old = old.dropFirst()
        new = new.dropFirst()
      } else {
        replace(old.prefix(skipped), new.prefix(newSkipped))
        old = old.dropFirst(skipped)
        new = new.dropFirst(newSkipped)
      }
    }
    for index in old { steps.append(.left(old: index)) }
    for index in new { steps.append(.came(new: index, from: nil)) }
  }

  /// How many children to pass over on either side before both go on with the same one.
  private func gap(_ old: Range<Int>, _ new: Range<Int>) -> (Int, Int) {
    if isSame(old.lowerBound, new.lowerBound) { return (0, 0) }
    let mayReplace = old.count > 1 && new.count > 1
    if mayReplace, isAlike(old.lowerBound, new.lowerBound),
      !isSame(old.lowerBound + 1, new.lowerBound), !isSame(old.lowerBound, new.lowerBound + 1)
    {
      return (1, 1)
    }
    for distance in 1..<ChildMatching.reach * 2 {
      for skipped in max(0, distance - ChildMatching.reach)...min(distance, ChildMatching.reach)
      where skipped < old.count && distance - skipped < new.count {
        if isSame(old.lowerBound + skipped, new.lowerBound + distance - skipped) {
          return (skipped, distance - skipped)
        }
      }
    }
    return (min(old.count, ChildMatching.reach), min(new.count, ChildMatching.reach))
  }

  /// Pairs what is alike among children of which no two are the same, then what is left by place.
  private mutating func replace(_ old: Range<Int>, _ new: Range<Int>) {
    var rest = old
    var newRest = new
    for index in old {
      guard let match = newRest.first(where: { isAlike(index, $0) }) else { continue }
      replaceByPlace(rest.lowerBound..<index, newRest.lowerBound..<match)
      keep(index, match, 1)
      rest = index + 1..<old.upperBound
      newRest = match + 1..<new.upperBound
    }
    replaceByPlace(rest, newRest)
  }

  private mutating func replaceByPlace(_ old: Range<Int>, _ new: Range<Int>) {
    for offset in 0..<max(old.count, new.count) {
      let oldIndex = old.lowerBound + offset
      let newIndex = new.lowerBound + offset
      if offset < old.count, offset < new.count, pairsByPlace, !isFromElsewhere(newIndex) {
        keep(oldIndex, newIndex, 1)
        continue
      }
      if offset < old.count { steps.append(.left(old: oldIndex)) }
      if offset < new.count { steps.append(.came(new: newIndex, from: nil)) }
    }
  }

  private func isFromElsewhere(_ new: Int) -> Bool {
    oldCount <= ChildMatching.reach * 8 && (0..<oldCount).contains { isSame($0, new) }
  }

  /// Finds the entries that came among those that left under another key; a scalar may be the same
  /// by chance, unless no other entry came or left.
  private mutating func findRenames(_ old: Mapping, _ new: Mapping) {
    let moved = Set(steps.compactMap { if case .came(_, let from?) = $0 { from } else { nil } })
    var left: [Int] = []
    var came: [Int] = []
    for (place, step) in steps.enumerated() {
      switch step {
      case .left(let index) where !moved.contains(index): left.append(index)
      case .came(_, nil): came.append(place)
      case .kept, .left, .came, .renamed: break
      }
    }
    let isOne = left.count == 1 && came.count == 1
    for place in came {
      guard case .came(let index, _) = steps[place] else { continue }
      let value = new.entries[index].value
      let match = left.firstIndex { number in
        let known = old.entries[number].value
        return (isOne || known.scalar == nil) && (known == value || .sequence([known]) == value)
      }
      guard let match else { continue }
      steps[place] = .renamed(new: index, from: left.remove(at: match))
    }
  }

  /// Finds the children that came among those that left.
  private mutating func findMoves() {
    var left = steps.compactMap { if case .left(let old) = $0 { old } else { nil } }
    for (index, step) in steps.enumerated() where !left.isEmpty {
      guard case .came(let new, _) = step,
        let place = left.firstIndex(where: { isSame($0, new) })
      else { continue }
      steps[index] = .came(new: new, from: left.remove(at: place))
    }
  }
}

extension Node {
  /// Whether two rows are likely to be two states of one: by their name, else by what they share.
  fileprivate func isAlike(_ other: Node) -> Bool {
    guard case .mapping(let mapping) = self, case .mapping(let others) = other else { return false }
    if let name = mapping["name"], let otherName = others["name"] { return name == otherName }
    let shared = mapping.entries.count { others[$0.key] == $0.value }
    return shared > 0 && shared * 2 >= max(mapping.entries.count, others.entries.count)
  }
}
