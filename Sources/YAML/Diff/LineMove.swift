/// Where the lines of a text stand in another one.
package struct LineMove: Sendable {
  /// A part of the texts that differs: its lines in either, from 1.
  private struct Part {
    var old: [Int] = []
    var new: [Int] = []
  }

  private var parts: [Part] = []

  package init(from old: [UInt8], to new: [UInt8]) {
    var part = Part()
    for line in unifiedDiff(old: old, new: new, context: 0) {
      if line.kind == .hunk {
        parts.append(part)
        part = Part()
      }
      if line.kind == .removed, let number = line.oldLine { part.old.append(number) }
      if line.kind == .added, let number = line.newLine { part.new.append(number) }
    }
    parts.append(part)
  }

  /// The line of the new text in which a line of the old one stands, or the one in its stead.
  package func line(_ line: Int) -> Int {
    var offset = 0
    for part in parts where !part.old.isEmpty || !part.new.isEmpty {
      let start = part.old.first ?? (part.new.first ?? 1) - offset
      guard line >= start else { break }
      if let last = part.old.last, line <= last {
        guard let first = part.new.first, let end = part.new.last else { return start + offset }
        return min(first + line - start, end)
      }
      offset += part.new.count - part.old.count
    }
    return max(1, line + offset)
  }
}
