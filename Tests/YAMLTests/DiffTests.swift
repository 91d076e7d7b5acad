import Corpus
import YAML
import Testing

@Suite("differences")
struct DiffTests {
  @Test("a change is shown with three lines around it, as diff -u shows it")
  func unified() {
    let old = (1...20).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 10\n", with: "line ten\nmore\n").replacing("line 20\n", with: "")
    let lines = unifiedDiff(old: Array(old.utf8), new: Array(new.utf8))
    #expect(
      lines.map(\.rendered) == [
        "@@ -7,7 +7,8 @@", " line 7", " line 8", " line 9", "-line 10", "+line ten", "+more",
        " line 11", " line 12", " line 13", "@@ -17,4 +18,3 @@", " line 17", " line 18", " line 19",
        "-line 20",
      ])
    #expect(lines[5].newLine == 10 && lines[5].oldLine == nil && lines[7].oldLine == 11)
  }

  @Test("a line is found again in the text before it was changed")
  func moved() {
    let old = (1...20).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 10\n", with: "line ten\nmore\n").replacing("line 15\n", with: "")
      .replacing("line 18\n", with: "between\nline 18\n")
    let move = LineMove(from: Array(new.utf8), to: Array(old.utf8))
    #expect(
      [1, 9, 10, 11, 12, 15, 16, 19, 20].map(move.line) == [1, 9, 10, 10, 11, 14, 16, 18, 19])
    #expect(LineMove(from: [], to: []).line(3) == 3)
  }

  @Test("carriage returns are shown only where lines differ in them")
  func carriageReturns() {
    func lines(_ old: String, _ new: String) -> [String] {
      unifiedDiff(old: Array(old.utf8), new: Array(new.utf8)).withoutCommonReturns.map(\.text)
    }
    #expect(lines("a\r\nb\r\n", "a\r\nc\r\n") == ["@@ -1,2 +1,2 @@", "a", "b", "c"])
    #expect(lines("a\r\nb\r\n", "a\r\nb\n") == ["@@ -1,2 +1,2 @@", "a\r", "b\r", "b"])
  }

  @Test("equal texts show nothing, a new file shows all, a missing newline is a difference")
  func edges() {
    #expect(unifiedDiff(old: Array("a\n".utf8), new: Array("a\n".utf8)).isEmpty)
    #expect(unifiedDiff(old: [], new: []).isEmpty)
    #expect(
      unifiedDiff(old: [], new: Array("a\nb\n".utf8)).map(\.rendered) == [
        "@@ -0,0 +1,2 @@", "+a", "+b",
      ])
    let lines = unifiedDiff(old: Array("a".utf8), new: Array("a\n".utf8))
    #expect(lines.map(\.lacksNewline) == [false, true, false])
  }

  @Test("a comparison turns the old text into the new one with the fewest lines")
  func shortest() {
    var seeded = Seeded(13)
    for _ in 0..<800 {
      let old = seeded.lines(upTo: 24)
      let new = seeded.lines(upTo: 24)
      let diff = unifiedDiff(
        old: Array(old.joined().utf8), new: Array(new.joined().utf8), context: 99)
      let kept = diff.filter { $0.kind == .context }.count
      if !diff.isEmpty {
        #expect(diff.filter { $0.newLine != nil }.map { $0.text + "\n" } == new)
        #expect(diff.filter { $0.oldLine != nil }.map { $0.text + "\n" } == old)
        #expect(kept == longestCommon(old, new))
      } else {
        #expect(old == new)
      }
    }
  }

  @Test("texts that share next to nothing are compared too")
  func unrelated() {
    let old = (0..<3000).map { "a\($0)\n" }
    let new = (0..<3000).map { $0 % 100 == 0 ? "a\($0)\n" : "b\($0)\n" }
    let diff = unifiedDiff(
      old: Array(old.joined().utf8), new: Array(new.joined().utf8), context: 9999)
    #expect(diff.filter { $0.newLine != nil }.map { $0.text + "\n" } == new)
    #expect(diff.filter { $0.oldLine != nil }.map { $0.text + "\n" } == old)
  }

  @Test("a changed value is marked as changed, a new rule as added, a lost one as removed")
  func marks() {
    var printer = Printer()
    let saved = Sample.route(rules: 3, backends: 2)
    var tracker = ChangeTracker(baseline: printer.print([saved]))
    #expect(tracker.marks(of: printer.print([saved])).isEmpty)

    let changed = saved.replacing(
      Sample.rule("r1", backends: 2), with: Sample.rule("r9", backends: 2))
    let marks = tracker.marks(of: printer.print([changed]))
    #expect(marks.added == 0 && marks.changed == 3 && marks.removed == 0)

    let grown = Sample.route(rules: 4, backends: 2)
    let more = tracker.marks(of: printer.print([grown]))
    #expect(more.added == 6 && more.changed == 0 && more.removed == 0)

    let less = tracker.marks(of: printer.print([Sample.route(rules: 2, backends: 2)]))
    #expect(less.removed == 6 && less.changed == 0 && less.added == 0)

    let joined = tracker.marks(of: printer.print([Sample.policy, saved]))
    #expect(joined.added == 5 && joined.changed == 0 && joined.removed == 0)
    #expect(joined[4] == .added && joined[5] == .none)
  }

  @Test("marks that follow edit after edit are right at every step")
  func incremental() {
    var seeded = Seeded(17)
    var printer = Printer()
    var documents = [Sample.policy, Sample.route(rules: 3, backends: 3)]
    var baseline = printer.print(documents)
    var tracker = ChangeTracker(baseline: baseline)
    for step in 0..<600 {
      if step % 12 == 0 { documents = [Sample.policy, Sample.route(rules: 4, backends: 4)] }
      documents = seeded.edited(documents)
      let current = printer.print(documents)
      let marks = tracker.marks(of: current)
      expectApplies(marks, baseline, current)
      var fresh = ChangeTracker(baseline: baseline)
      #expect(fresh.marks(of: current).changes == marks.changes)
      if step % 40 == 39 {
        baseline = current
        tracker = ChangeTracker(baseline: baseline)
      }
    }
  }

  @Test("printed texts of two printers are compared as well")
  func twoPrinters() {
    var seeded = Seeded(19)
    var documents = [Sample.route(rules: 3, backends: 3)]
    for _ in 0..<100 {
      var one = Printer()
      let baseline = one.print(documents)
      var tracker = ChangeTracker(baseline: baseline)
      var same = Printer()
      #expect(tracker.marks(of: same.print(documents)).isEmpty)
      documents = seeded.edited(documents)
      var two = Printer()
      let current = two.print(documents)
      expectApplies(tracker.marks(of: current), baseline, current)
    }
  }

  /// The changes turn one printed text into the other, and the marks tell the same.
  private func expectApplies(_ marks: ChangeMarks, _ old: PrintedText, _ new: PrintedText) {
    let oldLines = (0..<old.lineCount).map { Array(old.line($0)) }
    let newLines = (0..<new.lineCount).map { Array(new.line($0)) }
    var result: [[UInt8]] = []
    var expected = Array(repeating: ChangeMarks.Mark.none, count: new.lineCount)
    var next = 0
    for change in marks.changes {
      guard change.old.lowerBound >= next else {
        Issue.record("changes out of order: \(marks.changes)")
        return
      }
      result += oldLines[next..<change.old.lowerBound]
      #expect(result.count == change.new.lowerBound)
      result += newLines[change.new]
      next = change.old.upperBound
      for (offset, line) in change.new.enumerated() {
        expected[line] = offset < change.old.count ? .changed : .added
      }
    }
    result += oldLines[next...]
    #expect(result == newLines)
    #expect(marks.marks == expected)
    #expect(marks.added == expected.count { $0 == .added })
    #expect(marks.changed == expected.count { $0 == .changed })
    #expect(old.lineCount - marks.removed + marks.added == new.lineCount)
  }

  private func longestCommon(_ old: [String], _ new: [String]) -> Int {
    var row = Array(repeating: 0, count: new.count + 1)
    for line in old {
      var diagonal = 0
      for (index, other) in new.enumerated() {
        let above = row[index + 1]
        row[index + 1] = line == other ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[new.count]
  }
}

extension DiffLine {
  fileprivate var rendered: String {
    switch kind {
    case .hunk: text
    case .context: " " + text
    case .removed: "-" + text
    case .added: "+" + text
    }
  }
}

extension Seeded {
  fileprivate mutating func lines(upTo count: Int) -> [String] {
    (0..<Int.random(in: 0...count, using: &self)).map { _ in pick(["a\n", "b\n", "c\n", "\n"]) }
  }
}

extension Node {
  /// The node with every occurrence of another replaced.
  fileprivate func replacing(_ old: Node, with new: Node) -> Node {
    if self == old { return new }
    switch self {
    case .scalar: return self
    case .sequence(let items): return .sequence(items.map { $0.replacing(old, with: new) })
    case .mapping(let mapping):
      return .mapping(
        Mapping(mapping.entries.map { .init($0.key, $0.value.replacing(old, with: new)) }))
    }
  }
}
