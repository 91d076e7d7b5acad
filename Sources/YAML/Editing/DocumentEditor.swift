/// Writes an author's document with other values in it, copying every line that stays.
struct DocumentEditor {
  let source: SourceDocument
  var lineBuffer = LineBuffer()
  /// The sequences whose items are printed nodes of their own, nil inside such a printed node.
  var itemCache: ItemCache?
  /// What was printed anew although parts of it stayed.
  private(set) var reprinted: [Path] = []
  var trail: [Path.Step]
  /// How far below the root the text is edited in place; further down it is printed anew.
  let deepest: Int
  /// What anchors stand for by now that no longer stand for what they did; nil for one that went.
  var changedAnchors: [Int: Node?] = [:]

  init(
    _ source: SourceDocument, deepest: Int = .max, itemCache: ItemCache? = nil,
    trail: [Path.Step] = []
  ) {
    self.source = source
    self.deepest = deepest
    self.itemCache = itemCache
    self.trail = trail
  }

  var style: YAMLStyle { source.style }

  /// Writes the whole part of the file with another document in it.
  mutating func write(document new: Node) {
    lineBuffer.reserve(source.bytes.count + 256)
    let all = 0..<source.bytes.count
    guard let root = source.syntaxNodes.first, deepest > 0 else {
      if source.root == new { lineBuffer.copy(all, of: source) } else { writeAnew(document: new) }
      return
    }
    if canCopy(0, source.root, new) {
      let shift = lineBuffer.copy(all, of: source)
      lineBuffer.copyPlaces(0..<source.syntaxNodes.count, of: source, down: shift)
    } else if root.form == .block, hasSameShape(source.root, new), !root.isOdd,
      isWritable(0, source.root, new)
    {
      lineBuffer.copy(0..<Int(source.margins[0].body), of: source)
      let place = lineBuffer.open()
      writeEntries(0, source.root, new)
      lineBuffer.close(place)
      lineBuffer.placeAtFirstChild(place)
      lineBuffer.copy(source.end(ofEntriesOf: 0)..<all.upperBound, of: source)
    } else if root.form == .flow, hasSameShape(source.root, new), !root.isOdd,
      canWriteFlow(0, source.root, new)
    {
      lineBuffer.copy(0..<Int(root.start), of: source)
      let place = lineBuffer.open()
      writeFlow(0, source.root, new)
      lineBuffer.close(place)
      lineBuffer.copy(Int(root.end)..<all.upperBound, of: source)
    } else {
      writeAnew(document: new)
    }
  }

  private mutating func writeAnew(document new: Node) {
    if source.syntaxNodes.isEmpty || hasSameShape(source.root, new) { reprinted.append(.root) }
    var from = source.body.lowerBound
    var to = source.body.upperBound
    if let root = source.syntaxNodes.first {
      from = Int(root.start) - source.column(root.start)
      if !source.bytes[from..<Int(root.start)].allSatisfy(Byte.isBlank) { from = Int(root.start) }
      to = max(from, source.lineEnd(max(from, Int(root.end))))
    }
    lineBuffer.copy(0..<from, of: source)
    if !lineBuffer.isAtLineStart { lineBuffer.endLine(style) }
    var writer = Writer()
    writer.style = style
    writer.write(document: new)
    lineBuffer.append(writer, style)
    lineBuffer.copy(min(to, source.bytes.count)..<source.bytes.count, of: source)
  }

  // MARK: What stays

  /// Whether the text of a node may stay as it is.
  func canCopy(_ syntaxNode: Int, _ old: Node, _ new: Node) -> Bool {
    guard old == new else { return false }
    if !changedAnchors.isEmpty,
      source.aliases(below: syntaxNode).contains(where: { changedAnchors[$0.anchor] != nil })
    {
      return false
    }
    guard let itemCache else { return true }
    return source.syntaxNodes[syntaxNode].form != .block || !itemCache.mayAccept
  }

  func hasSameShape(_ old: Node, _ new: Node) -> Bool {
    switch (old, new) {
    case (.mapping(let old), .mapping(let new)): !old.isEmpty && !new.isEmpty
    case (.sequence(let old), .sequence(let new)): !old.isEmpty && !new.isEmpty
    case (.scalar, _), (.mapping, _), (.sequence, _): false
    }
  }

