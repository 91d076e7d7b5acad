extension DocumentEditor {
  /// Writes the entries of a block with another value in it.
  mutating func writeEntries(_ syntaxNode: Int, _ old: Node, _ new: Node) {
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
      case .renamed(let index, let from):
        guard let key = mapping?.entries[index].key else { continue }
        if slots.passed == 0 { write(slots.next(0, source)) }
        write(children[from], old[from], new[index], renamedTo: key)
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
      // Items have no keys.
      case .renamed: break
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

  /// Writes a mapping of which the text does not have all entries, or not once: the values that it
  /// has are edited in their places, and one that a merge key brings gets a key of its own.
  private mutating func writeWritten(
    _ syntaxNode: Int, _ written: [Int?], _ old: Mapping, _ new: Mapping
  ) {
    let children = source.children(of: syntaxNode)
    let column = source.column(source.syntaxNodes[children[0]].entry)
    let kept = new.numbers(ofKeysOf: old) ?? []
    var added = Set(new.entries.indices).subtracting(kept).sorted()
    var slots = CachedLines(syntaxNode, children, [])
    for (index, child) in children.enumerated() {
      write(slots.next(index, source))
      guard let number = written[index] else {
        copy(child, through: child)
        continue
      }
      let here = added.prefix { $0 < kept[number] }
      for entry in here { writeNew(new.entries[entry], at: column) }
      added.removeFirst(here.count)
      let entry = new.entries[kept[number]]
      write(child, old.entries[number].value, entry.value, step: .key(entry.key))
    }
    let places = Set(written.compactMap { $0 })
    let overriding = old.entries.indices.filter {
      !places.contains($0) && old.entries[$0].value != new.entries[kept[$0]].value
    }.map { kept[$0] }
    for entry in overriding + added { writeNew(new.entries[entry], at: column) }
  }

  private mutating func writeNew(_ entry: Mapping.Entry, at column: Int) {
    writeNew(entry.value, .key(entry.key), at: column)
  }

  /// Whether no key of a mapping goes or moves, and the values that change are all written in it,
  /// once each, or brought by a merge key.
  func isWritable(_ syntaxNode: Int, _ old: Node, _ new: Node) -> Bool {
    guard let written = source.written(syntaxNode) else { return true }
    guard case .mapping(let old) = old, case .mapping(let new) = new,
      let kept = new.numbers(ofKeysOf: old)
    else { return false }
    let places = Set(written.compactMap { $0 })
    let children = source.children(of: syntaxNode)
    let mergesOnly = zip(children, written).allSatisfy { child, number in
      number != nil || source.isMerge(child)
    }
    let isThere = zip(old.entries.indices, kept).allSatisfy { number, place in
      mergesOnly || places.contains(number)
        || old.entries[number].value == new.entries[place].value
    }
    return isThere
      && zip(children, written).allSatisfy { child, number in
        number != nil
          || source.aliases(below: child).allSatisfy { changedAnchors[$0.anchor] == nil }
      }
  }
}

extension Mapping {
  /// The numbers here of the keys that another mapping has; nil where one is missing or moved.
  fileprivate func numbers(ofKeysOf other: Mapping) -> [Int]? {
    var numbers: [Int] = []
    for (number, entry) in entries.enumerated() where numbers.count < other.entries.count {
      if entry.key.hasBytes(of: other.entries[numbers.count].key) { numbers.append(number) }
    }
    return numbers.count == other.entries.count ? numbers : nil
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
