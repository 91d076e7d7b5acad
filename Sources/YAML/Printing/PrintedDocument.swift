/// The printed lines of one document, shared by every printed text in which it stands unchanged.
final class PrintedDocument: Sendable {
  /// Lines of one printed node among those of the document.
  struct Segment: Sendable {
    var printedNode: PrintedNode
    var lines: Range<Int>
    /// The document's line at which they begin.
    var start: Int
  }

  let root: Node
  /// What its author wrote, nil for a document of ours.
  let sourceDocument: SourceDocument?
  /// What stands around the slots.
  let frame: PrintedNode
  let itemCache: [ItemCache.Slot]
  let runs: [ItemCache.Run]
  let segments: [Segment]
  let lineCount: Int
  let byteCount: Int

  /// Prints a document, taking over what an earlier printed document has of it.
  convenience init(root: Node, earlier: PrintedDocument?) {
    var writer = Writer()
    writer.itemCache = ItemCache(earlier: earlier?.runs ?? [])
    if let earlier { writer.reserve(like: earlier.frame) }
    writer.write(document: root)
    let frame = PrintedNode(node: root, indent: 0, writer: writer)
    self.init(root, nil, frame, writer.itemCache)
  }

  /// Writes a document as its author did, taking over what an earlier printed document has of it.
  convenience init(root: Node, sourceDocument: SourceDocument, earlier: PrintedDocument?) {
    if sourceDocument.isTangled {
      var revised = sourceDocument.revised(root)
      if let map = revised.map {
        revised.lineBuffer.places = map.places(lineCount: revised.lineBuffer.starts.count)
      }
      let frame = PrintedNode(node: root, indent: 0, source: 0, lineBuffer: revised.lineBuffer)
      self.init(root, sourceDocument, frame, nil)
    } else {
      let runs = earlier?.sourceDocument === sourceDocument ? earlier?.runs ?? [] : []
      var editor = DocumentEditor(sourceDocument, itemCache: ItemCache(earlier: runs))
      editor.write(document: root)
      let frame = PrintedNode(node: root, indent: 0, source: 0, lineBuffer: editor.lineBuffer)
      self.init(root, sourceDocument, frame, editor.itemCache)
    }
  }

  private init(
    _ root: Node, _ sourceDocument: SourceDocument?, _ frame: PrintedNode, _ found: ItemCache?
  ) {
    self.root = root
    self.sourceDocument = sourceDocument
    self.frame = frame
    itemCache = found?.itemCache ?? []
    runs = found?.runs ?? []
    segments = PrintedDocument.segments(of: frame, itemCache)
    lineCount = segments.last.map { $0.start + $0.lines.count } ?? 0
    byteCount = itemCache.reduce(frame.bytes.count) { $0 + $1.printedNode.bytes.count }
  }

  /// Whether the text begins with its own `---`.
  var hasMarker: Bool { sourceDocument?.hasMarker == true }

  private static func segments(of frame: PrintedNode, _ itemCache: [ItemCache.Slot]) -> [Segment] {
    var segments: [Segment] = []
    segments.reserveCapacity(itemCache.count * 2 + 1)
    var line = 0
    var start = 0
    func add(_ printedNode: PrintedNode, _ lines: Range<Int>) {
      guard !lines.isEmpty else { return }
      segments.append(Segment(printedNode: printedNode, lines: lines, start: start))
      start += lines.count
    }
    for slot in itemCache {
      add(frame, line..<slot.line)
      add(slot.printedNode, 0..<slot.printedNode.lineCount)
      line = slot.line
    }
    add(frame, line..<frame.lineCount)
    return segments
  }

  /// The segment that holds a line of the document.
  func segment(ofLine line: Int) -> Segment? {
    let after = segments.firstIndexAfter { $0.start <= line }
    guard after > 0 else { return nil }
    let segment = segments[after - 1]
    return line < segment.start + segment.lines.count ? segment : nil
  }

  func line(_ line: Int) -> ArraySlice<UInt8> {
    guard let segment = segment(ofLine: line) else { return [] }
    return segment.printedNode.line(segment.lines.lowerBound + line - segment.start)
  }

