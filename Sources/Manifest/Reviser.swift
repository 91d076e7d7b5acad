/// Writes an author's document with other values in it, copying every line that stays.
struct Reviser {
  let source: Passage
  var script = Script()
  /// The sequences whose items are chunks of their own, nil inside such a chunk.
  var holes: Holes?
  /// What was printed anew although parts of it stayed.
  private(set) var reprinted: [Path] = []
  var trail: [Path.Step]
  /// How far below the root the text is edited in place; further down it is printed anew.
  private let deepest: Int
  /// What anchors stand for by now that no longer stand for what they did; nil for one that went.
  private var changedAnchors: [Int: Node?] = [:]

  init(_ source: Passage, deepest: Int = .max, holes: Holes? = nil, trail: [Path.Step] = []) {
    self.source = source
    self.deepest = deepest
    self.holes = holes
    self.trail = trail
  }

  var hand: Hand { source.hand }

  /// Writes the whole part of the file with another document in it.
  mutating func write(document new: Node) {
    script.reserve(source.bytes.count + 256)
    let all = 0..<source.bytes.count
    guard let root = source.spots.first, deepest > 0 else {
      if source.root == new { script.copy(all, of: source) } else { writeAnew(document: new) }
      return
    }
    if canCopy(0, source.root, new) {
      let shift = script.copy(all, of: source)
      script.copyPlaces(0..<source.spots.count, of: source, down: shift)
    } else if root.form == .block, hasSameShape(source.root, new), !root.isOdd,
      isWritable(0, source.root, new)
    {
      script.copy(0..<Int(root.body), of: source)
      let place = script.open()
      writeEntries(0, source.root, new)
      script.close(place)
      script.placeAtFirstChild(place)
      script.copy(source.end(ofEntriesOf: 0)..<all.upperBound, of: source)
    } else if root.form == .flow, hasSameShape(source.root, new), !root.isOdd,
      canWriteFlow(0, source.root, new)
    {
      script.copy(0..<Int(root.start), of: source)
      let place = script.open()
      writeFlow(0, source.root, new)
      script.close(place)
      script.copy(Int(root.end)..<all.upperBound, of: source)
    } else {
      writeAnew(document: new)
    }
  }

  private mutating func writeAnew(document new: Node) {
    if source.spots.isEmpty || hasSameShape(source.root, new) { reprinted.append(.root) }
    var from = source.body.lowerBound
    var to = source.body.upperBound
    if let root = source.spots.first {
      from = Int(root.start) - source.column(root.start)
      if !source.bytes[from..<Int(root.start)].allSatisfy(Byte.isBlank) { from = Int(root.start) }
      to = max(from, source.lineEnd(max(from, Int(root.end))))
    }
    script.copy(0..<from, of: source)
    if !script.isAtLineStart { script.endLine(hand) }
    var writer = Writer()
    writer.hand = hand
    writer.write(document: new)
    script.append(writer, hand)
    script.copy(min(to, source.bytes.count)..<source.bytes.count, of: source)
  }

  // MARK: What stays

