/// The comparison of two runs of lines.
struct SegmentComparison {
  /// The changes, counted from the first line of each run.
  let changes: [LineChange]

  init(_ old: PrintedDocument.Segment, _ new: PrintedDocument.Segment) {
    let front = SegmentComparison.front(old, new)
    let back = SegmentComparison.back(old, new, after: front)
    let oldMiddle = front..<old.lines.count - back
    let newMiddle = front..<new.lines.count - back
    if oldMiddle.isEmpty && newMiddle.isEmpty {
      changes = []
    } else if oldMiddle.isEmpty || newMiddle.isEmpty
      || (oldMiddle.count == 1 && newMiddle.count == 1)
    {
      changes = [LineChange(old: oldMiddle, new: newMiddle)]
    } else {
      var table = LineTable()
      let oldNumbers = oldMiddle.map { table.number(old.line($0)) }
      let newNumbers = newMiddle.map { table.number(new.line($0)) }
      changes = LineDiff.changes(oldNumbers, newNumbers).map { $0.moved(old: front, new: front) }
    }
  }

  /// How many whole lines are the same at the front.
  private static func front(_ old: PrintedDocument.Segment, _ new: PrintedDocument.Segment) -> Int {
    let bytes = CommonBytes.front(old.bytes, new.bytes)
    return old.lines(endingWithin: bytes)
  }

  /// How many whole lines are the same at the back, those at the front left out.
  private static func back(
    _ old: PrintedDocument.Segment, _ new: PrintedDocument.Segment, after front: Int
  ) -> Int {
    let oldRest = old.bytes(from: front)
    let newRest = new.bytes(from: front)
    let bytes = CommonBytes.back(oldRest, newRest)
    return min(
      old.lines(beginningWithinLast: bytes), new.lines(beginningWithinLast: bytes),
      old.lines.count - front, new.lines.count - front)
  }
}

extension PrintedDocument.Segment {
  fileprivate func line(_ line: Int) -> ArraySlice<UInt8> {
    printedNode.line(lines.lowerBound + line)
  }

  fileprivate func bytes(from line: Int) -> ArraySlice<UInt8> {
    printedNode.bytes[printedNode.bytes(of: lines.lowerBound + line..<lines.upperBound)]
  }

  /// How many lines end within so many bytes of the front.
  fileprivate func lines(endingWithin count: Int) -> Int {
    let limit = printedNode.bytes(of: lines).lowerBound + count
    return firstLine(failing: { printedNode.bytes(of: $0..<$0 + 1).upperBound <= limit })
  }

  /// How many lines begin within so many bytes of the back.
  fileprivate func lines(beginningWithinLast count: Int) -> Int {
    let limit = printedNode.bytes(of: lines).upperBound - count
    return lines.count
      - firstLine(failing: { printedNode.bytes(of: $0..<$0 + 1).lowerBound < limit })
  }

  /// The first line, from 0, of which a condition fails that holds for a front part only.
  private func firstLine(failing condition: (Int) -> Bool) -> Int {
    var low = lines.lowerBound
    var high = lines.upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if condition(middle) { low = middle + 1 } else { high = middle }
    }
    return low - lines.lowerBound
  }
}

/// How much of two texts is the same at one end, in bytes.
enum CommonBytes {
  private static let stride = MemoryLayout<UInt64>.size

  static func front(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    left.withUnsafeBytes { left in
      right.withUnsafeBytes { right in
        let shorter = min(left.count, right.count)
        var count = 0
        while count + stride <= shorter,
          left.loadUnaligned(fromByteOffset: count, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: count, as: UInt64.self)
        {
          count += stride
        }
        while count < shorter, left[count] == right[count] { count += 1 }
        return count
      }
    }
  }

  static func back(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    left.withUnsafeBytes { left in
      right.withUnsafeBytes { right in
        let shorter = min(left.count, right.count)
        var count = 0
        while count + stride <= shorter,
          left.loadUnaligned(fromByteOffset: left.count - count - stride, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: right.count - count - stride, as: UInt64.self)
        {
          count += stride
        }
        while count < shorter, left[left.count - count - 1] == right[right.count - count - 1] {
          count += 1
        }
        return count
      }
    }
  }
}