  mutating func noteReprint() { reprinted.append(Path(trail)) }

  /// Takes note that an anchor stands for something else now.
  mutating func noteAnchor(_ syntaxNode: Int, _ new: Node) {
    if source.syntaxNodes[syntaxNode].hasProperties { changedAnchors[syntaxNode] = .some(new) }
  }

  /// Takes note that the anchors in a text are gone.
  mutating func dropAnchors(_ syntaxNodes: Range<Int>) {
    guard source.hasAliases else { return }
    for syntaxNode in syntaxNodes where source.syntaxNodes[syntaxNode].hasProperties {
      changedAnchors[syntaxNode] = .some(nil)
    }
  }

  // MARK: One entry

  /// Writes what stands between two entries and goes with neither.
  mutating func write(_ slot: Range<Int>) {
    guard !slot.isEmpty else { return }
    var start = slot.lowerBound
    if !lineBuffer.isAtLineStart {
      guard let comment = source.bytes[slot].firstIndex(of: Byte.hash) else { return }
      start = comment
    }
    lineBuffer.copy(start..<slot.upperBound, of: source)
  }

  /// Copies entries with their own comments.
  mutating func copy(_ first: Int, through last: Int) {
    let syntaxNodes = source.syntaxNodes
    writeLead(of: first)
    let shift = lineBuffer.copy(
      Int(syntaxNodes[first].entry)..<Int(source.margins[last].tail), of: source)
    lineBuffer.copyPlaces(first..<Int(syntaxNodes[last].next), of: source, down: shift)
  }

  /// Writes an entry's own comments and its indentation.
  private mutating func writeLead(of syntaxNode: Int) {
    let entry = Int(source.syntaxNodes[syntaxNode].entry)
    var start = Int(source.margins[syntaxNode].own)
    if lineBuffer.isAtLineStart {
      if start == entry {
        lineBuffer.append(
          repeatElement(Byte.space, count: source.column(source.syntaxNodes[syntaxNode].entry)))
      }
    } else {
      while start < entry, Byte.isBlank(source.bytes[start]) { start += 1 }
    }
    lineBuffer.copy(start..<entry, of: source)
  }

  /// Writes an entry of the author with another value.
  mutating func write(_ syntaxNode: Int, _ old: Node, _ new: Node, step: Path.Step) {
    if canCopy(syntaxNode, old, new) {
      copy(syntaxNode, through: syntaxNode)
      return
    }
    writeLead(of: syntaxNode)
    enter(step)
    let place = lineBuffer.open()
    let known = source.syntaxNodes[syntaxNode]
    let margins = source.margins[syntaxNode]
    let entry = Int(known.entry)
    let mayEdit = hasSameShape(old, new) && !known.isOdd && trail.count < deepest
    if known.form == .alias, changedAnchors[source.anchor(of: syntaxNode) ?? 0] == .some(new) {
      lineBuffer.copy(entry..<Int(margins.tail), of: source)
    } else if known.form == .block, mayEdit, isWritable(syntaxNode, old, new) {
      noteAnchor(syntaxNode, new)
      lineBuffer.copy(entry..<Int(margins.body), of: source)
      writeEntries(syntaxNode, old, new)
      lineBuffer.copy(source.end(ofEntriesOf: syntaxNode)..<Int(margins.tail), of: source)
    } else if known.form == .flow, mayEdit, canWriteFlow(syntaxNode, old, new) {
      noteAnchor(syntaxNode, new)
      lineBuffer.copy(entry..<Int(known.start), of: source)
      writeFlow(syntaxNode, old, new)
      lineBuffer.copy(Int(known.end)..<Int(margins.tail), of: source)
    } else {
      if hasSameShape(old, new) || known.form == .alias { noteReprint() }
      dropAnchors(syntaxNode..<Int(known.next))
      noteAnchor(syntaxNode, new)
      replace(syntaxNode, with: new)
    }
    lineBuffer.close(place)
    leave()
  }

