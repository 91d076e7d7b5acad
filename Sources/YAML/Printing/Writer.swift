/// Writes nodes as block YAML into one growing text, with the place of each node.
///
/// With an earlier printed node at style it copies the lines of whatever stayed the same.
struct Writer {
  /// What stands before a value on its line.
  enum Opening { case nothing, key, dash }

  /// A node as an earlier printed node shows it.
  struct Earlier {
    var printedNode: PrintedNode
    var place: Int
    var node: Node
  }

  private(set) var bytes: [UInt8] = []
  private(set) var starts: [UInt32] = []
  private(set) var places: [LineSpan] = []
  /// The sequences whose items are printed nodes of their own, nil inside such a printed node.
  var itemCache: ItemCache?
  /// The style to write in: an author's, or ours.
  var style: YAMLStyle?
  /// The key whose value is being written, as far as the style wants to know.
  private var key: String?

  /// The longest key that goes without `?`, in bytes; libyaml's limit is 1024 characters.
  private static let longestSimpleKey = 1000

  mutating func reserve(like printedNode: PrintedNode) {
    bytes.reserveCapacity(printedNode.bytes.count + 128)
    starts.reserveCapacity(printedNode.starts.count + 8)
    places.reserveCapacity(printedNode.places.count + 8)
  }

  /// Writes a whole document.
  mutating func write(document root: Node) {
    let place = opened()
    write(root, at: 0, after: .nothing, earlier: nil)
    close(place)
  }

  /// Writes one item of a sequence whose dashes stand at a column.
  mutating func write(item: Node, at column: Int, earlier: Earlier?) {
    begin(column)
    write(itemHere: item, at: column, earlier: earlier)
  }

  mutating func write(itemHere item: Node, at column: Int, earlier: Earlier? = nil) {
    let place = opened(here: true)
    bytes.append(Byte.dash)
    write(item, at: column + gap, after: .dash, earlier: earlier)
    close(place)
  }

  /// Writes a value; what it holds stands at a column.
  mutating func write(
    _ node: Node, at column: Int, after opening: Opening, earlier: Earlier? = nil
  ) {
    switch node {
    case .scalar(let scalar):
      if opening == .nothing { begin(0) }
      write(scalar, at: column, after: opening)
    case .sequence(let items) where items.isEmpty: write(empty: "[]", after: opening)
    case .mapping(let mapping) where mapping.isEmpty: write(empty: "{}", after: opening)
    case .sequence(let items):
      open(after: opening)
      if opening != .dash, itemCache?.accepts(items) == true {
        writeHoles(items, at: column)
      } else {
        write(items: items, at: column, inline: opening == .dash, earlier: earlier)
      }
    case .mapping(let mapping):
      open(after: opening)
      write(entries: mapping.entries, at: column, inline: opening == .dash, earlier: earlier)
    }
  }

  private mutating func open(after opening: Opening) {
    switch opening {
    case .nothing: break
    case .key: bytes.append(Byte.newline)
    case .dash: for _ in 1..<max(2, gap) { bytes.append(Byte.space) }
    }
  }

  private var gap: Int { style?.gap ?? 2 }

  /// Where what a key holds stands, counted from the key's column.
  private func column(of value: Node, from column: Int) -> Int {
    guard let style else { return column + 2 }
    if case .sequence = value { return column + style.dashes }
    return column + style.step
  }

  private mutating func write(empty text: StaticString, after opening: Opening) {
    if opening == .nothing { begin(0) } else { bytes.append(Byte.space) }
    bytes.append(text: text)
    bytes.append(Byte.newline)
  }

  mutating func write(
    entries: [Mapping.Entry], at column: Int, inline: Bool, earlier: Earlier? = nil
  ) {
    let old = earlier?.node.entries ?? []
    let kept = earlier == nil ? Kept() : Kept(old, entries, from: inline ? 1 : 0)
    for index in entries.indices {
      if kept.copies(index, of: entries.count) {
        copy(kept, at: index, of: entries.count, oldCount: old.count, from: earlier)
        continue
      }
      if !(inline && index == 0) { begin(column) }
      let entry = entries[index]
      let place = opened(here: true)
      write(key: entry.key, at: column)
      let before = index < old.count && old[index].key.hasBytes(of: entry.key) ? earlier : nil
      itemCache?.enter(.key(entry.key))
      if style != nil { key = entry.key }
      write(
        entry.value, at: self.column(of: entry.value, from: column), after: .key,
        earlier: before?.child(index) { _ in old[index].value })
      itemCache?.leave()
      close(place)
    }
  }

  mutating func write(items: [Node], at column: Int, inline: Bool, earlier: Earlier? = nil) {
    let old = earlier?.node.items ?? []
    let kept = earlier == nil ? Kept() : Kept(old, items, from: inline ? 1 : 0)
    for index in items.indices {
      if kept.copies(index, of: items.count) {
        copy(kept, at: index, of: items.count, oldCount: old.count, from: earlier)
        continue
      }
      if !(inline && index == 0) { begin(column) }
      let before = index < old.count ? earlier : nil
      itemCache?.enter(.index(index))
      write(
        itemHere: items[index], at: column, earlier: before?.child(index) { _ in old[index] })
      itemCache?.leave()
    }
  }

  private mutating func writeHoles(_ items: [Node], at column: Int) {
    guard var itemCache else { return }
    for printedNode in itemCache.printedNodes(of: items, at: column) {
      itemCache.add(printedNode, place: places.count, line: starts.count)
      close(opened())
    }
    self.itemCache = itemCache
  }

