/// The change marks of a printed text, compared with an earlier one.
package struct ChangeMarks: Sendable {
  package enum Mark: UInt8, Hashable, Sendable { case none, added, changed }

  /// The changes in the order of the lines.
  package private(set) var changes: [LineChange] = []
  /// A mark for each line of the newer printed text.
  package private(set) var marks: [Mark]
  /// How many lines were added, changed in place, and removed.
  package private(set) var added = 0
  package private(set) var changed = 0
  package private(set) var removed = 0

  init(lineCount: Int, changes: [LineChange]) {
    self.changes = changes
    marks = Array(repeating: .none, count: lineCount)
    for change in changes {
      let common = min(change.old.count, change.new.count)
      let start = change.new.lowerBound
      for line in start..<start + common { marks[line] = .changed }
      for line in start + common..<change.new.upperBound { marks[line] = .added }
      changed += common
      added += change.new.count - common
      removed += change.old.count - common
    }
  }

  /// The mark of a line of the newer printed text, none beyond its end.
  package subscript(line: Int) -> Mark { marks.indices.contains(line) ? marks[line] : .none }

  package var isEmpty: Bool { changes.isEmpty }
}
