extension Reviser {
  /// Whether the children of a collection in brackets can be written one by one.
  func canWriteFlow(_ spot: Int, _ old: Node, _ new: Node) -> Bool {
    guard source.written[spot] == nil else { return false }
    let steps = steps(old, new)
    if case .kept(_, _, let count)? = steps.first, steps.count == 1, count == old.childCount {
      return true
    }
    let children = source.children(of: spot)
    for (child, next) in zip(children, children.dropFirst()) {
      let gap =
        Int(
          source.spots[child].end)..<max(
          Int(source.spots[child].end), Int(source.spots[next].entry))
      guard isSeparator(gap) else { return false }
    }
    return isBlank(lead(of: spot, children)) && mayTrail(trailing(of: spot, children))
  }

  /// Writes a collection in brackets, from the first to the last.
  mutating func writeFlow(_ spot: Int, _ old: Node, _ new: Node) {
    let children = source.children(of: spot)
    let lead = lead(of: spot, children)
    script.copy(Int(source.spots[spot].start)..<lead.lowerBound, of: source)
    script.copy(lead, of: source)
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
          enter(step)
          let place = script.open()
          if case .key(let key) = step { appendFlow(key: key) }
          appendFlow(new.child(index) ?? .null)
          script.close(place)
          leave()
        }
      }
    }
    let end = trailing(of: spot, children)
    script.copy(end.lowerBound..<Int(source.spots[spot].end), of: source)
  }

  private mutating func writeFlowChild(
    _ spot: Int, _ old: Node, _ new: Node, _ step: Path.Step
  ) {
    let known = source.spots[spot]
    if canCopy(spot, old, new) {
      let shift = script.copy(Int(known.entry)..<Int(known.end), of: source)
      script.copyPlaces(spot..<Int(known.next), of: source, down: shift)
      return
    }
    enter(step)
    let place = script.open()
    let isEmpty = known.start == known.end
    if isEmpty, known.keyEnd > known.entry {
      script.copy(Int(known.entry)..<source.opening(spot), of: source)
      script.append { if $0.last != Byte.colon { $0.append(Byte.colon) } }
      script.append(Byte.space)
    } else {
      script.copy(Int(known.entry)..<Int(known.start), of: source)
    }
    if known.form == .flow, hasSameShape(old, new), !known.isOdd, canWriteFlow(spot, old, new) {
      writeFlow(spot, old, new)
    } else if case .scalar(let scalar) = new {
      append(scalar, like: known.form, inFlow: true)
    } else {
      if hasSameShape(old, new) { noteReprint() }
      appendFlow(new)
    }
    script.close(place)
    leave()
  }

  // MARK: Between the children

  private func steps(_ old: Node, _ new: Node) -> [Correspondence.Step] {
    switch (old, new) {
    case (.mapping(let old), .mapping(let new)): Correspondence(old, new).steps
    case (.sequence(let old), .sequence(let new)): Correspondence(old, new).steps
    case (.scalar, _), (.mapping, _), (.sequence, _): []
    }
  }

  /// From the opening bracket to the first child.
  private func lead(of spot: Int, _ children: [Int]) -> Range<Int> {
    let start = source.bytes.contentStart(source.spots[spot]) + 1
    let first = children.first.map { Int(source.spots[$0].entry) } ?? start
    return start..<max(start, first)
  }

  /// From the last child to the closing bracket.
  private func trailing(of spot: Int, _ children: [Int]) -> Range<Int> {
    let end = Int(source.spots[spot].end) - 1
    let start = children.last.map { Int(source.spots[$0].end) } ?? end
    return min(start, end)..<end
  }

  private mutating func writeSeparator(before index: Int, _ children: [Int], _ lead: Range<Int>) {
    let index = max(1, index)
    if index < children.count {
      let start = Int(source.spots[children[index - 1]].end)
      script.copy(
        start..<max(start, Int(source.spots[children[index]].entry)), of: source)
    } else if source.bytes[lead].contains(Byte.newline) {
      script.append(Byte.comma)
      script.copy(lead, of: source)
    } else {
      script.append([Byte.comma, Byte.space])
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
    let hand = hand
    script.append { bytes in
      key.withBytes {
        bytes.append(
          spelled: $0, as: hand.quotesKeys ? .double : .plain, quotes: hand.quotes, inFlow: true)
      }
      bytes.append(Byte.colon)
    }
    script.append(Byte.space)
  }

  /// Appends a value on one line, in brackets if it is a collection.
  private mutating func appendFlow(_ node: Node) {
    switch node {
    case .scalar(let scalar): append(scalar, like: .flow, inFlow: true)
    case .sequence(let items):
      script.append(Byte.brackets.open)
      for (index, item) in items.enumerated() {
        appendFlow(item, .index(index))
      }
      script.append(Byte.brackets.close)
    case .mapping(let mapping):
      script.append(Byte.braces.open)
      for (index, entry) in mapping.entries.enumerated() {
        appendFlow(entry.value, .key(entry.key), isFirst: index == 0)
      }
      script.append(Byte.braces.close)
    }
  }

  private mutating func appendFlow(_ node: Node, _ step: Path.Step, isFirst: Bool? = nil) {
    let isFirst = isFirst ?? (step == .index(0))
    if !isFirst { script.append([Byte.comma, Byte.space]) }
    enter(step)
    let place = script.open()
    if case .key(let key) = step { appendFlow(key: key) }
    appendFlow(node)
    script.close(place)
    leave()
  }
}
