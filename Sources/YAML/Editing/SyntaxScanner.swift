/// The lines around an entry of a block that go with it, in bytes of its source document.
struct Margins: Sendable {
  /// Where the lines begin that go with the entry: its own comments, right above it.
  var own: UInt32 = 0
  /// The end of the entry's last line, a comment there and the newline included.
  var tail: UInt32 = 0
  /// Where the entries of a block begin: on the line below, or right after the dash.
  var body: UInt32 = 0
}

/// Scans the text of a source document for what editing needs to know.
struct SyntaxScanner {
  private(set) var bytes: [UInt8]
  private(set) var starts: [UInt32] = []
  private(set) var syntaxNodes: [SyntaxNode] = []
  private(set) var margins: [Margins] = []
  private(set) var places: [LineSpan] = []
  private(set) var style = YAMLStyle()
  private(set) var isTangled = true
  private let body: Range<Int>
  private let tree: SyntaxTree
  private var hasStep = false
  private var hasDashes = false
  private var hasGap = false

  init(root: Node, tree: SyntaxTree, part: ArraySlice<UInt8>, body: Range<Int>) {
    bytes = Array(part)
    self.tree = tree
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
    if lacksNewline { endLine() }
    starts = bytes.lineStarts
    guard let refiner = SyntaxRefiner(tree, of: part.indices, in: bytes) else { return }
    style.avoidsBlocks = hasBlanksAlone
    syntaxNodes = refiner.syntaxNodes
    margins = Array(repeating: Margins(), count: syntaxNodes.count)
    scan(0, root, key: nil)
    isTangled =
      tree.hasAnchors || bytes.first == UInt8(ascii: "%") || refiner.keepsNewlines
      || !tree.written.isEmpty
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

  /// Measures the entries of a node and all below, and learns from its strings.
  private mutating func scan(_ syntaxNode: Int, _ node: Node, key: String?) {
    guard syntaxNodes[syntaxNode].form != .alias else { return }
    let children = syntaxNodes.children(of: syntaxNode)
    if syntaxNodes[syntaxNode].form == .block { measure(syntaxNode, children) }
    switch node {
    case .scalar(let scalar):
      guard scalar.kind == .string else { return }
      style.learn(scalar.text, syntaxNodes[syntaxNode].form, forKey: key)
    case .sequence(let items):
      for (child, item) in zip(children, items) { scan(child, item, key: key) }
    case .mapping(let mapping):
      if let numbers = tree.written[syntaxNode] {
        for (child, number) in zip(children, numbers) {
          if let number { scan(child, mapping.entries[number].value, key: nil) }
        }
      } else {
        for (child, entry) in zip(children, mapping.entries) {
          scan(child, entry.value, key: entry.key)
        }
      }
    }
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
    margins[syntaxNode].body = UInt32(truncatingIfNeeded: bound)
    learnColumns(of: syntaxNode, first, isInline: isInline)
    for (number, child) in children.enumerated() {
      let entry = Int(syntaxNodes[child].entry)
      let isOwnLine = number > 0 || !isInline
      margins[child].own = UInt32(
        truncatingIfNeeded: isOwnLine ? ownStart(of: entry, notBefore: bound) : entry)
      bound = tail(of: child)
      margins[child].tail = UInt32(truncatingIfNeeded: bound)
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

extension [SyntaxNode] {
  /// The nodes right below one.
  func children(of number: Int) -> [Int] {
    var children: [Int] = []
    var child = number + 1
    while child < self[number].next {
      children.append(child)
      child = Int(self[child].next)
    }
    return children
  }
}
