extension DocumentEditor {
  /// Whether the children of a collection in brackets can be written one by one.
  func canWriteFlow(_ syntaxNode: Int, _ old: Node, _ new: Node) -> Bool {
    guard source.written(syntaxNode) == nil else { return false }
    let steps = steps(old, new)
    if case .kept(_, _, let count)? = steps.first, steps.count == 1, count == old.childCount {
      return true
    }
    let children = source.children(of: syntaxNode)
    for (child, next) in zip(children, children.dropFirst()) {
      let gap =
        Int(
          source.syntaxNodes[child].end)..<max(
          Int(source.syntaxNodes[child].end), Int(source.syntaxNodes[next].entry))
      guard isSeparator(gap) else { return false }
    }
    return isBlank(lead(of: syntaxNode, children)) && mayTrail(trailing(of: syntaxNode, children))
  }

  /// Writes a collection in brackets, from the first to the last.
  mutating func writeFlow(_ syntaxNode: Int, _ old: Node, _ new: Node) {
    let children = source.children(of: syntaxNode)
    let lead = lead(of: syntaxNode, children)
    lineBuffer.copy(Int(source.syntaxNodes[syntaxNode].start)..<lead.lowerBound, of: source)
    lineBuffer.copy(lead, of: source)
    var isFirst = true
    for step in steps(old, new) {
      switch step {
      case .left: break
      case .kept(let first, let newFirst, let count):
        for offset in 0..<count {
          let index = first + offset
          if !isFirst { writeSeparator(before: index, children, lead) }
          isFirst = false
          writeFlowChild(
            children[index], old.child(index) ?? .null, new.child(newFirst + offset) ?? .null,
            new.step(toChild: newFirst + offset) ?? .index(0))
        }
      case .came(let index, let from):
        if !isFirst { writeSeparator(before: from ?? 1, children, lead) }
        isFirst = false
        let step = new.step(toChild: index) ?? .index(0)
        if let from {
          writeFlowChild(
            children[from], old.child(from) ?? .null, new.child(index) ?? .null, step)
        } else {
          writeFlowNew(new.child(index) ?? .null, step)
        }
      case .renamed(let index, _):
        if !isFirst { writeSeparator(before: 1, children, lead) }
        isFirst = false
        writeFlowNew(new.child(index) ?? .null, new.step(toChild: index) ?? .index(0))
      }
    }
    let end = trailing(of: syntaxNode, children)
    lineBuffer.copy(end.lowerBound..<Int(source.syntaxNodes[syntaxNode].end), of: source)
  }

  private mutating func writeFlowNew(_ new: Node, _ step: Path.Step) {
    enter(step)
    let place = lineBuffer.open()
    if case .key(let key) = step { appendFlow(key: key) }
    appendFlow(new)
    lineBuffer.close(place)
    leave()
  }

  private mutating func writeFlowChild(
    _ syntaxNode: Int, _ old: Node, _ new: Node, _ step: Path.Step
  ) {
    let known = source.syntaxNodes[syntaxNode]
    if canCopy(syntaxNode, old, new) {
      let shift = lineBuffer.copy(Int(known.entry)..<Int(known.end), of: source)
      lineBuffer.copyPlaces(syntaxNode..<Int(known.next), of: source, down: shift)
      return
    }
    enter(step)
    let place = lineBuffer.open()
    if known.form == .alias, changedAnchors[source.anchor(of: syntaxNode) ?? 0] == .some(new) {
      lineBuffer.copy(Int(known.entry)..<Int(known.end), of: source)
      lineBuffer.close(place)
      leave()
      return
    }
    let isEmpty = known.start == known.end
    if isEmpty, known.keyEnd > known.entry {
      lineBuffer.copy(Int(known.entry)..<source.opening(syntaxNode), of: source)
      lineBuffer.append { if $0.last != Byte.colon { $0.append(Byte.colon) } }
      lineBuffer.append(Byte.space)
    } else {
      lineBuffer.copy(Int(known.entry)..<Int(known.start), of: source)
    }
    if known.form == .flow, hasSameShape(old, new), !known.isOdd, canWriteFlow(syntaxNode, old, new)
    {
      noteAnchor(syntaxNode, new)
      writeFlow(syntaxNode, old, new)
    } else if case .scalar(let scalar) = new {
      dropAnchors(syntaxNode..<Int(known.next))
      append(scalar, like: known.form, inFlow: true)
    } else {
      if hasSameShape(old, new) { noteReprint() }
      dropAnchors(syntaxNode..<Int(known.next))
      appendFlow(new)
    }
    lineBuffer.close(place)
    leave()
  }

