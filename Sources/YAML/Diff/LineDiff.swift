/// Some lines of an old text and those that stand in their stead in a new one, from 0.
///
/// Either range may be empty; its bounds then say where.
package struct LineChange: Hashable, Sendable {
  package var old: Range<Int>
  package var new: Range<Int>

  package init(old: Range<Int>, new: Range<Int>) {
    self.old = old
    self.new = new
  }

  func moved(old oldOffset: Int, new newOffset: Int) -> LineChange {
    LineChange(
      old: old.lowerBound + oldOffset..<old.upperBound + oldOffset,
      new: new.lowerBound + newOffset..<new.upperBound + newOffset)
  }
}

extension LineChange {
  /// Whether a place lies within and leaves something on either side of it.
  fileprivate func isSplit(by x: Int, _ y: Int) -> Bool {
    x >= old.lowerBound && x <= old.upperBound && y >= new.lowerBound && y <= new.upperBound
      && (x > old.lowerBound || y > new.lowerBound)
      && (x < old.upperBound || y < new.upperBound)
  }
}

/// The differences of two sequences: Myers' algorithm in linear space.
///
/// The result is the shortest one unless they differ in more than `LineDiff.maximumCost` places on
/// end; beyond that it stays correct and the time stays bounded.
struct LineDiff {
  /// How many differences one search goes through before it takes the best split so far.
  static let maximumCost = 256

  private let old: [Int32]
  private let new: [Int32]
  private var isRemoved: [Bool]
  private var isAdded: [Bool]
  /// The furthest place in `old` on each diagonal, searched from the front and from the back.
  private var forward: [Int]
  private var backward: [Int]
  /// What turns a diagonal into an index.
  private let shift: Int

  /// The changes that turn one sequence into the other, in order, none touching the next.
  static func changes(_ old: [Int32], _ new: [Int32]) -> [LineChange] {
    var diff = LineDiff(old, new)
    diff.compare()
    return diff.changes
  }

  private init(_ old: [Int32], _ new: [Int32]) {
    self.old = old
    self.new = new
    isRemoved = Array(repeating: false, count: old.count)
    isAdded = Array(repeating: false, count: new.count)
    shift = new.count + 1
    forward = Array(repeating: 0, count: old.count + new.count + 3)
    backward = forward
  }

  private mutating func compare() {
    var open = [LineChange(old: 0..<old.count, new: 0..<new.count)]
    while var part = open.popLast() {
      trim(&part)
      if part.old.isEmpty {
        for line in part.new { isAdded[line] = true }
      } else if part.new.isEmpty {
        for line in part.old { isRemoved[line] = true }
      } else {
        let (x, y) = split(part)
        guard part.isSplit(by: x, y) else {
          for line in part.old { isRemoved[line] = true }
          for line in part.new { isAdded[line] = true }
          continue
        }
        open.append(
          LineChange(old: part.old.lowerBound..<x, new: part.new.lowerBound..<y))
        open.append(
          LineChange(old: x..<part.old.upperBound, new: y..<part.new.upperBound))
      }
    }
  }

  /// Leaves out what is the same at both ends.
  private func trim(_ part: inout LineChange) {
    var start = part.old.lowerBound
    var newStart = part.new.lowerBound
    while start < part.old.upperBound, newStart < part.new.upperBound,
      old[start] == new[newStart]
    {
      start += 1
      newStart += 1
    }
    var end = part.old.upperBound
    var newEnd = part.new.upperBound
    while end > start, newEnd > newStart, old[end - 1] == new[newEnd - 1] {
      end -= 1
      newEnd -= 1
    }
    part = LineChange(old: start..<end, new: newStart..<newEnd)
  }

