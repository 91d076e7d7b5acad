/// Lines of a text as numbers: equal lines have equal numbers.
struct LineTable {
  private var numbers: [ArraySlice<UInt8>: Int32] = [:]

  mutating func number(_ line: ArraySlice<UInt8>) -> Int32 {
    if let number = numbers[line] { return number }
    let number = Int32(truncatingIfNeeded: numbers.count)
    numbers[line] = number
    return number
  }
}

extension Array where Element == UInt8 {
  /// The lines of a part of a text that begins with one, each with its newline if it has one.
  func lines(in range: Range<Int>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end =
        self[start..<range.upperBound].firstIndex(of: Byte.newline).map { $0 + 1 }
        ?? range.upperBound
      lines.append(self[start..<end])
      start = end
    }
    return lines
  }
}
