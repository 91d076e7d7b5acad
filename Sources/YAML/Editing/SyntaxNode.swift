/// Where one node stands in the text of its author; the nodes of a source document are in preorder.
///
/// All places count in bytes from the beginning of the source document.
struct SyntaxNode: Sendable {
  enum Form: UInt8, Sendable {
    case plain, single, double, literal, folded, block, flow, alias

    /// Whether it is a scalar on lines of its own.
    var isBlockScalar: Bool { self == .literal || self == .folded }
    /// Whether it is a string in quotes.
    var isQuoted: Bool { self == .single || self == .double }
  }

  /// The first byte of the key, of the dash, or of a value that has neither.
  var entry: UInt32
  /// The end of the key, the entry where there is none.
  var keyEnd: UInt32
  /// The first byte of the value, its anchor and tag included.
  var start: UInt32
  /// The end of the value; a newline that ends a block is left out.
  var end: UInt32
  /// The number of the node that follows all nodes below this one.
  var next: UInt32 = 0
  /// Where the lines begin that go with the entry: its own comments, right above it.
  var own: UInt32
  /// The end of the entry's last line, a comment there and the newline included.
  var tail: UInt32
  /// Where the entries of a block begin: on the line below, or right after the dash.
  var body: UInt32
  var form: Form
  /// Whether an anchor or a tag stands before the value.
  var hasProperties = false
  /// Whether a collection is written in a way that cannot be edited piece by piece.
  var isOdd = false
}
