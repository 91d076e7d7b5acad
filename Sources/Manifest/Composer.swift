/// Builds the nodes of a part of a text from its events, resolving anchors, aliases, merge keys.
struct Composer {
  private(set) var documents: [Parsed.Document] = []
  private(set) var problems: [Problem] = []
  /// Which of the text's documents comes next.
  private(set) var number: Int
  private let part: TextPart
  private let reader: EventReader
  private let limits: Parser.Limits
  private var places: [SourceMap.Place] = []
  private var children: [UInt32] = []
  /// The children of the collections that are open, those of the outermost first.
  private var pending: [UInt32] = []
  /// Nil for an anchor whose node is still open.
  private var anchors: [String: Built?] = [:]
  private var aliasedNodes = 0

  init(_ part: TextPart, number: Int, limits: Parser.Limits) {
    self.part = part
    self.number = number
    self.limits = limits
    reader = EventReader(part)
  }

  /// Reads the documents of the part, in general one, as far as they can be read.
  mutating func compose() {
    if !readDocuments() {
      // What ended the reading was found last.
      if let last = problems.indices.last { problems[last].isFatal = true }
      number += 1
    }
    problems.sort { $0.position < $1.position }
  }

  /// Reads the documents of the part; false where one of them cannot be read.
  private mutating func readDocuments() -> Bool {
    guard part.text.count <= limits.bytes else {
      complain(
        Position(line: part.linesBefore + 1, column: 1),
        "the document is larger than \(limits.bytes >> 20) MiB")
      return false
    }
    var isRead = true
    while isRead, let event = reader.next() {
      if case .documentStart = event.kind { isRead = readDocument(event) }
    }
    guard let problem = reader.problem else { return isRead }
    complain(problem.position, problem.message)
    return false
  }

  /// Reads one document; false where it cannot be read.
  private mutating func readDocument(_ start: Event) -> Bool {
    anchors.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    children.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    guard let first = reader.next() else { return false }
    if case .scalar(_, true, true) = first.kind {
      complain(first.start, "this document is empty", .note)
      return true
    }
    guard let root = built(first, depth: 0) else { return false }
    let map = SourceMap(
      root: root.node, rootPlace: Int(root.place), places: places.fitted, children: children.fitted)
    documents.append(
      Parsed.Document(root: root.node, map: map, start: first.start, number: number))
    number += 1
    return true
  }