  private mutating func write(key: String, at column: Int) {
    let start = bytes.count
    key.withBytes { bytes.append(spelled: $0) }
    if bytes.count - start > Writer.longestSimpleKey {
      bytes.insert(contentsOf: [UInt8(ascii: "?"), Byte.space], at: start)
      bytes.append(Byte.newline)
      begin(column)
    }
    bytes.append(Byte.colon)
  }

  private mutating func write(_ scalar: Scalar, at column: Int, after opening: Opening) {
    scalar.text.withBytes { text in
      if opening != .nothing, !(text.isEmpty && scalar.kind == .null) { bytes.append(Byte.space) }
      guard scalar.kind == .string else {
        bytes.append(typed: text)
        bytes.append(Byte.newline)
        return
      }
      if opening != .nothing, let block = style.map({ $0.block(text) }) ?? LiteralBlock(text) {
        write(block, of: text, at: column)
      } else {
        if let style {
          bytes.append(spelled: text, as: style.form(forKey: key), quotes: style.quotes)
        } else {
          bytes.append(spelled: text)
        }
        bytes.append(Byte.newline)
      }
    }
  }

  private mutating func write(
    _ block: LiteralBlock, of text: UnsafeBufferPointer<UInt8>, at column: Int
  ) {
    bytes.append(text: block.header)
    bytes.append(Byte.newline)
    write(linesOf: block, of: text, at: column)
  }

  /// Writes what stands below the header of a block.
  mutating func write(
    linesOf block: LiteralBlock, of text: UnsafeBufferPointer<UInt8>, at column: Int
  ) {
    for line in text[..<block.end].split(separator: Byte.newline, omittingEmptySubsequences: false)
    {
      begin(line.isEmpty ? 0 : column)
      bytes.append(contentsOf: line)
      bytes.append(Byte.newline)
    }
  }

  // MARK: Lines and places

  private mutating func begin(_ column: Int) {
    starts.append(UInt32(truncatingIfNeeded: bytes.count))
    for _ in 0..<column { bytes.append(Byte.space) }
  }

  /// Opens a place on the line that was begun last, or on the one that comes next.
  private mutating func opened(here: Bool = false) -> Int {
    let line = UInt32(truncatingIfNeeded: here ? starts.count - 1 : starts.count)
    places.append(LineSpan(line: line, end: line, next: 0))
    return places.count - 1
  }

  private mutating func close(_ place: Int) {
    places[place].end = UInt32(truncatingIfNeeded: starts.count)
    places[place].next = UInt32(truncatingIfNeeded: places.count)
  }

  /// Copies the run of siblings that begins at an index, once for the whole run.
  private mutating func copy(
    _ kept: Kept, at index: Int, of count: Int, oldCount: Int, from earlier: Earlier?
  ) {
    guard let earlier, let run = kept.run(beginningAt: index, of: count, oldCount: oldCount)
    else { return }
    let printedNode = earlier.printedNode
    let first = printedNode.child(run.lowerBound, of: earlier.place)
    var last = first
    for _ in 1..<run.count { last = Int(printedNode.places[last].next) }
    let end = Int(printedNode.places[last].next)
    let lines = Int(printedNode.places[first].line)..<Int(printedNode.places[last].end)
    let source = printedNode.bytes(of: lines)
    let byteShift = UInt32(truncatingIfNeeded: bytes.count - source.lowerBound)
    let lineShift = UInt32(truncatingIfNeeded: starts.count - lines.lowerBound)
    let placeShift = UInt32(truncatingIfNeeded: places.count - first)
    bytes.append(contentsOf: printedNode.bytes[source])
    for start in printedNode.starts[lines] { starts.append(start &+ byteShift) }
    for place in printedNode.places[first..<end] {
      places.append(
        LineSpan(
          line: place.line &+ lineShift, end: place.end &+ lineShift,
          next: place.next &+ placeShift))
    }
  }
}

extension Writer.Earlier {
  /// The earlier form of a child.
  fileprivate func child(_ number: Int, _ node: (Int) -> Node) -> Writer.Earlier {
    Writer.Earlier(
      printedNode: printedNode, place: printedNode.child(number, of: place), node: node(number))
  }
}

/// How many siblings at the front and at the back stayed the same.
private struct Kept {
  /// The first sibling that may be copied: one on its parent's line may not.
  var first = 0
  /// The number of the first sibling that changed.
  var front = 0
  var back = 0

  init() {}

  init<Sibling: Equatable>(_ old: [Sibling], _ new: [Sibling], from first: Int) {
    self.first = first
    let shorter = min(old.count, new.count)
    front = old.countShared(atFrontOf: new)
    while front < shorter, old[front] == new[front] { front += 1 }
    back = max(0, min(old.countShared(atBackOf: new), shorter - max(front, first)))
    while back < shorter - max(front, first), old[old.count - 1 - back] == new[new.count - 1 - back]
    {
      back += 1
    }
  }

  func copies(_ index: Int, of count: Int) -> Bool {
    index >= first && index < front || index >= count - back
  }

  /// The old siblings to copy in one go at an index, nil inside a run.
  func run(beginningAt index: Int, of count: Int, oldCount: Int) -> Range<Int>? {
    if index == first, index < front { return first..<front }
    if index == count - back, back > 0 { return (oldCount - back)..<oldCount }
    return nil
  }
}
