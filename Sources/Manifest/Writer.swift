/// Writes nodes as block YAML into one growing text, with the place of each node.
///
/// With an earlier chunk at hand it copies the lines of whatever stayed the same.
struct Writer {
  /// What stands before a value on its line.
  enum Opening { case nothing, key, dash }

  /// A node as an earlier chunk shows it.
  struct Earlier {
    var chunk: Chunk
    var place: Int
    var node: Node
  }

  private(set) var bytes: [UInt8] = []
  private(set) var starts: [UInt32] = []
  private(set) var places: [Place] = []
  /// The sequences whose items are chunks of their own, nil inside such a chunk.
  var holes: Holes?
  /// The hand to write in: an author's, or ours.
  var hand: Hand?
  /// The key whose value is being written, as far as the hand wants to know.
  private var key: String?

  /// The longest key that goes without `?`, in bytes; libyaml's limit is 1024 characters.
  private static let longestSimpleKey = 1000

  mutating func reserve(like chunk: Chunk) {
    bytes.reserveCapacity(chunk.bytes.count + 128)
    starts.reserveCapacity(chunk.starts.count + 8)
    places.reserveCapacity(chunk.places.count + 8)
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
      if opening != .dash, holes?.accepts(items) == true {
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

  private var gap: Int { hand?.gap ?? 2 }

  /// Where what a key holds stands, counted from the key's column.
  private func column(of value: Node, from column: Int) -> Int {
    guard let hand else { return column + 2 }
    if case .sequence = value { return column + hand.dashes }
    return column + hand.step
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
      holes?.enter(.key(entry.key))
      if hand != nil { key = entry.key }
      write(
        entry.value, at: self.column(of: entry.value, from: column), after: .key,
        earlier: before?.child(index) { _ in old[index].value })
      holes?.leave()
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
      holes?.enter(.index(index))
      write(
        itemHere: items[index], at: column, earlier: before?.child(index) { _ in old[index] })
      holes?.leave()
    }
  }

  private mutating func writeHoles(_ items: [Node], at column: Int) {
    guard var holes else { return }
    for chunk in holes.chunks(of: items, at: column) {
      holes.add(chunk, place: places.count, line: starts.count)
      close(opened())
    }
    self.holes = holes
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
      if opening != .nothing, let block = hand.map({ $0.block(text) }) ?? LiteralBlock(text) {
        write(block, of: text, at: column)
      } else {
        if let hand {
          bytes.append(spelled: text, as: hand.form(forKey: key), quotes: hand.quotes)
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
    places.append(Place(line: line, end: line, next: 0))
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
    let chunk = earlier.chunk
    let first = chunk.child(run.lowerBound, of: earlier.place)
    var last = first
    for _ in 1..<run.count { last = Int(chunk.places[last].next) }
    let end = Int(chunk.places[last].next)
    let lines = Int(chunk.places[first].line)..<Int(chunk.places[last].end)
    let source = chunk.bytes(of: lines)
    let byteShift = UInt32(truncatingIfNeeded: bytes.count - source.lowerBound)
    let lineShift = UInt32(truncatingIfNeeded: starts.count - lines.lowerBound)
    let placeShift = UInt32(truncatingIfNeeded: places.count - first)
    bytes.append(contentsOf: chunk.bytes[source])
    for start in chunk.starts[lines] { starts.append(start &+ byteShift) }
    for place in chunk.places[first..<end] {
      places.append(
        Place(
          line: place.line &+ lineShift, end: place.end &+ lineShift,
          next: place.next &+ placeShift))
    }
  }
}

extension Writer.Earlier {
  /// The earlier form of a child.
  fileprivate func child(_ number: Int, _ node: (Int) -> Node) -> Writer.Earlier {
    Writer.Earlier(chunk: chunk, place: chunk.child(number, of: place), node: node(number))
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