  // MARK: Between the children

  private func steps(_ old: Node, _ new: Node) -> [ChildMatching.Step] {
    switch (old, new) {
    case (.mapping(let old), .mapping(let new)): ChildMatching(old, new).steps
    case (.sequence(let old), .sequence(let new)): ChildMatching(old, new).steps
    case (.scalar, _), (.mapping, _), (.sequence, _): []
    }
  }

  /// From the opening bracket to the first child.
  private func lead(of syntaxNode: Int, _ children: [Int]) -> Range<Int> {
    let start = source.bytes.contentStart(source.syntaxNodes[syntaxNode]) + 1
    let first = children.first.map { Int(source.syntaxNodes[$0].entry) } ?? start
    return start..<max(start, first)
  }

  /// From the last child to the closing bracket.
  private func trailing(of syntaxNode: Int, _ children: [Int]) -> Range<Int> {
    let end = Int(source.syntaxNodes[syntaxNode].end) - 1
    let start = children.last.map { Int(source.syntaxNodes[$0].end) } ?? end
    return min(start, end)..<end
  }

  private mutating func writeSeparator(before index: Int, _ children: [Int], _ lead: Range<Int>) {
    let index = max(1, index)
    if index < children.count {
      let start = Int(source.syntaxNodes[children[index - 1]].end)
      lineBuffer.copy(
        start..<max(start, Int(source.syntaxNodes[children[index]].entry)), of: source)
    } else if source.bytes[lead].contains(Byte.newline) {
      lineBuffer.append(Byte.comma)
      lineBuffer.copy(lead, of: source)
    } else {
      lineBuffer.append([Byte.comma, Byte.space])
    }
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    source.bytes[range].allSatisfy(isWhite)
  }

  private func isSeparator(_ range: Range<Int>) -> Bool {
    mayTrail(range) && source.bytes[range].contains(Byte.comma)
  }

  private func mayTrail(_ range: Range<Int>) -> Bool {
    source.bytes[range].allSatisfy { isWhite($0) || $0 == Byte.comma }
      && source.bytes[range].count { $0 == Byte.comma } <= 1
  }

  private func isWhite(_ byte: UInt8) -> Bool {
    Byte.isBlank(byte) || byte == Byte.newline || byte == Byte.carriageReturn
  }

  // MARK: New values

  private mutating func appendFlow(key: String) {
    let style = style
    lineBuffer.append { bytes in
      key.withBytes {
        bytes.append(
          spelled: $0, as: style.quotesKeys ? .double : .plain, quotes: style.quotes, inFlow: true)
      }
      bytes.append(Byte.colon)
    }
    lineBuffer.append(Byte.space)
  }

  /// Appends a value on one line, in brackets if it is a collection.
  private mutating func appendFlow(_ node: Node) {
    switch node {
    case .scalar(let scalar): append(scalar, like: .flow, inFlow: true)
    case .sequence(let items):
      lineBuffer.append(Byte.brackets.open)
      for (index, item) in items.enumerated() {
        appendFlow(item, .index(index))
      }
      lineBuffer.append(Byte.brackets.close)
    case .mapping(let mapping):
      lineBuffer.append(Byte.braces.open)
      for (index, entry) in mapping.entries.enumerated() {
        appendFlow(entry.value, .key(entry.key), isFirst: index == 0)
      }
      lineBuffer.append(Byte.braces.close)
    }
  }

  private mutating func appendFlow(_ node: Node, _ step: Path.Step, isFirst: Bool? = nil) {
    let isFirst = isFirst ?? (step == .index(0))
    if !isFirst { lineBuffer.append([Byte.comma, Byte.space]) }
    enter(step)
    let place = lineBuffer.open()
    if case .key(let key) = step { appendFlow(key: key) }
    appendFlow(node)
    lineBuffer.close(place)
    leave()
  }
}
