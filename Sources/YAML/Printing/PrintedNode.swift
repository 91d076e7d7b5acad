/// Where one node stands among the lines of a printed node; the places of a printed node are in
/// preorder.
struct LineSpan: Sendable {
  /// The line of the node's key, dash or first character, from 0.
  var line: UInt32
  /// The line after the node's last one.
  var end: UInt32
  /// The index of the place that follows all places below this one.
  var next: UInt32
}

/// The printed lines of one node, shared by every printed text in which the node stands unchanged.
final class PrintedNode: Sendable {
  let node: Node
  /// The column of the first byte, in spaces.
  let indent: Int
  /// The text; every line ends in a newline.
  let bytes: [UInt8]
  /// Where each line begins among the bytes.
  let starts: [UInt32]
  let places: [LineSpan]

  /// The node of the item that the author wrote and this became, nil for one of ours.
  let source: Int?

  init(node: Node, indent: Int, writer: Writer) {
    self.node = node
    self.indent = indent
    bytes = writer.bytes
    starts = writer.starts
    places = writer.places
    source = nil
  }

  init(node: Node, indent: Int, source: Int?, lineBuffer: LineBuffer) {
    self.node = node
    self.indent = indent
    self.source = source
    bytes = lineBuffer.bytes
    starts = lineBuffer.starts
    places = lineBuffer.places
  }

  var lineCount: Int { starts.count }

  /// The bytes of some lines, newlines included.
  func bytes(of lines: Range<Int>) -> Range<Int> {
    start(of: lines.lowerBound)..<start(of: lines.upperBound)
  }

  /// One line without its newline.
  func line(_ index: Int) -> ArraySlice<UInt8> {
    let line = bytes[start(of: index)..<(start(of: index + 1) - 1)]
    return line.last == Byte.carriageReturn ? line.dropLast() : line
  }

  private func start(of line: Int) -> Int {
    line < starts.count ? Int(starts[line]) : bytes.count
  }

  /// The place of a child, by its number among its siblings.
  func child(_ number: Int, of parent: Int) -> Int {
    var place = parent + 1
    for _ in 0..<number { place = Int(places[place].next) }
    return place
  }
}