  /// A place on a shortest way through a part, found from both ends at once.
  private mutating func split(_ part: LineChange) -> (Int, Int) {
    let lowest = part.old.lowerBound - part.new.upperBound
    let highest = part.old.upperBound - part.new.lowerBound
    let front = part.old.lowerBound - part.new.lowerBound
    let back = part.old.upperBound - part.new.upperBound
    let meetsForward = (front - back) & 1 != 0
    var ahead = Band(front)
    var behind = Band(back)
    forward[front + shift] = part.old.lowerBound
    backward[back + shift] = part.old.upperBound
    for cost in 1... {
      ahead.widen(lowest, highest) { forward[$0 + shift] = -1 }
      for diagonal in ahead.diagonals {
        let x = advance(diagonal, in: part)
        if meetsForward, behind.contains(diagonal), backward[diagonal + shift] <= x {
          return (x, x - diagonal)
        }
      }
      behind.widen(lowest, highest) { backward[$0 + shift] = .max }
      for diagonal in behind.diagonals {
        let x = retreat(diagonal, in: part)
        if !meetsForward, ahead.contains(diagonal), x <= forward[diagonal + shift] {
          return (x, x - diagonal)
        }
      }
      if cost >= LineDiff.maximumCost { break }
    }
    return furthest(ahead, in: part)
  }

  /// Goes as far forward on a diagonal as one more difference allows.
  private mutating func advance(_ diagonal: Int, in part: LineChange) -> Int {
    let below = forward[diagonal - 1 + shift]
    let above = forward[diagonal + 1 + shift]
    var x = below < above ? above : below + 1
    while x < part.old.upperBound, x - diagonal < part.new.upperBound,
      old[x] == new[x - diagonal]
    {
      x += 1
    }
    forward[diagonal + shift] = x
    return x
  }

  /// Goes as far back on a diagonal as one more difference allows.
  private mutating func retreat(_ diagonal: Int, in part: LineChange) -> Int {
    let below = backward[diagonal - 1 + shift]
    let above = backward[diagonal + 1 + shift]
    var x = below < above ? below : above - 1
    while x > part.old.lowerBound, x - diagonal > part.new.lowerBound,
      old[x - 1] == new[x - diagonal - 1]
    {
      x -= 1
    }
    backward[diagonal + shift] = x
    return x
  }

  /// The place furthest from the front that a search got to before it gave up.
  private func furthest(_ band: Band, in part: LineChange) -> (Int, Int) {
    var best = (part.old.lowerBound, part.new.lowerBound)
    for diagonal in band.diagonals {
      let x = min(forward[diagonal + shift], part.old.upperBound, part.new.upperBound + diagonal)
      let y = x - diagonal
      guard x >= part.old.lowerBound, y >= part.new.lowerBound else { continue }
      if x + y > best.0 + best.1 { best = (x, y) }
    }
    return best
  }

  private var changes: [LineChange] {
    var changes: [LineChange] = []
    var x = 0
    var y = 0
    while x < old.count || y < new.count {
      let start = x
      let newStart = y
      while x < old.count, isRemoved[x] { x += 1 }
      while y < new.count, isAdded[y] { y += 1 }
      if x > start || y > newStart {
        changes.append(LineChange(old: start..<x, new: newStart..<y))
      } else {
        x += 1
        y += 1
      }
    }
    return changes
  }
}

/// The diagonals that a search has come to: every second one between two.
private struct Band {
  private var low: Int
  private var high: Int

  init(_ middle: Int) {
    low = middle
    high = middle
  }

  var diagonals: StrideThrough<Int> { stride(from: high, through: low, by: -2) }

  func contains(_ diagonal: Int) -> Bool { diagonal >= low && diagonal <= high }

  /// Takes one more step to either side, or one back at the edge; fences what lies beyond.
  mutating func widen(_ lowest: Int, _ highest: Int, fence: (Int) -> Void) {
    if low > lowest {
      low -= 1
      fence(low - 1)
    } else {
      low += 1
    }
    if high < highest {
      high += 1
      fence(high + 1)
    } else {
      high -= 1
    }
  }
}