  /// Whether the text of a spot may stay as it is.
  func canCopy(_ spot: Int, _ old: Node, _ new: Node) -> Bool {
    guard old == new else { return false }
    if !changedAnchors.isEmpty,
      source.aliases(below: spot).contains(where: { changedAnchors[$0.anchor] != nil })
    {
      return false
    }
    guard let holes else { return true }
    return source.spots[spot].form != .block || !holes.mayAccept
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
  private mutating func noteAnchor(_ spot: Int, _ new: Node) {
    if source.spots[spot].hasProperties { changedAnchors[spot] = .some(new) }
  }

  /// Takes note that the anchors in a text are gone.
  private mutating func dropAnchors(_ spots: Range<Int>) {
    guard source.hasAnchors else { return }
    for spot in spots where source.spots[spot].hasProperties {
      changedAnchors[spot] = .some(nil)
    }
  }

  // MARK: Entries of a block

  private mutating func writeEntries(_ spot: Int, _ old: Node, _ new: Node) {
    switch (old, new) {
    case (.mapping(let old), .mapping(let new)):
      if let written = source.written[spot] {
        writeWritten(spot, written, old, new)
      } else {
        let steps = Correspondence(old, new).steps
        write(spot, steps, old.entries.map(\.value), new.entries.map(\.value), new)
      }
    case (.sequence(let old), .sequence(let new)):
      let steps = Correspondence(old, new).steps
      if script.isAtLineStart, holes?.accepts(new) == true {
        writeHoles(spot, steps, old, new)
      } else {
        write(spot, steps, old, new, nil)
      }
    case (.scalar, _), (.mapping, _), (.sequence, _): break
    }
  }

  private mutating func write(
    _ spot: Int, _ steps: [Correspondence.Step], _ old: [Node], _ new: [Node], _ mapping: Mapping?
  ) {
    let children = source.children(of: spot)
    var slots = Slots(spot, children, steps)
    for step in steps {
      switch step {
      case .kept(let first, let newFirst, let count):
        var done = 0
        while done < count {
          // Inside a chunk, where no anchor changed, what has the same bits may be copied.
          var run =
            holes == nil && changedAnchors.isEmpty
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
        dropAnchors(children[index]..<Int(source.spots[children[index]].next))
      case .came(let index, let from):
        if slots.passed == 0 { write(slots.next(0, source)) }
        let step = mapping.map { Path.Step.key($0.entries[index].key) } ?? .index(index)
        if let from {
          write(children[from], old[from], new[index], step: step)
        } else {
          writeNew(new[index], step, at: source.column(source.spots[children[0]].entry))
        }
      }
    }
  }

  /// Writes the items of a sequence, each as a chunk of its own.
  private mutating func writeHoles(
    _ spot: Int, _ steps: [Correspondence.Step], _ old: [Node], _ new: [Node]
  ) {
    let children = source.children(of: spot)
    var slots = Slots(spot, children, steps)
    let column = source.column(source.spots[children[0]].entry)
    let earlier = holes?.earlierChunks ?? []
    var chunks: [Chunk] = []
    chunks.reserveCapacity(new.count)
    for step in steps {
      switch step {
      case .kept(let first, let newFirst, let count):
        for offset in 0..<count {
          write(slots.next(first + offset, source))
          let source = (spot: children[first + offset], node: old[first + offset])
          addHole(
            new[newFirst + offset], newFirst + offset, of: new.count, source, column, earlier,
            &chunks)
        }
      case .left(let index): write(slots.next(index, source))
      case .came(let index, let from):
        if slots.passed == 0 { write(slots.next(0, source)) }
        addHole(
          new[index], index, of: new.count, from.map { (children[$0], old[$0]) }, column, earlier,
          &chunks)
      }
    }
    holes?.keep(chunks)
  }

  private mutating func addHole(
    _ item: Node, _ index: Int, of count: Int, _ from: (spot: Int, node: Node)?, _ column: Int,
    _ earlier: [Chunk], _ chunks: inout [Chunk]
  ) {
    let known = Holes.Known(earlier, index, of: count, at: column)
    let chunk =
      known.chunk(of: item, from: from?.spot)
      ?? {
        var reviser = Reviser(source, deepest: deepest, trail: trail)
        if let from {
          reviser.write(from.spot, from.node, item, step: .index(index))
        } else {
          reviser.writeNew(item, .index(index), at: column)
        }
        return Chunk(node: item, indent: column, source: from?.spot, script: reviser.script)
      }()
    holes?.add(chunk, place: script.places.count, line: script.starts.count)
    script.close(script.open())
    chunks.append(chunk)
  }

  /// Writes a mapping whose entries are not all there, or not once: only values may change. One that
  /// a merge key brings gets a key of its own, which overrides it.
  private mutating func writeWritten(
    _ spot: Int, _ written: [Int?], _ old: Mapping, _ new: Mapping
  ) {
    let children = source.children(of: spot)
    var slots = Slots(spot, children, [])
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
    let column = source.column(source.spots[children[0]].entry)
    let places = Set(written.compactMap { $0 })
    for (index, entry) in new.entries.enumerated()
    where !places.contains(index) && entry.value != old.entries[index].value {
      writeNew(entry.value, .key(entry.key), at: column)
    }
  }

  /// Whether the values that changed in a mapping are all written in it, once each, or brought by
  /// a merge key.
  private func isWritable(_ spot: Int, _ old: Node, _ new: Node) -> Bool {
    guard let written = source.written[spot] else { return true }
    let old = old.entries
    let new = new.entries
    let places = Set(written.compactMap { $0 })
    let children = source.children(of: spot)
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
    if !script.isAtLineStart {
      guard let comment = source.bytes[slot].firstIndex(of: Byte.hash) else { return }
      start = comment
    }
    script.copy(start..<slot.upperBound, of: source)
  }

  /// Copies entries with their own comments.
  private mutating func copy(_ first: Int, through last: Int) {
    let spots = source.spots
    writeLead(of: first)
    let shift = script.copy(Int(spots[first].entry)..<Int(spots[last].tail), of: source)
    script.copyPlaces(first..<Int(spots[last].next), of: source, down: shift)
  }

  /// Writes an entry's own comments and its indentation.
  private mutating func writeLead(of spot: Int) {
    let entry = Int(source.spots[spot].entry)
    var start = Int(source.spots[spot].own)
    if script.isAtLineStart {
      if start == entry {
        script.append(repeatElement(Byte.space, count: source.column(source.spots[spot].entry)))
      }
    } else {
      while start < entry, Byte.isBlank(source.bytes[start]) { start += 1 }
    }
    script.copy(start..<entry, of: source)
  }

  /// Writes an entry of the author with another value.
  private mutating func write(_ spot: Int, _ old: Node, _ new: Node, step: Path.Step) {
    if canCopy(spot, old, new) {
      copy(spot, through: spot)
      return
    }
    writeLead(of: spot)
    enter(step)
    let place = script.open()
    let known = source.spots[spot]
    let entry = Int(known.entry)
    let mayEdit = hasSameShape(old, new) && !known.isOdd && trail.count < deepest
    if known.form == .alias, changedAnchors[source.anchor(of: spot) ?? 0] == .some(new) {
      script.copy(entry..<Int(known.tail), of: source)
    } else if known.form == .block, mayEdit, isWritable(spot, old, new) {
      noteAnchor(spot, new)
      script.copy(entry..<Int(known.body), of: source)
      writeEntries(spot, old, new)
      script.copy(source.end(ofEntriesOf: spot)..<Int(known.tail), of: source)
    } else if known.form == .flow, mayEdit, canWriteFlow(spot, old, new) {
      noteAnchor(spot, new)
      script.copy(entry..<Int(known.start), of: source)
      writeFlow(spot, old, new)
      script.copy(Int(known.end)..<Int(known.tail), of: source)
    } else {
      if hasSameShape(old, new) || known.form == .alias { noteReprint() }
      dropAnchors(spot..<Int(known.next))
      noteAnchor(spot, new)
      replace(spot, with: new)
    }
    script.close(place)
    leave()
  }

  mutating func enter(_ step: Path.Step) {
    trail.append(step)
    holes?.enter(step)
  }

  mutating func leave() {
    trail.removeLast()
    holes?.leave()
  }

  private mutating func writeNew(_ new: Node, _ step: Path.Step, at column: Int) {
    var writer = Writer()
    writer.hand = hand
    let isInline = !script.isAtLineStart
    switch step {
    case .key(let key):
      writer.write(entries: [Mapping.Entry(key, new)], at: column, inline: isInline)
    case .index: writer.write(items: [new], at: column, inline: isInline)
    }
    script.append(writer, hand)
  }
}

/// What stands between the entries of a block and goes with none of them.
private struct Slots {
  private let spot: Int
  private let children: [Int]
  /// How many entries were passed.
  private(set) var passed = 0
  /// The first of the entries that leave the end of the block: blank lines above go with them.
  private let firstGone: Int

  init(_ spot: Int, _ children: [Int], _ steps: [Correspondence.Step]) {
    self.spot = spot
    self.children = children
    var firstGone = children.count
    for step in steps.reversed() {
      guard case .left(let index) = step else { break }
      firstGone = index
    }
    self.firstGone = firstGone
  }

  /// What stands before an entry, unless that was passed before.
  mutating func next(_ index: Int, _ source: Passage) -> Range<Int> {
    guard index >= passed else { return 0..<0 }
    passed = index + 1
    let start = Int(index == 0 ? source.spots[spot].body : source.spots[children[index - 1]].tail)
    let slot = start..<max(start, Int(source.spots[children[index]].own))
    guard index >= firstGone,
      let last = source.bytes[slot].lastIndex(where: { !Byte.isSpace($0) })
    else { return index >= firstGone ? start..<start : slot }
    let end = source.bytes[last..<slot.upperBound].firstIndex(of: Byte.newline).map { $0 + 1 }
    return start..<(end ?? slot.upperBound)
  }

  mutating func pass(_ index: Int) { passed = max(passed, index + 1) }
}
