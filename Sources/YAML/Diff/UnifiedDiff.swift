/// One line of a comparison of two texts, as `diff -u` would show it.
package struct DiffLine: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The head of a part: `@@ -1,3 +1,4 @@`.
    case hunk
    case context, removed, added
  }

  package var kind: Kind
  /// The line's number in the old text, from 1; nil for a head and an added line.
  package var oldLine: Int?
  /// The line's number in the new text, from 1; nil for a head and a removed line.
  package var newLine: Int?
  /// The line without its newline.
  package var text: String
  /// Whether the line ends its text without a newline.
  package var lacksNewline = false
}

/// What changed from one text to another, with some unchanged lines around each change.
///
/// Nothing for two texts that are the same.
package func unifiedDiff(old: [UInt8], new: [UInt8], context: Int = 3) -> [DiffLine] {
  let context = max(0, context)
  let middle = Middle(old, new, context: context)
  var table = LineTable()
  let oldLines = old.lines(in: middle.old)
  let newLines = new.lines(in: middle.new)
  let changes = LineDiff.changes(
    oldLines.map { table.number($0) }, newLines.map { table.number($0) })
  var writer = UnifiedDiff(
    old: oldLines, new: newLines, context: context, linesBefore: middle.linesBefore)
  return writer.lines(of: changes)
}

/// The lines of two texts without those that both begin and end with, but for some around the rest.
private struct Middle {
  let old: Range<Int>
  let new: Range<Int>
  let linesBefore: Int

  init(_ old: [UInt8], _ new: [UInt8], context: Int) {
    let least = min(old.count, new.count)
    var head = 0
    while head < least, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < least - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
    head = old.startOfLine(head)
    for _ in 0..<context where head > 0 { head = old.startOfLine(head - 1) }
    while tail > 0, !old.isLineStart(old.count - tail) || !new.isLineStart(new.count - tail) {
      tail -= 1
    }
    for _ in 0..<context where tail > 0 {
      repeat { tail -= 1 } while tail > 0 && !old.isLineStart(old.count - tail)
    }
    self.old = head..<old.count - tail
    self.new = head..<new.count - tail
    linesBefore = old[..<head].count { $0 == Byte.newline }
  }
}

extension [UInt8] {
  fileprivate func isLineStart(_ place: Int) -> Bool {
    place == 0 || self[place - 1] == Byte.newline
  }

  fileprivate func startOfLine(_ place: Int) -> Int {
    var start = place
    while !isLineStart(start) { start -= 1 }
    return start
  }
}

private struct UnifiedDiff {
  let old: [ArraySlice<UInt8>]
  let new: [ArraySlice<UInt8>]
  let context: Int
  let linesBefore: Int
  private var result: [DiffLine] = []

  init(old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>], context: Int, linesBefore: Int) {
    self.old = old
    self.new = new
    self.context = context
    self.linesBefore = linesBefore
  }

  mutating func lines(of changes: [LineChange]) -> [DiffLine] {
    var group: [LineChange] = []
    for change in changes {
      if let last = group.last, change.old.lowerBound - last.old.upperBound > 2 * context {
        write(group)
        group = []
      }
      group.append(change)
    }
    if !group.isEmpty { write(group) }
    return result
  }

  private mutating func write(_ group: [LineChange]) {
    guard let first = group.first, let last = group.last else { return }
    let before = min(context, first.old.lowerBound)
    let after = min(context, old.count - last.old.upperBound)
    let oldRange = first.old.lowerBound - before..<last.old.upperBound + after
    let newRange = first.new.lowerBound - before..<last.new.upperBound + after
    result.append(
      DiffLine(
        hunkAfter: (oldRange.lowerBound + linesBefore, newRange.lowerBound + linesBefore),
        counts: (oldRange.count, newRange.count)))
    var line = oldRange.lowerBound
    var newLine = newRange.lowerBound
    for change in group {
      writeContext(from: line, new: newLine, count: change.old.lowerBound - line)
      for line in change.old { write(.removed, old[line], old: line + 1, new: nil) }
      for line in change.new { write(.added, new[line], old: nil, new: line + 1) }
      line = change.old.upperBound
      newLine = change.new.upperBound
    }
    writeContext(from: line, new: newLine, count: oldRange.upperBound - line)
  }

  private mutating func writeContext(from line: Int, new newLine: Int, count: Int) {
    for offset in 0..<max(0, count) {
      write(.context, old[line + offset], old: line + offset + 1, new: newLine + offset + 1)
    }
  }

  private mutating func write(
    _ kind: DiffLine.Kind, _ text: ArraySlice<UInt8>, old: Int?, new: Int?
  ) {
    let hasNewline = text.last == Byte.newline
    let line = hasNewline ? text.dropLast() : text
    result.append(
      DiffLine(
        kind: kind, oldLine: old.map { $0 + linesBefore }, newLine: new.map { $0 + linesBefore },
        text: String(decoding: line, as: UTF8.self),
        lacksNewline: !hasNewline))
  }
}

extension DiffLine {
  /// The head of a part, by how many lines stand before it in each text, and how many it has of each.
  init(hunkAfter before: (old: Int, new: Int), counts: (old: Int, new: Int)) {
    /// A range as `diff -u` writes it: from 1, the count left out where it is 1.
    func label(_ before: Int, _ count: Int) -> String {
      switch count {
      case 0: "\(before),0"
      case 1: "\(before + 1)"
      default: "\(before + 1),\(count)"
      }
    }
    self.init(
      kind: .hunk,
      text: "@@ -\(label(before.old, counts.old)) +\(label(before.new, counts.new)) @@")
  }
}

extension [DiffLine] {
  /// The lines without the carriage returns that all of them end in, which then mean nothing.
  package var withoutCommonReturns: [DiffLine] {
    guard allSatisfy({ $0.kind == .hunk || $0.text.utf8.last == Byte.carriageReturn }) else {
      return self
    }
    return map { line in
      guard line.kind != .hunk else { return line }
      var shorter = line
      shorter.text.unicodeScalars.removeLast()
      return shorter
    }
  }
}
