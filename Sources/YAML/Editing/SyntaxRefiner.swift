/// Finds in a document's text what the events of libyaml do not have: the dashes of items, where
/// blocks really end, and what is written in a way that cannot be edited piece by piece.
struct SyntaxRefiner {
  private(set) var syntaxNodes: [SyntaxNode]
  /// Whether the blank lines below a block of text belong to it.
  private(set) var keepsNewlines = false
  private let bytes: [UInt8]

  /// Refines the nodes of a tree in a part of the file; nil where they cannot be distinguished.
  init?(_ tree: SyntaxTree, of part: Range<Int>, in bytes: [UInt8]) {
    guard !tree.hasComplexKeys else { return nil }
    self.bytes = bytes
    syntaxNodes = tree.nodes
    for index in syntaxNodes.indices { syntaxNodes[index].move(to: part) }
    guard refine(0) else { return nil }
  }

  private mutating func refine(_ number: Int) -> Bool {
    switch syntaxNodes[number].form {
    case .plain, .single, .double, .alias: return true
    case .literal, .folded:
      syntaxNodes[number].end = UInt32(truncatingIfNeeded: endOfBlock(syntaxNodes[number]))
      return true
    case .block, .flow: return refine(collection: number)
    }
  }

  private mutating func refine(collection number: Int) -> Bool {
    let node = syntaxNodes[number]
    let content = bytes.contentStart(node)
    let isPair = node.form == .flow && node.isMapping && bytes[content] != Byte.braces.open
    let hasBrackets = node.form == .flow && !isPair
    var last = hasBrackets ? content + 1 : content
    if isPair { syntaxNodes[number].isOdd = true }
    var child = number + 1
    while child < node.next {
      if node.isMapping {
        let place = bytes.afterTrivia(last, commas: true)
        if place != syntaxNodes[child].entry,
          node.form == .flow || !widenExplicitKey(of: child, from: place)
        {
          syntaxNodes[number].isOdd = true
        }
      } else if node.form == .block {
        let dash = bytes.afterTrivia(last)
        guard dash < bytes.count, bytes[dash] == Byte.dash else { return false }
        syntaxNodes[child].entry = UInt32(truncatingIfNeeded: dash)
        syntaxNodes[child].keyEnd = syntaxNodes[child].entry
      }
      guard refine(child) else { return false }
      last = Int(syntaxNodes[child].end)
      child = Int(syntaxNodes[child].next)
    }
    if !hasBrackets { syntaxNodes[number].end = UInt32(truncatingIfNeeded: last) }
    return true
  }

  /// Makes the question mark before a key and the comments behind it parts of the key; false where
  /// there is none, or no value of its own.
  private mutating func widenExplicitKey(of number: Int, from mark: Int) -> Bool {
    let node = syntaxNodes[number]
    let colon = bytes.afterTrivia(Int(node.keyEnd))
    guard mark + 1 < bytes.count, bytes[mark] == UInt8(ascii: "?"), Byte.isSpace(bytes[mark + 1]),
      bytes.afterTrivia(mark + 1) == node.entry, colon < bytes.count, bytes[colon] == Byte.colon,
      !bytes[Int(node.entry)..<Int(node.keyEnd)].elementsEqual("<<".utf8)
    else { return false }
    syntaxNodes[number].entry = UInt32(truncatingIfNeeded: mark)
    syntaxNodes[number].keyEnd = UInt32(truncatingIfNeeded: colon)
    syntaxNodes[number].hasExplicitKey = true
    return true
  }

  /// The end of a block scalar's last line; blank lines count where its header keeps them.
  private mutating func endOfBlock(_ node: SyntaxNode) -> Int {
    let start = Int(node.start)
    var end = Int(node.end)
    let header = bytes[start..<end].prefix { $0 != Byte.newline && $0 != Byte.hash }
    let keeps = header.contains(Byte.plus)
    if keeps { keepsNewlines = true }
    while end > start, bytes[end - 1] == Byte.newline {
      end -= 1
      if end > start, bytes[end - 1] == Byte.carriageReturn { end -= 1 }
      guard !keeps, let before = startOfBlankLine(endingAt: end, after: start) else { break }
      end = before
    }
    return end
  }

  private func startOfBlankLine(endingAt end: Int, after start: Int) -> Int? {
    var index = end
    while index > start, Byte.isBlank(bytes[index - 1]) { index -= 1 }
    return index > start && bytes[index - 1] == Byte.newline ? index : nil
  }
}

extension [UInt8] {
  /// The first byte of a text from a place that is no white space, comment or (if wanted) comma.
  func afterTrivia(_ start: Int, commas: Bool = false) -> Int {
    var index = start
    while index < count {
      switch self[index] {
      case Byte.space, Byte.tab, Byte.newline, Byte.carriageReturn: index += 1
      case Byte.comma where commas: index += 1
      case Byte.hash: index = lineEnd(from: index)
      default: return index
      }
    }
    return index
  }
}
