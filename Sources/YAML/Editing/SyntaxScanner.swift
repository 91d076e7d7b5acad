/// What there is to know of a source document's text before it can be edited.
struct SyntaxScanner {
  private(set) var bytes: [UInt8]
  private(set) var starts: [UInt32] = []
  private(set) var syntaxNodes: [SyntaxNode] = []
  private(set) var places: [LineSpan] = []
  private(set) var style = YAMLStyle()
  private(set) var written: [Int: [Int?]] = [:]
  private(set) var aliases: [Alias] = []
  private(set) var isTangled = true
  private let body: Range<Int>
  private var names: [Int: [String?]] = [:]
  private var hasStep = false
  private var hasDashes = false
  private var hasGap = false

  init(root: Node, part: ArraySlice<UInt8>, body: Range<Int>, from start: Int, isJSON: Bool) {
    bytes = Array(part)
    self.body = body
    if let newline = bytes.firstIndex(of: Byte.newline), newline > 0 {
      style.endsLinesWithReturn = bytes[newline - 1] == Byte.carriageReturn
    }
    let lacksNewline = bytes.last != Byte.newline
    guard !hasOddBreaks else {
      if lacksNewline { endLine() }
      starts = bytes.lineStarts
      return
    }
    let reader = bytes.withUnsafeBufferPointer { text in
      SyntaxParser(
        UnsafeBufferPointer(rebasing: text[..<body.upperBound]), from: start, isJSON: isJSON)
    }
    if lacksNewline { endLine() }
    starts = bytes.lineStarts
    guard let reader else { return }
    style.avoidsBlocks = hasBlanksAlone
    syntaxNodes = reader.syntaxNodes
    aliases = reader.aliases
    names = reader.names
    isTangled = reader.hasAnchors || bytes.first == UInt8(ascii: "%")
    guard scanner(0, root, key: nil) else {
      syntaxNodes = []
      isTangled = true
      return
    }
    isTangled =
      isTangled || reader.keepsNewlines || !written.isEmpty
      || syntaxNodes.contains { $0.isOdd || style.avoidsBlocks && $0.form.isBlockScalar }
    style.quotesKeys =
      style.habit == .double && bytes[Int(syntaxNodes[0].start)] == Byte.braces.open
    findPlaces()
  }

  private mutating func endLine() {
    if style.endsLinesWithReturn { bytes.append(Byte.carriageReturn) }
    bytes.append(Byte.newline)
  }

  /// Whether lines end in any way but LF and CRLF.
  private var hasOddBreaks: Bool {
    for index in bytes.indices where bytes[index] == Byte.carriageReturn || bytes[index] >= 0xC2 {
      let length = bytes.breakLength(at: index)
      if length > 0, length != 2 || bytes[index] != Byte.carriageReturn { return true }
    }
    return false
  }

  /// Whether a line holds blanks and nothing else.
  private var hasBlanksAlone: Bool {
    starts.contains { start in
      var index = Int(start)
      while index < bytes.count, Byte.isBlank(bytes[index]) { index += 1 }
      return index > start && index < bytes.count
        && (bytes[index] == Byte.newline || bytes[index] == Byte.carriageReturn)
    }
  }

  // MARK: Entries

  /// Measures the entries of a node and all below; false where text and node do not agree.
  private mutating func scanner(_ syntaxNode: Int, _ node: Node, key: String?) -> Bool {
    guard syntaxNodes[syntaxNode].form != .alias else { return true }
    switch node {
    case .scalar(let scalar):
      if scalar.kind == .string {
        style.learn(scalar.text, syntaxNodes[syntaxNode].form, forKey: key)
      }
      return Int(syntaxNodes[syntaxNode].next) == syntaxNode + 1
    case .sequence(let items):
      let children = children(of: syntaxNode)
      guard children.count == items.count, names[syntaxNode] == nil else { return false }
      if syntaxNodes[syntaxNode].form == .block { measure(syntaxNode, children) }
      for (child, item) in zip(children, items) where !scanner(child, item, key: key) {
        return false
      }
      return true
    case .mapping(let mapping):
      return scanner(syntaxNode, mapping)
    }
  }

  private mutating func scanner(_ syntaxNode: Int, _ mapping: Mapping) -> Bool {
    let children = children(of: syntaxNode)
    guard let names = names[syntaxNode], children.count == names.count else { return false }
    if syntaxNodes[syntaxNode].form == .block { measure(syntaxNode, children) }
    let isAligned =
      names.count == mapping.entries.count
      && zip(names, mapping.entries).allSatisfy { $0?.hasBytes(of: $1.key) == true }
    if isAligned {
      for (child, entry) in zip(children, mapping.entries)
      where !scanner(child, entry.value, key: entry.key) {
        return false
      }
      return true
    }
    let numbers = numbers(of: names, in: mapping)
    written[syntaxNode] = numbers
    for (child, number) in zip(children, numbers) {
      guard let number else { continue }
      if !scanner(child, mapping.entries[number].value, key: nil) { return false }
    }
    return true
  }

  /// The entry that each name stands for, nil where another name counts in its stead.
  private func numbers(of names: [String?], in mapping: Mapping) -> [Int?] {
    var counts: [ExactText: Int] = [:]
    for name in names { if let name { counts[ExactText(text: name), default: 0] += 1 } }
    return names.map { name in
      guard let name, counts[ExactText(text: name)] == 1 else { return nil }
      return mapping.index(of: name)
    }
  }