  // MARK: Nodes and lines

  /// The lines of a node, its key's line included; nil where there is no such node.
  func lines(of path: Path) -> Range<Int>? {
    var cursor = Cursor(node: root, printedNode: frame, place: 0)
    for step in path.steps {
      guard let number = cursor.node.childNumber(step) else { return nil }
      descend(&cursor, to: number)
    }
    return lines(of: cursor)
  }

  /// The innermost node that begins on a line, or holds it where none begins there.
  func path(ofLine line: Int) -> Path? {
    guard line >= 0, line < lineCount else { return nil }
    var cursor = Cursor(node: root, printedNode: frame, place: 0)
    var steps: [Path.Step] = []
    while let number = number(ofChildWith: line, of: cursor),
      let step = cursor.node.step(toChild: number)
    {
      steps.append(step)
      descend(&cursor, to: number)
    }
    return Path(steps)
  }

  private func descend(_ cursor: inout Cursor, to number: Int) {
    guard let child = cursor.node.child(number) else { return }
    cursor.place = cursor.printedNode.child(number, of: cursor.place)
    cursor.node = child
    guard cursor.isFrame else { return }
    let index = itemCache.firstIndexAfter { $0.place < cursor.place }
    guard index < itemCache.count, itemCache[index].place == cursor.place else { return }
    cursor = Cursor(
      node: child, printedNode: itemCache[index].printedNode, place: 0,
      start: itemCache[index].line + itemCache[index].linesBefore, isFrame: false)
  }

  private func lines(of cursor: Cursor) -> Range<Int> {
    let place = cursor.printedNode.places[cursor.place]
    guard cursor.isFrame else {
      return cursor.start + Int(place.line)..<cursor.start + Int(place.end)
    }
    let start = Int(place.line) + linesOfSlots(before: cursor.place)
    return start..<max(start, Int(place.end) + linesOfSlots(before: Int(place.next)))
  }

  private func linesOfSlots(before place: Int) -> Int {
    let index = itemCache.firstIndexAfter { $0.place < place }
    guard index > 0 else { return 0 }
    return itemCache[index - 1].linesBefore + itemCache[index - 1].printedNode.lineCount
  }

  private func number(ofChildWith line: Int, of cursor: Cursor) -> Int? {
    let count = cursor.node.childCount
    guard count > 0 else { return nil }
    var sibling = cursor
    sibling.place += 1
    for number in 0..<count {
      if lines(of: sibling).contains(line) { return number }
      sibling.place = Int(sibling.printedNode.places[sibling.place].next)
    }
    return nil
  }
}

/// A node on the way down, with its place in the printed node that shows it.
private struct Cursor {
  var node: Node
  var printedNode: PrintedNode
  var place: Int
  /// The document's line at which the printed node begins, where the printed node fills a slot.
  var start = 0
  var isFrame = true
}

extension Node {
  /// How many children a node has.
  var childCount: Int {
    switch self {
    case .scalar: 0
    case .sequence(let items): items.count
    case .mapping(let mapping): mapping.entries.count
    }
  }

  func child(_ number: Int) -> Node? {
    switch self {
    case .scalar: nil
    case .sequence(let items): items.indices.contains(number) ? items[number] : nil
    case .mapping(let mapping):
      mapping.entries.indices.contains(number) ? mapping.entries[number].value : nil
    }
  }

  /// The number of the child that a step leads to, nil where there is none.
  func childNumber(_ step: Path.Step) -> Int? {
    switch (self, step) {
    case (.mapping(let mapping), .key(let key)): mapping.index(of: key)
    case (.sequence(let items), .index(let index)): items.indices.contains(index) ? index : nil
    case (.scalar, _), (.mapping, .index), (.sequence, .key): nil
    }
  }

  func step(toChild number: Int) -> Path.Step? {
    switch self {
    case .scalar: nil
    case .sequence: .index(number)
    case .mapping(let mapping):
      mapping.entries.indices.contains(number) ? .key(mapping.entries[number].key) : nil
    }
  }
}
