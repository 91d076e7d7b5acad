/// Builds the nodes of a part of a text from its events, resolving anchors, aliases, merge keys.
struct Composer {
  /// The part's document and where it begins; nil where it has none, or none that can be read.
  private(set) var document: (root: Node, start: Position)?
  private(set) var problems: [Problem] = []
  /// Which of the text's documents comes next.
  private(set) var number: Int
  private let part: DocumentRange
  private let file: [UInt8]
  private let text: UnsafeBufferPointer<UInt8>
  private let reader: EventReader
  let limits: Parser.Limits
  var tree = SyntaxTree()
  /// The children of the collections that are open, those of the outermost first.
  var pending: [UInt32] = []
  /// Nil for an anchor whose node is still open.
  var anchors: [String: ComposedNode?] = [:]
  var aliasedNodes = 0
  /// Where keys replace what a merge key brought.
  private var overrides: [Position] = []
  /// What collections that are complete were made in, with its memory, for the next ones.
  private var spareBuilders: [MappingBuilder] = []
  private var spareItems: [[Node]] = []

  /// Reads a part of a file whose bytes stay where they are.
  init(
    _ part: DocumentRange, of file: [UInt8], at bytes: UnsafeBufferPointer<UInt8>, number: Int,
    limits: Parser.Limits, recent: RecentTexts
  ) {
    self.part = part
    self.number = number
    self.limits = limits
    self.file = file
    text = UnsafeBufferPointer(rebasing: bytes[part.text])
    reader = EventReader(
      text, linesBefore: part.linesBefore, isJSON: part.isJSON, recent: recent)
  }

  /// Where the nodes of the document stand, once it has been read.
  var map: SourceMap {
    var tree = tree
    tree.nodes = tree.nodes.fitted
    tree.children = tree.children.fitted
    return SourceMap(
      root: document?.root ?? .null, tree: tree,
      lines: LineStarts(
        of: part, in: file, isASCII: reader.isASCII, addsNewline: reader.addsNewline))
  }

  /// Reads the document of the part, if it has one that can be read.
  mutating func compose() {
    if !read() {
      // What ended the reading was found last.
      if let last = problems.indices.last { problems[last].isFatal = true }
      number += 1
    }
    problems.sort { $0.position < $1.position }
  }

  /// Reads the document; false where it cannot be read.
  private mutating func read() -> Bool {
    let start = Position(line: part.linesBefore + 1, column: 1)
    switch part.refusal {
    case .textOnMarker:
      report(start, "only a comment is allowed after `---`: kubectl refuses the file")
      return false
    case .behindJSON:
      report(start, "after several JSON values kubectl reads no YAML; begin the file with `---`")
      return false
    case nil: break
    }
    guard !part.isBehindEnd else {
      report(start, "what follows `...` is not read; begin it with `---`", .warning)
      return true
    }
    guard text.count <= limits.bytes, part.directives <= limits.directives else {
      report(
        start,
        text.count > limits.bytes
          ? "the document is larger than \(limits.bytes >> 20) MiB"
          : "more than \(limits.directives) directives are before the document")
      return false
    }
    if part.directives > 0 {
      report(start, "kubectl refuses a line `%…` before `---`; leave it out", .warning)
    }
    let isRead = readDocument()
    guard let problem = reader.problem else { return isRead }
    report(problem.position, problem.message)
    return false
  }

  /// Reads the first document, which is all that readers of manifests read.
  private mutating func readDocument() -> Bool {
    while let event = reader.next() {
      guard case .documentStart = event.kind else { continue }
      guard let first = reader.next(), let root = built(first, depth: 0) else { return false }
      noteOverrides()
      let end = reader.next()
      if reader.problem != nil { return false }
      if let end, let rest = reader.content(behind: end) {
        report(rest, "this is behind the document's end and not read", .warning)
      }
      if root.node.scalar?.kind == .null { return true }
      tree.hasAnchors = !anchors.isEmpty
      document = (root.node, first.start)
      number += 1
      return true
    }
    return true
  }

  /// The node that begins with an event; nil after an error that ends the reading.
  mutating func built(_ event: borrowing Event, depth: Int) -> ComposedNode? {
    // Collections that are still open do not count.
    let count = tree.nodes.count - depth
    guard count < max(limits.nodes, text.count / 8) else {
      report(event.start, "the document has more than \(count) values")
      return nil
    }
    guard anchors.count < limits.anchors else {
      report(event.start, "the document has more than \(limits.anchors) anchors")
      return nil
    }
    guard problems.count < limits.problems else {
      report(event.start, "there is more wrong with the document; mend this first")
      return nil
    }
    var built: ComposedNode
    switch event.kind {
    case .documentStart, .documentEnd, .streamEnd, .end: return nil
    case .alias(let name): return resolved(name, event, depth: depth)
    case .scalar(let text, let form):
      let scalar = scalar(text, form, event)
      built = ComposedNode(node: .scalar(checked(scalar, event)), place: add(event, form))
    case .sequenceStart, .mappingStart:
      guard depth < limits.depth else {
        report(event.start, "the text is nested deeper than \(limits.depth) levels")
        return nil
      }
      if let anchor = event.anchor { anchors.updateValue(nil, forKey: anchor) }
      let collection =
        if case .sequenceStart = event.kind {
          sequence(event, depth: depth)
        } else {
          mapping(event, depth: depth)
        }
      guard let collection else { return nil }
      built = collection
    }
    if let anchor = event.anchor { anchors[anchor] = built }
    return built
  }

