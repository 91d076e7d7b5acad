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
  private let deepest: Int
  /// What anchors stand for by now that no longer stand for what they did; nil for one that went.
  private var changedAnchors: [Int: Node?] = [:]

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
  private mutating func noteAnchor(_ syntaxNode: Int, _ new: Node) {
    if source.syntaxNodes[syntaxNode].hasProperties { changedAnchors[syntaxNode] = .some(new) }
  }

  /// Takes note that the anchors in a text are gone.
  private mutating func dropAnchors(_ syntaxNodes: Range<Int>) {
    guard source.hasAliases else { return }
    for syntaxNode in syntaxNodes where source.syntaxNodes[syntaxNode].hasProperties {
      changedAnchors[syntaxNode] = .some(nil)
    }
  }

  // MARK: Entries of a block

  private mutating func writeEntries(_ syntaxNode: Int, _ old: Node, _ new: Node) {
    switch (old, new) {
    case (.mapping(let old), .mapping(let new)):
      if let written = source.written(syntaxNode) {
        writeWritten(syntaxNode, written, old, new)
      } else {
        let steps = ChildMatching(old, new).steps
        write(syntaxNode, steps, old.entries.map(\.value), new.entries.map(\.value), new)
      }
    case (.sequence(let old), .sequence(let new)):
      let steps = ChildMatching(old, new).steps
      if lineBuffer.isAtLineStart, itemCache?.accepts(new) == true {
        writeHoles(syntaxNode, steps, old, new)
      } else {
        write(syntaxNode, steps, old, new, nil)
      }
    case (.scalar, _), (.mapping, _), (.sequence, _): break
    }
  }

  private mutating func write(
    _ syntaxNode: Int, _ steps: [ChildMatching.Step], _ old: [Node], _ new: [Node],
    _ mapping: Mapping?
  ) {
    let children = source.children(of: syntaxNode)
    var slots = CachedLines(syntaxNode, children, steps)
    for step in steps {
      switch step {
      case .kept(let first, let newFirst, let count):
        var done = 0
        while done < count {
          // Inside a printed node, where no anchor changed, what has the same bits may be copied.
          var run =
            itemCache == nil && changedAnchors.isEmpty
            ? old.countShared(
              from: first + done, with: new, from: newFirst + done, atMost: count - done) : 0
          while done + run < count,
            canCopy(
              children[first + done + run], old[first + done + run], new[newFirst + done + run])
          {
            run += 1
          }
          write(slots.next(first + done, source))
          if run > 0 {
            copy(children[first + done], through: children[first + done + run - 1])
            slots.pass(first + done + run - 1)
            done += run
          } else {
            let index = newFirst + done
            write(
              children[first + done], old[first + done], new[index],
              step: mapping.map { .key($0.entries[index].key) } ?? .index(index))
            done += 1
          }
        }
      case .left(let index):
        write(slots.next(index, source))
        dropAnchors(children[index]..<Int(source.syntaxNodes[children[index]].next))
      case .came(let index, let from):
        if slots.passed == 0 { write(slots.next(0, source)) }
        let step = mapping.map { Path.Step.key($0.entries[index].key) } ?? .index(index)
        if let from {
          write(children[from], old[from], new[index], step: step)
        } else {
          writeNew(new[index], step, at: source.column(source.syntaxNodes[children[0]].entry))
        }
      }
    }
  }

  /// Writes the items of a sequence, each as a printed node of its own.
  private mutating func writeHoles(
    _ syntaxNode: Int, _ steps: [ChildMatching.Step], _ old: [Node], _ new: [Node]
  ) {
    let children = source.children(of: syntaxNode)
    var slots = CachedLines(syntaxNode, children, steps)
    let column = source.column(source.syntaxNodes[children[0]].entry)
    let earlier = itemCache?.earlierChunks ?? []
    var printedNodes: [PrintedNode] = []
    printedNodes.reserveCapacity(new.count)
    for step in steps {
      switch step {
      case .kept(let first, let newFirst, let count):
        for offset in 0..<count {
          write(slots.next(first + offset, source))
          let source = (syntaxNode: children[first + offset], node: old[first + offset])
          addHole(
            new[newFirst + offset], newFirst + offset, of: new.count, source, column, earlier,
            &printedNodes)
        }
      case .left(let index): write(slots.next(index, source))
      case .came(let index, let from):
        if slots.passed == 0 { write(slots.next(0, source)) }
        addHole(
          new[index], index, of: new.count, from.map { (children[$0], old[$0]) }, column, earlier,
          &printedNodes)
      }
    }
    itemCache?.keep(printedNodes)
  }

  private mutating func addHole(
    _ item: Node, _ index: Int, of count: Int, _ from: (syntaxNode: Int, node: Node)?,
    _ column: Int,
    _ earlier: [PrintedNode], _ printedNodes: inout [PrintedNode]
  ) {
    let known = ItemCache.Known(earlier, index, of: count, at: column)
    let printedNode =
      known.printedNode(of: item, from: from?.syntaxNode)
      ?? {
        var editor = DocumentEditor(source, deepest: deepest, trail: trail)
        if let from {
          editor.write(from.syntaxNode, from.node, item, step: .index(index))
        } else {
          editor.writeNew(item, .index(index), at: column)
        }
        return PrintedNode(
          node: item, indent: column, source: from?.syntaxNode, lineBuffer: editor.lineBuffer)
      }()
    itemCache?.add(printedNode, place: lineBuffer.places.count, line: lineBuffer.starts.count)
    lineBuffer.close(lineBuffer.open())
    printedNodes.append(printedNode)
  }

  /// Writes a mapping whose entries are not all there, or not once: only values may change. One that
  /// a merge key brings gets a key of its own, which overrides it.
  private mutating func writeWritten(
    _ syntaxNode: Int, _ written: [Int?], _ old: Mapping, _ new: Mapping
  ) {
    let children = source.children(of: syntaxNode)
    var slots = CachedLines(syntaxNode, children, [])
    for (index, child) in children.enumerated() {
      write(slots.next(index, source))
      if let number = written[index] {
        write(
          child, old.entries[number].value, new.entries[number].value,
          step: .key(new.entries[number].key))
      } else {
        copy(child, through: child)
      }
    }
    let column = source.column(source.syntaxNodes[children[0]].entry)
    let places = Set(written.compactMap { $0 })
    for (index, entry) in new.entries.enumerated()
    where !places.contains(index) && entry.value != old.entries[index].value {
      writeNew(entry.value, .key(entry.key), at: column)
    }
  }

  /// Whether the values that changed in a mapping are all written in it, once each, or brought by
  /// a merge key.
  private func isWritable(_ syntaxNode: Int, _ old: Node, _ new: Node) -> Bool {
    guard let written = source.written(syntaxNode) else { return true }
    let old = old.entries
    let new = new.entries
    let places = Set(written.compactMap { $0 })
    let children = source.children(of: syntaxNode)
    let mergesOnly = zip(children, written).allSatisfy { child, number in
      number != nil || source.isMerge(child)
    }
    guard old.count == new.count,
      old.indices.allSatisfy({ index in
        old[index].key.hasBytes(of: new[index].key)
          && (old[index].value == new[index].value || places.contains(index) || mergesOnly)
      })
    else { return false }
    return zip(children, written).allSatisfy { child, number in
      number != nil || source.aliases(below: child).allSatisfy { changedAnchors[$0.anchor] == nil }
    }
  }

  // MARK: One entry

  /// Writes what stands between two entries and goes with neither.
  private mutating func write(_ slot: Range<Int>) {
    guard !slot.isEmpty else { return }
    var start = slot.lowerBound
    if !lineBuffer.isAtLineStart {
      guard let comment = source.bytes[slot].firstIndex(of: Byte.hash) else { return }
      start = comment
    }
    lineBuffer.copy(start..<slot.upperBound, of: source)
  }

  /// Copies entries with their own comments.
  private mutating func copy(_ first: Int, through last: Int) {
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
  private mutating func write(_ syntaxNode: Int, _ old: Node, _ new: Node, step: Path.Step) {
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

  mutating func enter(_ step: Path.Step) {
    trail.append(step)
    itemCache?.enter(step)
  }

  mutating func leave() {
    trail.removeLast()
    itemCache?.leave()
  }

  private mutating func writeNew(_ new: Node, _ step: Path.Step, at column: Int) {
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

/// What stands between the entries of a block and goes with none of them.
private struct CachedLines {
  private let syntaxNode: Int
  private let children: [Int]
  /// How many entries were passed.
  private(set) var passed = 0
  /// The first of the entries that leave the end of the block: blank lines above go with them.
  private let firstGone: Int

  init(_ syntaxNode: Int, _ children: [Int], _ steps: [ChildMatching.Step]) {
    self.syntaxNode = syntaxNode
    self.children = children
    var firstGone = children.count
    for step in steps.reversed() {
      guard case .left(let index) = step else { break }
      firstGone = index
    }
    self.firstGone = firstGone
  }

  /// What stands before an entry, unless that was passed before.
  mutating func next(_ index: Int, _ source: SourceDocument) -> Range<Int> {
    guard index >= passed else { return 0..<0 }
    passed = index + 1
    let start = Int(
      index == 0
        ? source.margins[syntaxNode].body : source.margins[children[index - 1]].tail)
    let slot = start..<max(start, Int(source.margins[children[index]].own))
    guard index >= firstGone,
      let last = source.bytes[slot].lastIndex(where: { !Byte.isSpace($0) })
    else { return index >= firstGone ? start..<start : slot }
    let end = source.bytes[last..<slot.upperBound].firstIndex(of: Byte.newline).map { $0 + 1 }
    return start..<(end ?? slot.upperBound)
  }

  mutating func pass(_ index: Int) { passed = max(passed, index + 1) }
}
