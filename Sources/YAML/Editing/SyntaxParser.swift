/// Finds the nodes of a source document from the events of its text.
struct SyntaxParser {
  /// A collection whose end has not come yet.
  private struct Open {
    var syntaxNode: Int
    var isMapping: Bool
    /// The end of what was read last in it.
    var last: Int
    /// The names of the keys so far, nil for one that is no scalar or that merges.
    var names: [String?] = []
    /// The key that waits for its value.
    var key: (start: Int, end: Int)?
  }

  private let text: UnsafeBufferPointer<UInt8>
  private(set) var syntaxNodes: [SyntaxNode] = []
  /// The names of the keys of each mapping as they are written.
  private(set) var names: [Int: [String?]] = [:]
  private(set) var aliases: [Alias] = []
  private(set) var hasAnchors = false
  /// Whether the blank lines below a block belong to it.
  private(set) var keepsNewlines = false
  private var anchors: [String: Int] = [:]
  private var open: [Open] = []
  private let reader: EventReader
  /// Where the reader begins.
  private let start: Int

  /// Reads the document in a text from some place on; nil where it cannot be told apart.
  init?(_ text: UnsafeBufferPointer<UInt8>, from start: Int, isJSON: Bool) {
    self.text = text
    self.start = start
    reader = EventReader(UnsafeBufferPointer(rebasing: text[start...]), isJSON: isJSON)
    while let event = reader.next() {
      if case .documentStart = event.kind { break }
    }
    while let event = reader.next() {
      if case .documentEnd = event.kind { break }
      guard read(event) else { return nil }
    }
    if syntaxNodes.isEmpty || !open.isEmpty || reader.problem != nil { return nil }
  }

  private mutating func read(_ event: Event) -> Bool {
    let start = start + reader.byte(at: event.indices.lowerBound)
    let end = self.start + reader.byte(at: event.indices.upperBound)
    if open.last?.isMapping == true, open.last?.key == nil {
      switch event.kind {
      case .end: break
      case .scalar(let name, let isPlain, _):
        return readKey(start, end, name: isPlain && name == "<<" ? nil : name, event)
      case .alias, .sequenceStart, .mappingStart, .documentStart, .documentEnd, .streamEnd:
        return false
      }
    }
    switch event.kind {
    case .documentStart, .documentEnd, .streamEnd: return false
    case .end: return close(end)
    case .alias(let name):
      if let anchor = anchors[name] {
        aliases.append(Alias(syntaxNode: syntaxNodes.count, anchor: anchor))
      }
      return add(start, end, .alias, event)
    case .scalar(_, let isPlain, _):
      let form = isPlain ? .plain : form(of: event, start)
      return add(start, form.isBlockScalar ? endOfBlock(start, end) : end, form, event)
    case .sequenceStart, .mappingStart:
      guard add(start, end, event.isFlow ? .flow : .block, event) else { return false }
      let syntaxNode = syntaxNodes.count - 1
      let isMapping = if case .mappingStart = event.kind { true } else { false }
      let content = event.isFlow ? end : contentStart(syntaxNodes[syntaxNode])
      if event.isFlow, isMapping, end == 0 || text[end - 1] != Byte.braces.open {
        syntaxNodes[syntaxNode].isOdd = true
      }
      open.append(Open(syntaxNode: syntaxNode, isMapping: isMapping, last: content))
      return true
    }
  }

  private mutating func readKey(_ start: Int, _ end: Int, name: String?, _ event: Event) -> Bool {
    guard var collection = open.popLast() else { return false }
    let first = afterTrivia(collection.last, commas: true)
    if first != start || event.anchor != nil { syntaxNodes[collection.syntaxNode].isOdd = true }
    if event.anchor != nil { hasAnchors = true }
    collection.key = (start, end)
    collection.names.append(name)
    open.append(collection)
    return true
  }