  /// Writes an entry of the author under another key, with its comments: as it is, or as the only
  /// item of a list.
  mutating func write(_ syntaxNode: Int, _ old: Node, _ new: Node, renamedTo key: String) {
    let known = source.syntaxNodes[syntaxNode]
    let isWrapped = old != new
    guard canCopy(syntaxNode, old, isWrapped ? old : new), !known.isOdd, !source.hasAliases,
      !known.hasProperties, let written = source.key(of: syntaxNode),
      !isWrapped || !known.hasExplicitKey && (known.form == .flow || canWrap(syntaxNode))
    else {
      writeNew(new, .key(key), at: source.column(known.entry))
      return
    }
    writeLead(of: syntaxNode)
    let tail = Int(source.margins[syntaxNode].tail)
    let isBlock = known.form == .block
    lineBuffer.copy(Int(known.entry)..<written.lowerBound, of: source)
    lineBuffer.append { bytes in
      key.withBytes { bytes.append(spelled: $0, as: .plain, quotes: source.style.quotes) }
    }
    lineBuffer.copy(written.upperBound..<Int(known.keyEnd), of: source)
    guard isWrapped else {
      let shift = lineBuffer.copy(Int(known.keyEnd)..<tail, of: source)
      lineBuffer.copyPlaces(syntaxNode..<Int(known.next), of: source, down: shift)
      return
    }
    let opening = isBlock ? Int(source.margins[syntaxNode].body) : Int(known.start)
    let list = lineBuffer.open()
    let shift = lineBuffer.copy(Int(known.keyEnd)..<opening, of: source)
    let item = lineBuffer.open()
    if isBlock {
      writeItem(syntaxNode, upTo: tail)
    } else {
      lineBuffer.append(Byte.brackets.open)
      lineBuffer.copy(Int(known.start)..<Int(known.end), of: source)
      lineBuffer.append(Byte.brackets.close)
      lineBuffer.copy(Int(known.end)..<tail, of: source)
    }
    lineBuffer.copyPlaces(syntaxNode + 1..<Int(known.next), of: source, down: shift)
    lineBuffer.close(item)
    lineBuffer.placeAtFirstChild(item)
    lineBuffer.close(list)
  }

  /// How many columns further right the lines of a block stand as an item of a list under its key.
  private func indent(ofItem syntaxNode: Int) -> Int {
    let first = source.children(of: syntaxNode)[0]
    return source.column(source.syntaxNodes[syntaxNode].entry) + style.dashes + 2
      - source.column(source.syntaxNodes[first].entry)
  }

  private func canWrap(_ syntaxNode: Int) -> Bool {
    source.syntaxNodes[syntaxNode].form == .block && !source.children(of: syntaxNode).isEmpty
      && indent(ofItem: syntaxNode) >= 0
  }

  /// Writes the lines of a block as an item of a list, each so much further right.
  private mutating func writeItem(_ syntaxNode: Int, upTo end: Int) {
    let first = Int(source.syntaxNodes[source.children(of: syntaxNode)[0]].entry)
    let further = indent(ofItem: syntaxNode)
    var start = Int(source.margins[syntaxNode].body)
    while start < end {
      let next = min(source.lineEnd(start), end)
      let isBlank = source.bytes[start..<next].allSatisfy(Byte.isSpace)
      if (start..<next).contains(first) {
        let column = source.column(UInt32(truncatingIfNeeded: first)) + further - 2
        lineBuffer.append(repeatElement(Byte.space, count: column))
        lineBuffer.append("- ".utf8)
        start = first
      } else if !isBlank {
        lineBuffer.append(repeatElement(Byte.space, count: further))
      }
      lineBuffer.copy(start..<next, of: source)
      start = next
    }
  }

  mutating func enter(_ step: Path.Step) {
    trail.append(step)
    itemCache?.enter(step)
  }

  mutating func leave() {
    trail.removeLast()
    itemCache?.leave()
  }

  mutating func writeNew(_ new: Node, _ step: Path.Step, at column: Int) {
    var writer = Writer()
    writer.style = style
    let isInline = !lineBuffer.isAtLineStart
    switch step {
    case .key(let key):
      writer.write(entries: [Mapping.Entry(key, new)], at: column, inline: isInline)
    case .index: writer.write(items: [new], at: column, inline: isInline)
    }
    lineBuffer.append(writer, style)
  }
}
