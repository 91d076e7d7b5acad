/// Compares printed text after printed text with one baseline; what it compared before costs
/// nothing.
///
/// Printed nodes that both printed texts share are known to be the same, so a keystroke costs the
/// printed node it changed. Both printed texts should come from the same printer; others compare
/// right, but slower.
package struct ChangeTracker: Sendable {
  /// The printed text that all others are compared with, a saved file for example.
  package let baseline: PrintedText
  /// The comparisons that the last printed text needed.
  private var known: [Pair: [LineChange]] = [:]

  package init(baseline: PrintedText = PrintedText()) { self.baseline = baseline }

  /// What changed from the baseline to a printed text.
  package mutating func marks(of current: PrintedText) -> ChangeMarks {
    var comparison = PrintedTextComparison(baseline, current, known: known)
    comparison.compare()
    known = comparison.used
    return ChangeMarks(lineCount: current.lineCount, changes: comparison.changes)
  }
}

/// Two runs of lines that were compared.
struct Pair: Hashable, Sendable {
  let old: PrintedDocument.Segment
  let new: PrintedDocument.Segment

  static func == (left: Pair, right: Pair) -> Bool {
    left.old.isSame(as: right.old) && left.new.isSame(as: right.new)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(old.printedNode))
    hasher.combine(old.lines.lowerBound)
    hasher.combine(ObjectIdentifier(new.printedNode))
    hasher.combine(new.lines.lowerBound)
  }
}

extension PrintedDocument.Segment {
  /// Whether it is the very same lines of the very same printed node.
  func isSame(as other: PrintedDocument.Segment) -> Bool {
    printedNode === other.printedNode && lines == other.lines
  }

  var bytes: ArraySlice<UInt8> { printedNode.bytes[printedNode.bytes(of: lines)] }
}