  private mutating func add(_ start: Int, _ end: Int, _ form: SyntaxNode.Form, _ event: Event)
    -> Bool
  {
    if let anchor = event.anchor {
      hasAnchors = true
      anchors[anchor] = syntaxNodes.count
    }
    var entry = start
    var keyEnd = start
    if let last = open.indices.last {
      if let key = open[last].key {
        (entry, keyEnd) = key
        open[last].key = nil
      } else if syntaxNodes[open[last].syntaxNode].form == .block {
        entry = afterTrivia(open[last].last)
        keyEnd = entry
        guard entry < text.count, text[entry] == Byte.dash else { return false }
      }
      open[last].last = end
    }
    syntaxNodes.append(
      SyntaxNode(
        entry: UInt32(truncatingIfNeeded: entry), keyEnd: UInt32(truncatingIfNeeded: keyEnd),
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        next: UInt32(truncatingIfNeeded: syntaxNodes.count + 1), own: 0, tail: 0, body: 0,
        form: form,
        hasProperties: event.anchor != nil || event.tag != nil))
    return true
  }

  private mutating func close(_ end: Int) -> Bool {
    guard let collection = open.popLast(), collection.key == nil else { return false }
    let syntaxNode = collection.syntaxNode
    let isFlow = syntaxNodes[syntaxNode].form == .flow
    let end = isFlow && !(syntaxNodes[syntaxNode].isOdd) ? end : collection.last
    syntaxNodes[syntaxNode].end = UInt32(truncatingIfNeeded: end)
    syntaxNodes[syntaxNode].next = UInt32(truncatingIfNeeded: syntaxNodes.count)
    if collection.isMapping { names[syntaxNode] = collection.names }
    if let last = open.indices.last { open[last].last = end }
    return true
  }

  // MARK: Bytes

  /// The first byte from a place that is no white space, comment or (if wanted) comma.
  private func afterTrivia(_ start: Int, commas: Bool = false) -> Int {
    var index = start
    while index < text.count {
      switch text[index] {
      case Byte.space, Byte.tab, Byte.newline, Byte.carriageReturn: index += 1
      case Byte.comma where commas: index += 1
      case Byte.hash:
        while index < text.count, text[index] != Byte.newline { index += 1 }
      default: return index
      }
    }
    return index
  }

  /// Where a value begins after its anchor and tag.
  private func contentStart(_ syntaxNode: SyntaxNode) -> Int {
    guard syntaxNode.hasProperties else { return Int(syntaxNode.start) }
    var index = Int(syntaxNode.start)
    while index < text.count, text[index] == UInt8(ascii: "&") || text[index] == UInt8(ascii: "!") {
      while index < text.count, text[index] > Byte.space { index += 1 }
      index = afterTrivia(index)
    }
    return index
  }

  private func form(of event: Event, _ start: Int) -> SyntaxNode.Form {
    var syntaxNode = SyntaxNode(
      entry: 0, keyEnd: 0, start: UInt32(truncatingIfNeeded: start), end: 0, own: 0, tail: 0,
      body: 0, form: .plain)
    syntaxNode.hasProperties = event.anchor != nil || event.tag != nil
    let content = contentStart(syntaxNode)
    guard content < text.count else { return .double }
    switch text[content] {
    case Byte.apostrophe: return .single
    case UInt8(ascii: "|"): return .literal
    case UInt8(ascii: ">"): return .folded
    default: return .double
    }
  }

  /// The end of a block scalar's last line; blank lines count where its header keeps them.
  private mutating func endOfBlock(_ start: Int, _ end: Int) -> Int {
    var end = end
    var index = start
    var keeps = false
    while index < end, text[index] != Byte.newline {
      if text[index] == Byte.hash { break }
      if text[index] == UInt8(ascii: "+") { keeps = true }
      index += 1
    }
    if keeps { keepsNewlines = true }
    while end > start, text[end - 1] == Byte.newline {
      end -= 1
      if end > start, text[end - 1] == Byte.carriageReturn { end -= 1 }
      guard !keeps, let before = startOfBlankLine(endingAt: end, after: start) else { break }
      end = before
    }
    return end
  }

  private func startOfBlankLine(endingAt end: Int, after start: Int) -> Int? {
    var index = end
    while index > start, Byte.isBlank(text[index - 1]) { index -= 1 }
    return index > start && text[index - 1] == Byte.newline ? index : nil
  }
}