  /// The node that begins with an event; nil after an error that ends the reading.
  private mutating func built(_ event: Event, depth: Int) -> Built? {
    guard places.count < max(limits.nodes, part.text.count / 8) else {
      complain(event.start, "the document has more than \(places.count) values")
      return nil
    }
    guard anchors.count < limits.anchors else {
      complain(event.start, "the document has more than \(limits.anchors) anchors")
      return nil
    }
    guard problems.count < limits.problems else {
      complain(event.start, "there is more wrong with the document; mend this first")
      return nil
    }
    var built: Built
    switch event.kind {
    case .documentStart, .documentEnd, .streamEnd, .end: return nil
    case .alias(let name): return resolved(name, event, depth: depth)
    case .scalar(let text, let isPlain, _):
      let scalar = scalar(text, isPlain: isPlain, event)
      built = Built(node: .scalar(scalar), place: add(event.start, event.end))
    case .sequenceStart, .mappingStart:
      guard depth < limits.depth else {
        complain(event.start, "the text is nested deeper than \(limits.depth) levels")
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

  private mutating func sequence(_ start: Event, depth: Int) -> Built? {
    let base = pending.count
    var built = Built(node: .null, place: 0)
    var items: [Node] = []
    var end = start.end
    while let event = reader.next() {
      if case .end = event.kind {
        built.node = .sequence(items)
        built.place = close(start, at: start.isFlow ? event.end : end, from: base)
        return built
      }
      guard let item = self.built(event, depth: depth + 1) else { return nil }
      items.append(item.node)
      pending.append(item.place)
      built.hold(item)
      end = places[Int(item.place)].end
    }
    return nil
  }

  private mutating func mapping(_ start: Event, depth: Int) -> Built? {
    let base = pending.count
    var built = Built(node: .null, place: 0)
    var entries = Entries()
    var end = start.end
    while let event = reader.next() {
      if case .end = event.kind {
        built.node = .mapping(Mapping(entries.entries))
        built.place = close(start, at: start.isFlow ? event.end : end, from: base)
        return built
      }
      let merges = isMerge(event)
      guard let key = key(event, depth: depth), let next = reader.next(),
        let value = self.built(next, depth: depth + 1)
      else { return nil }
      end = places[Int(value.place)].end
      built.hold(value)
      if merges {
        guard merge(value, into: &entries, base, at: event.start, &built) else { return nil }
        continue
      }
      guard let name = name(of: key, event) else { continue }
      places[Int(value.place)].keyStart = event.start
      places[Int(value.place)].keyEnd = event.end
      if let index = entries.index(of: name) {
        entries.merged.remove(index) == nil
          ? complain(event.start, "the key \(name) is there twice; the last one counts")
          : complainOfMerge(name, event.start)
        entries.entries[index].value = value.node
        pending[base + index] = value.place
      } else {
        entries.append(name, value.node)
        pending.append(value.place)
      }
    }
    return nil
  }

  // MARK: Places

  private mutating func add(_ start: Position, _ end: Position) -> UInt32 {
    places.append(
      SourceMap.Place(keyStart: start, keyEnd: start, start: start, end: end, firstChild: 0))
    return UInt32(truncatingIfNeeded: places.count - 1)
  }

  /// Gives a collection that ends here its place, and its place its children.
  private mutating func close(_ start: Event, at end: Position, from base: Int) -> UInt32 {
    let place = add(start.start, end)
    places[Int(place)].firstChild = UInt32(truncatingIfNeeded: children.count)
    children.append(contentsOf: pending[base...])
    pending.removeLast(pending.count - base)
    return place
  }

  private mutating func complain(
    _ position: Position, _ message: String, _ severity: Problem.Severity = .error
  ) {
    var problem = Problem(position, message, severity)
    problem.document = number
    problems.append(problem)
  }

  // MARK: Scalars and keys

  private mutating func scalar(_ text: String, isPlain: Bool, _ event: Event) -> Scalar {
    guard let tag = event.tag else {
      return checked(isPlain ? Scalar(plain: text) : Scalar(text), event)
    }
    guard let standard = Tag(rawValue: tag) else { return Scalar(text) }
    switch standard {
    case .string, .timestamp: return Scalar(text)
    case .binary:
      if let decoded = Base64.text(text) { return Scalar(decoded) }
      complain(event.start, "this is no base64 text, as !!binary asks for")
      return Scalar(text)
    case .null, .bool, .integer, .float:
      let scalar = Scalar(plain: text)
      if !standard.fits(scalar.kind) {
        complain(event.start, "this cannot be read as its tag !!\(standard.name) asks for")
      }
      return checked(scalar, event)
    }
  }

  private mutating func checked(_ scalar: Scalar, _ event: Event) -> Scalar {
    if scalar.kind == .float, scalar.isInfinite {
      complain(event.start, "\(scalar.text) has no form in JSON, so Kubernetes refuses it")
    }
    return scalar
  }

  private mutating func key(_ event: Event, depth: Int) -> Node? {
    if event.anchor == nil, case .scalar(let text, let isPlain, _) = event.kind {
      return .scalar(scalar(text, isPlain: isPlain, event))
    }
    return built(event, depth: depth + 1)?.node
  }

  /// The name that Kubernetes makes of a key, nil where it makes none.
  private mutating func name(of key: Node, _ event: Event) -> String? {
    guard let scalar = key.scalar else {
      complain(event.start, "a key has to be a string, not a list or mapping")
      return nil
    }
    switch scalar.kind {
    case .string: return scalar.text
    case .null:
      complain(event.start, "a key cannot be null; put it in quotes")
      return nil
    case .bool, .integer, .float:
      let name = scalar.nameAsKey
      complain(
        event.start, "the key \(scalar.text) is read as \(name); put it in quotes", .warning)
      return name
    }
  }

  // MARK: Aliases

  private mutating func resolved(_ name: String, _ event: Event, depth: Int) -> Built? {
    guard let known = anchors[name] else {
      complain(event.start, "the alias *\(name) has no anchor &\(name) before it")
      return nil
    }
    guard var built = known else {
      complain(event.start, "the alias *\(name) stands within what it names")
      return nil
    }
    aliasedNodes += built.size
    guard aliasedNodes <= limits.aliasedNodes, depth + built.height <= limits.depth else {
      complain(event.start, "the aliases of this text expand to more than can be read")
      return nil
    }
    let children = places[Int(built.place)].firstChild
    built.place = add(event.start, event.end)
    places[Int(built.place)].firstChild = children
    return built
  }

  private func isMerge(_ event: Event) -> Bool {
    guard case .scalar("<<", let isPlain, _) = event.kind else { return false }
    return event.tag == nil ? isPlain : event.tag == "tag:yaml.org,2002:merge"
  }

  /// Takes over the entries of a mapping, or of several in a list; of those the first one wins.
  private mutating func merge(
    _ value: Built, into entries: inout Entries, _ base: Int, at position: Position,
    _ built: inout Built
  ) -> Bool {
    let sources = merged(value)
    guard let sources else {
      complain(position, "a merge key (<<) needs a mapping or a list of mappings")
      return false
    }
    for (mapping, place) in sources.reversed() {
      let first = Int(places[Int(place)].firstChild)
      aliasedNodes += mapping.entries.count
      guard aliasedNodes <= limits.aliasedNodes else {
        complain(position, "the merge keys of this text expand to more than can be read")
        return false
      }
      for (offset, entry) in mapping.entries.enumerated() {
        let child = children[first + offset]
        if let index = entries.index(of: entry.key) {
          complainOfMerge(entry.key, position)
          entries.entries[index].value = entry.value
          pending[base + index] = child
        } else {
          entries.merged.insert(entries.entries.count)
          entries.append(entry.key, entry.value)
          pending.append(child)
        }
      }
    }
    return true
  }

  /// What other readers take for a replacement, Kubernetes' strict one takes for a key given twice.
  private mutating func complainOfMerge(_ key: String, _ position: Position) {
    complain(
      position, "the key \(key) is there by << too, which Kubernetes refuses; keep one of them")
  }

  private func merged(_ value: Built) -> [(Mapping, UInt32)]? {
    switch value.node {
    case .scalar: return nil
    case .mapping(let mapping): return [(mapping, value.place)]
    case .sequence(let items):
      let first = Int(places[Int(value.place)].firstChild)
      var sources: [(Mapping, UInt32)] = []
      for (offset, item) in items.enumerated() {
        guard case .mapping(let mapping) = item else { return nil }
        sources.append((mapping, children[first + offset]))
      }
      return sources
    }
  }
}

extension Array {
  /// The same elements without room for more.
  fileprivate var fitted: [Element] { withUnsafeBufferPointer { Array($0) } }
}
