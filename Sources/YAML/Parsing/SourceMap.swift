/// Where the nodes of a parsed document stand in its text, by lines and columns.
///
/// It looks into the document's syntax tree; what an alias stands for shares the nodes of its anchor,
/// so that a map never grows beyond the text.
package struct SourceMap: Sendable {
  /// The place of a node: its key, if it has one, and its value.
  package struct Span: Hashable, Sendable {
    /// The key; an item of a sequence and the root have none.
    package var key: Range<Position>?
    /// The value, quotes and brackets included; an alias for what came by one.
    package var value: Range<Position>

    /// The key's start, the value's where there is no key.
    package var start: Position { key?.lowerBound ?? value.lowerBound }
  }

  let tree: SyntaxTree
  private let root: Node
  private let lines: LineStarts

  init(root: Node, tree: SyntaxTree, lines: LineStarts) {
    self.root = root
    self.tree = tree
    self.lines = lines
  }

  /// The place of a node, nil where there is none at that path.
  package func span(of path: Path) -> Span? {
    var node = root
    var place = 0
    for step in path.steps {
      guard let number = node.childNumber(step), let child = node.child(number),
        let next = self.child(number, of: place)
      else { return nil }
      place = next
      node = child
    }
    return span(of: place)
  }

  private func child(_ number: Int, of place: Int) -> Int? {
    let index = Int(tree.nodes[place].firstChild) + number
    return tree.children.indices.contains(index) ? Int(tree.children[index]) : nil
  }

  private func span(of place: Int) -> Span {
    let node = tree.nodes[place]
    let start = lines.position(node.start)
    return Span(
      key: node.entry < node.keyEnd
        ? lines.position(node.entry)..<lines.position(node.keyEnd) : nil,
      value: start..<max(start, lines.position(node.end)))
  }

  /// The place of a node, or of the nearest one above it that is there.
  package func nearestSpan(of path: Path) -> Span {
    var path = path
    while true {
      if let span = span(of: path) { return span }
      path = path.parent
    }
  }

  /// The lines of every node, in preorder; what came by an alias has those of its anchor.
  func places(lineCount: Int) -> [LineSpan] {
    var result: [LineSpan] = []
    add(root, 0, lineCount, to: &result)
    return result
  }

  private func add(_ node: Node, _ place: Int, _ lineCount: Int, to result: inout [LineSpan]) {
    let span = span(of: place)
    let line = min(span.start.line, max(lineCount, 1)) - 1
    let end = span.value.upperBound
    let after = end.column == 1 ? end.line - 1 : end.line
    let own = result.count
    result.append(
      LineSpan(
        line: UInt32(truncatingIfNeeded: line),
        end: UInt32(truncatingIfNeeded: min(lineCount, max(line + 1, after))), next: 0))
    for number in 0..<node.childCount {
      guard let below = node.child(number), let child = child(number, of: place) else { break }
      add(below, child, lineCount, to: &result)
    }
    result[own].next = UInt32(truncatingIfNeeded: result.count)
  }

  /// Where to look for a path: at the value, at the key of a collection that begins below it, and
  /// where nothing stands at the path, at the parent.
  package func focus(of path: Path) -> Position { focusRange(of: path).lowerBound }

  /// The same with its end: that of the value, or of the key where that is looked at.
  package func focusRange(of path: Path) -> Range<Position> {
    let span = nearestSpan(of: path)
    let start = span.key ?? span.value
    switch root[path] {
    case .scalar: return span.value
    case .sequence, .mapping:
      let isBeside = span.key?.lowerBound.line == span.value.lowerBound.line
      return isBeside ? span.value : start
    case nil: return start
    }
  }
}