  private mutating func sequence(_ start: borrowing Event, depth: Int) -> ComposedNode? {
    let base = pending.count
    var built = open(start)
    var items = spareItems.popLast() ?? []
    while let event = reader.next() {
      if case .end = event.kind {
        built.node = .sequence(items.fitted)
        close(&built, with: event, from: base)
        items.removeAll(keepingCapacity: true)
        spareItems.append(items)
        return built
      }
      guard let item = self.built(event, depth: depth + 1) else { return nil }
      items.append(item.node)
      pending.append(UInt32(truncatingIfNeeded: item.place))
      hold(item, in: &built)
    }
    return nil
  }

  private mutating func mapping(_ start: borrowing Event, depth: Int) -> ComposedNode? {
    let base = pending.count
    var built = open(start)
    tree.nodes[built.place].isMapping = true
    var entries = spareBuilders.popLast() ?? MappingBuilder()
    var hasMerge = false
    while let event = reader.next() {
      if case .end = event.kind {
        built.node = .mapping(Mapping(entries.entries.fitted))
        close(&built, with: event, from: base)
        if let written = entries.written { tree.written[built.place] = written }
        entries.removeAll()
        spareBuilders.append(entries)
        return built
      }
      let merges = isMerge(event)
      guard let key = key(event, in: built.place, depth: depth), let next = reader.next(),
        let value = self.built(next, depth: depth + 1)
      else { return nil }
      setKey(event, of: value.place)
      hold(value, in: &built)
      if merges {
        entries.noteKey(of: nil)
        if hasMerge {
          report(
            event.start,
            "kustomize and Flux refuse a second << in one mapping; write one with a list",
            .warning)
        }
        hasMerge = true
        guard merge(value, into: &entries, base, at: event.start) else { return nil }
        continue
      }
      guard let (name, kind) = name(of: key, event) else {
        entries.noteKey(of: nil)
        continue
      }
      let isItself = kind == .string || key.scalar?.text == name
      let place = UInt32(truncatingIfNeeded: value.place)
      if let index = entries.index(of: name) {
        reportKey(name, kind, entries.origins[index], at: event.start)
        let isSecond = entries.origins[index].isWritten
        if isSecond { entries.forgetKey(of: index) }
        entries.noteKey(of: isItself && !isSecond ? index : nil)
        entries.replace(index, with: value.node, .written(kind, line: event.start.line))
        pending[base + index] = place
      } else {
        entries.noteKey(of: isItself ? entries.entries.count : nil)
        entries.append(name, value.node, .written(kind, line: event.start.line))
        pending.append(place)
      }
    }
    return nil
  }

  /// Says what comes of a key that was there before.
  private mutating func reportKey(
    _ name: String, _ kind: MappingBuilder.Origin.Kind, _ known: MappingBuilder.Origin,
    at position: Position
  ) {
    if !known.isWritten {
      overrides.append(position)
    } else if kind == known.kind {
      let place =
        known.line == position.line
        ? "in line \(position.line)" : "in lines \(known.line) and \(position.line)"
      report(position, "the key \(name) is there twice, \(place); the last one counts")
    } else {
      report(
        position,
        "two keys of other types become one key \(name), either of which may count; "
          + "keep one", .warning)
    }
  }

  /// Says once how the keys that replace what a merge key brought are read.
  private mutating func noteOverrides() {
    guard let first = overrides.first else { return }
    let keys =
      overrides.count == 1 ? "this key replaces one" : "\(overrides.count) keys replace some"
    report(
      first,
      "\(keys) that << brings, as kubectl, kustomize and Flux read it; only the server itself "
        + "refuses it, where the YAML is posted as it is", .note)
  }

  // MARK: Places

  /// The place of a byte of the part in its file.
  private func place(_ byte: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: part.text.lowerBound + byte)
  }

  mutating func add(_ event: borrowing Event, _ form: SyntaxNode.Form) -> Int {
    let start = place(event.range.lowerBound)
    tree.nodes.append(
      SyntaxNode(
        entry: start, keyEnd: start, start: start, end: place(event.range.upperBound),
        next: UInt32(truncatingIfNeeded: tree.nodes.count + 1), form: form,
        hasProperties: event.anchor != nil || event.tag != nil))
    return tree.nodes.count - 1
  }

  private mutating func setKey(_ event: borrowing Event, of node: Int) {
    tree.nodes[node].entry = place(event.range.lowerBound)
    tree.nodes[node].keyEnd = place(event.range.upperBound)
  }

  private mutating func open(_ event: borrowing Event) -> ComposedNode {
    ComposedNode(node: .null, place: add(event, event.isFlow ? .flow : .block))
  }

  private mutating func hold(_ child: ComposedNode, in collection: inout ComposedNode) {
    collection.hold(child)
    if tree.nodes[collection.place].form == .block {
      tree.nodes[collection.place].end = tree.nodes[child.place].end
    }
  }

  /// Gives a collection that ends here its children.
  private mutating func close(
    _ built: inout ComposedNode, with event: borrowing Event, from base: Int
  ) {
    built.firstChild = UInt32(truncatingIfNeeded: tree.children.count)
    tree.nodes[built.place].firstChild = built.firstChild
    tree.nodes[built.place].next = UInt32(truncatingIfNeeded: tree.nodes.count)
    if tree.nodes[built.place].form == .flow {
      tree.nodes[built.place].end = place(event.range.upperBound)
    }
    tree.children.append(contentsOf: pending[base...])
    pending.removeLast(pending.count - base)
  }

  mutating func report(
    _ position: Position, _ message: String, _ severity: Problem.Severity = .error
  ) {
    var problem = Problem(position, message, severity)
    problem.document = number
    problems.append(problem)
  }
}

extension Array {
  /// The same elements without room for more.
  var fitted: [Element] { withUnsafeBufferPointer { Array($0) } }
}