  private func children(of syntaxNode: Int) -> [Int] {
    var children: [Int] = []
    var child = syntaxNode + 1
    while child < syntaxNodes[syntaxNode].next {
      children.append(child)
      child = Int(syntaxNodes[child].next)
    }
    return children
  }

  /// Finds where each entry of a block begins and ends with all that goes with it.
  private mutating func measure(_ syntaxNode: Int, _ children: [Int]) {
    guard let first = children.first else { return }
    let firstLine = lineStart(Int(syntaxNodes[first].entry))
    let isInline = !isBlank(firstLine..<Int(syntaxNodes[first].entry))
    var bound: Int
    if isInline {
      bound = Int(syntaxNodes[first].entry)
    } else if syntaxNodes[syntaxNode].hasProperties {
      bound = lineEnd(bytes.propertiesEnd(syntaxNodes[syntaxNode]))
    } else {
      bound = syntaxNode == 0 ? body.lowerBound : lineEnd(Int(syntaxNodes[syntaxNode].keyEnd))
    }
    syntaxNodes[syntaxNode].body = UInt32(truncatingIfNeeded: bound)
    learnColumns(of: syntaxNode, first, isInline: isInline)
    for (number, child) in children.enumerated() {
      let entry = Int(syntaxNodes[child].entry)
      let isOwnLine = number > 0 || !isInline
      syntaxNodes[child].own = UInt32(
        truncatingIfNeeded: isOwnLine ? ownStart(of: entry, notBefore: bound) : entry)
      bound = tail(of: child)
      syntaxNodes[child].tail = UInt32(truncatingIfNeeded: bound)
    }
  }

  /// Where an entry ends: after its last line, or after the comments that stand in its block.
  private mutating func tail(of child: Int) -> Int {
    let entry = Int(syntaxNodes[child].entry)
    let column = entry - lineStart(entry)
    var tail = lineEnd(max(entry, Int(syntaxNodes[child].end)))
    var line = tail
    while line < body.upperBound {
      let end = lineEnd(line)
      guard let first = (line..<end).first(where: { bytes[$0] > Byte.space }) else {
        line = end
        continue
      }
      guard bytes[first] == Byte.hash, first - line > column else { break }
      guard syntaxNodes[child].form == .block else {
        style.avoidsBlocks = true
        break
      }
      line = end
      tail = end
    }
    return tail
  }

  /// Where the comments begin that stand right above an entry and no further to the right.
  private func ownStart(of entry: Int, notBefore bound: Int) -> Int {
    var start = lineStart(entry)
    let column = entry - start
    while start > bound {
      let above = lineStart(start - 1)
      guard above >= bound, let first = (above..<start).first(where: { !Byte.isBlank(bytes[$0]) }),
        bytes[first] == Byte.hash, first - above <= column
      else { break }
      start = above
    }
    return max(start, min(bound, entry))
  }

  private mutating func learnColumns(of syntaxNode: Int, _ first: Int, isInline: Bool) {
    let outer = Int(syntaxNodes[syntaxNode].entry)
    let inner = Int(syntaxNodes[first].entry)
    let isDash = syntaxNodes[first].keyEnd == syntaxNodes[first].entry
    let isBelowDash = syntaxNodes[syntaxNode].keyEnd == syntaxNodes[syntaxNode].entry
    if isInline {
      guard isBelowDash, !hasGap, inner - outer < 10 else { return }
      hasGap = true
      style.gap = inner - outer
    } else if syntaxNode > 0, !isBelowDash {
      let distance = inner - lineStart(inner) - (outer - lineStart(outer))
      guard (0..<17).contains(distance) else { return }
      if isDash, !hasDashes {
        hasDashes = true
        style.dashes = distance
      } else if !isDash, !hasStep, distance > 0 {
        hasStep = true
        style.step = distance
      }
    }
  }

  // MARK: Lines

  private func lineStart(_ byte: Int) -> Int {
    var start = byte
    while start > 0, bytes[start - 1] != Byte.newline { start -= 1 }
    return start
  }

  private func lineEnd(_ byte: Int) -> Int {
    bytes[byte...].firstIndex(of: Byte.newline).map { $0 + 1 } ?? bytes.count
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    range.allSatisfy { Byte.isBlank(bytes[$0]) }
  }

  private mutating func findPlaces() {
    places.reserveCapacity(syntaxNodes.count)
    var line = 0
    for syntaxNode in syntaxNodes {
      while line + 1 < starts.count, starts[line + 1] <= syntaxNode.entry { line += 1 }
      var end = line + 1
      while end < starts.count, starts[end] < syntaxNode.end { end += 1 }
      places.append(
        LineSpan(
          line: UInt32(truncatingIfNeeded: line), end: UInt32(truncatingIfNeeded: end),
          next: syntaxNode.next))
    }
  }
}

extension Array where Element == UInt8 {
  /// Where each line begins, as LF ends them.
  fileprivate var lineStarts: [UInt32] {
    var starts: [UInt32] = isEmpty ? [] : [0]
    for index in indices where self[index] == Byte.newline && index + 1 < count {
      starts.append(UInt32(truncatingIfNeeded: index + 1))
    }
    return starts
  }
}
