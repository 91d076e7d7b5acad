/// Where the nodes of a parsed document stand in its text.
///
/// The places lie in one array beside the nodes; what an alias stands for shares the places of its
/// anchor, so that a map never grows beyond the text.
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

  struct Place: Sendable {
    var keyStart: Position
    var keyEnd: Position
    var start: Position
    var end: Position
    /// Where the node's children begin among `children`, one for each child of the node.
    var firstChild: UInt32

    var span: Span {
      Span(
        key: keyStart < keyEnd ? keyStart..<keyEnd : nil, value: start..<max(start, end))
    }
  }

  private let root: Node
  private let rootPlace: Int
  private let places: [Place]
  private let children: [UInt32]

  init(root: Node, rootPlace: Int, places: [Place], children: [UInt32]) {
    self.root = root
    self.rootPlace = rootPlace
    self.places = places
    self.children = children
  }

  /// The place of a node, nil where there is none at that path.
  package func span(of path: Path) -> Span? {
    var node = root
    var place = rootPlace
    for step in path.steps {
      guard let number = node.childNumber(step), let child = node.child(number) else { return nil }
      let index = Int(places[place].firstChild) + number
      guard children.indices.contains(index) else { return nil }
      place = Int(children[index])
      node = child
    }
    return places.indices.contains(place) ? places[place].span : nil
  }

  /// The place of a node, or of the nearest one above it that is there.
  package func nearestSpan(of path: Path) -> Span {
    var path = path
    while true {
      if let span = span(of: path) { return span }
      if path.isRoot {
        let start = Position(line: 1, column: 1)
        return Span(key: nil, value: start..<start)
      }
      path = path.parent
    }
  }

  /// The lines of every node, in preorder; what came by an alias has those of its anchor.
  func places(lineCount: Int) -> [LineSpan] {
    var result: [LineSpan] = []
    add(root, rootPlace, lineCount, to: &result)
    return result
  }

  private func add(_ node: Node, _ index: Int, _ lineCount: Int, to result: inout [LineSpan]) {
    guard places.indices.contains(index) else { return }
    let span = places[index].span
    let line = min(span.start.line, max(lineCount, 1)) - 1
    let end = span.value.upperBound
    let after = end.column == 1 ? end.line - 1 : end.line
    let own = result.count
    result.append(
      LineSpan(
        line: UInt32(truncatingIfNeeded: line),
        end: UInt32(truncatingIfNeeded: min(lineCount, max(line + 1, after))), next: 0))
    for number in 0..<node.childCount {
      let child = Int(places[index].firstChild) + number
      guard let below = node.child(number), children.indices.contains(child) else { break }
      add(below, Int(children[child]), lineCount, to: &result)
    }
    result[own].next = UInt32(truncatingIfNeeded: result.count)
  }

  /// Where to look for a path: at the value, at the key of a collection that begins below it, and
  /// where nothing stands at the path, at the parent.
  package func focus(of path: Path) -> Position {
    let span = nearestSpan(of: path)
    switch root[path] {
    case .scalar: return span.value.lowerBound
    case .sequence, .mapping:
      let isBeside = span.key?.lowerBound.line == span.value.lowerBound.line
      return isBeside ? span.value.lowerBound : span.start
    case nil: return span.start
    }
  }
}
