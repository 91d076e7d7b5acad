/// The words that changed in a line, for highlighting.
package enum ChangedWords {
  /// In longer lines, in bytes, no words are marked.
  static let longest = 10_000

  /// The parts of an old and a new line that differ, in characters from 0; both are empty where
  /// hardly anything is the same, so that marking would say nothing.
  package static func ranges(old: String, new: String) -> (old: Range<Int>, new: Range<Int>) {
    guard old.utf8.count <= longest, new.utf8.count <= longest else { return (0..<0, 0..<0) }
    let before = Array(old)
    let after = Array(new)
    let least = min(before.count, after.count)
    var start = 0
    while start < least, before[start] == after[start] { start += 1 }
    var end = 0
    while end < least - start,
      before[before.count - 1 - end] == after[after.count - 1 - end]
    {
      end += 1
    }
    // Whole words: `70` for `100` is another number, not two other digits.
    while start > 0, isWord(before[start - 1]) { start -= 1 }
    while end > 0, isWord(before[before.count - end]) { end -= 1 }
    let isIndent = before[..<start].allSatisfy { $0 == " " || $0 == "-" }
    if isIndent, end == 0 { return (0..<0, 0..<0) }
    return (
      start..<max(start, before.count - end), start..<max(start, after.count - end)
    )
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "-" || character == "_"
      || character == "."
  }
}

extension [DiffLine] {
  /// The changed characters of each line; nil for a line that is not one of a pair of an old and
  /// its new one.
  package var changedWords: [Range<Int>?] {
    var marks: [Range<Int>?] = Array<Range<Int>?>(repeating: nil, count: count)
    var index = 0
    while index < count {
      guard self[index].kind == .removed else {
        index += 1
        continue
      }
      let added = self[index...].firstIndex { $0.kind != .removed } ?? count
      let end = self[added...].firstIndex { $0.kind != .added } ?? count
      if added - index == end - added {
        for offset in 0..<(added - index) {
          let words = ChangedWords.ranges(
            old: self[index + offset].text, new: self[added + offset].text)
          guard !words.old.isEmpty || !words.new.isEmpty else { continue }
          marks[index + offset] = words.old
          marks[added + offset] = words.new
        }
      }
      index = Swift.max(end, index + 1)
    }
    return marks
  }
}
