/// Where one node stands in the text of its author.
///
/// All places count in bytes, from the beginning of the file or, in a source document, of its part.
struct SyntaxNode: Sendable {
  enum Form: UInt8, Sendable {
    case plain, single, double, literal, folded, block, flow, alias

    /// Whether it is a scalar on lines of its own.
    var isBlockScalar: Bool { self == .literal || self == .folded }
    /// Whether it is a string in quotes.
    var isQuoted: Bool { self == .single || self == .double }
  }

  /// The first byte of the key, or of a value that has none; in a source document also of the dash.
  var entry: UInt32
  /// The end of the key, the entry where there is none.
  var keyEnd: UInt32
  /// The first byte of the value, its anchor and tag included.
  var start: UInt32
  /// The end of the value; in a source document a newline that ends a block is left out.
  var end: UInt32
  /// The number of the node that follows all nodes below this one.
  var next: UInt32
  /// Where the children of the value begin among those of the tree; an alias has those of its anchor.
  var firstChild: UInt32 = 0
  var form: Form
  var isMapping = false
  /// Whether an anchor or a tag stands before the value.
  var hasProperties = false
  /// Whether a question mark stands before the key; in a source document the entry then begins with
  /// it, and the key ends before the colon, with all comments between them.
  var hasExplicitKey = false
  /// Whether a collection is written in a way that cannot be edited piece by piece.
  var isOdd = false

  /// Moves all places towards the beginning of the text, none beyond its end.
  mutating func move(to part: Range<Int>) {
    func moved(_ place: UInt32) -> UInt32 {
      UInt32(truncatingIfNeeded: min(Int(place), part.upperBound) - part.lowerBound)
    }
    (entry, keyEnd, start, end) = (moved(entry), moved(keyEnd), moved(start), moved(end))
  }
}

/// The nodes of a document as they are written, found in the one pass that also makes the values.
struct SyntaxTree: Sendable {
  /// In preorder: each entry of a mapping, also one that another key overrides or that merges.
  var nodes: [SyntaxNode] = []
  /// The nodes of the children of each value, in the order of the value.
  var children: [UInt32] = []
  /// The number of the entry that each key of a mapping stands for (nil: none, or one of several),
  /// where these are not simply the entries in order.
  var written: [Int: [Int?]] = [:]
  /// In the order of the text.
  var aliases: [Alias] = []
  var hasAnchors = false
  /// Whether a key is an alias or a collection, so that nodes of keys are among the others.
  var hasComplexKeys = false
}

/// A node that stands for another one.
struct Alias: Sendable {
  var syntaxNode: Int
  /// The node with the anchor; the root for an anchor at a key.
  var anchor: Int
}
