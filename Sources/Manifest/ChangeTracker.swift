/// Compares listing after listing with one baseline; what it compared before costs nothing.
///
/// Chunks that both listings share are known to be the same, so a keystroke costs the chunk it
/// changed. Both listings should come from the same printer; others compare right, but slower.
package struct ChangeTracker: Sendable {
  /// The listing that all others are compared with, a saved file for example.
  package let baseline: Listing
  /// The comparisons that the last listing needed.
  private var known: [Pair: [LineChange]] = [:]

  package init(baseline: Listing = Listing()) { self.baseline = baseline }

  /// What changed from the baseline to a listing.
  package mutating func marks(of current: Listing) -> ChangeMarks {
    var comparison = ListingComparison(baseline, current, known: known)
    comparison.compare()
    known = comparison.used
    return ChangeMarks(lineCount: current.lineCount, changes: comparison.changes)
  }
}

/// Two runs of lines that were compared.
struct Pair: Hashable, Sendable {
  let old: Sheet.Segment
  let new: Sheet.Segment

  static func == (left: Pair, right: Pair) -> Bool {
    left.old.isSame(as: right.old) && left.new.isSame(as: right.new)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(old.chunk))
    hasher.combine(old.lines.lowerBound)
    hasher.combine(ObjectIdentifier(new.chunk))
    hasher.combine(new.lines.lowerBound)
  }
}

extension Sheet.Segment {
  /// Whether it is the very same lines of the very same chunk.
  func isSame(as other: Sheet.Segment) -> Bool {
    chunk === other.chunk && lines == other.lines
  }

  var bytes: ArraySlice<UInt8> { chunk.bytes[chunk.bytes(of: lines)] }
}
