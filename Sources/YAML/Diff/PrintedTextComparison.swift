/// One comparison of two printed texts: documents first, then their segments, then lines.
struct PrintedTextComparison {
  private let old: PrintedText
  private let new: PrintedText
  private let known: [Pair: [LineChange]]
  private(set) var changes: [LineChange] = []
  /// The comparisons of segments that this one needed.
  private(set) var used: [Pair: [LineChange]] = [:]

  init(_ old: PrintedText, _ new: PrintedText, known: [Pair: [LineChange]]) {
    self.old = old
    self.new = new
    self.known = known
  }

  mutating func compare() {
    var oldLine = 0
    var newLine = 0
    for (oldIndex, newIndex) in matches() {
      let oldStart = old.starts[oldIndex]
      let newStart = new.starts[newIndex]
      compareAround(oldLine..<oldStart, newLine..<newStart)
      compare(
        old.printedDocuments[oldIndex], new.printedDocuments[newIndex], at: oldStart, newStart)
      oldLine = oldStart + old.printedDocuments[oldIndex].lineCount
      newLine = newStart + new.printedDocuments[newIndex].lineCount
    }
    compareAround(oldLine..<old.lineCount, newLine..<new.lineCount)
  }

  // MARK: Documents

  /// The documents that are two states of one, in ascending order.
  private func matches() -> [(Int, Int)] {
    // Mostly they are those of a moment ago, in the same order.
    if old.printedDocuments.count == new.printedDocuments.count,
      zip(old.printedDocuments, new.printedDocuments).allSatisfy({
        $0 === $1 || Name($0.root) == Name($1.root)
      })
    {
      return old.printedDocuments.indices.map { ($0, $0) }
    }
    let oldNames = old.printedDocuments.map { Name($0.root) }
    let newNames = new.printedDocuments.map { Name($0.root) }
    var matches: [(Int, Int)] = []
    var next = 0
    for (index, name) in newNames.enumerated() {
      let rest = oldNames[next...]
      let match =
        rest.firstIndex(of: name)
        ?? rest.firstIndex { $0.kind == name.kind && !newNames.contains($0) }
      guard let match else { continue }
      matches.append((match, index))
      next = match + 1
    }
    return matches
  }

  /// What a document is called among others.
  private struct Name: Equatable {
    var kind: String?
    var name: String?

    init(_ root: Node) {
      kind = root["kind"]?.text
      name = root["metadata"]?["name"]?.text
    }
  }

  /// Takes documents without a counterpart, and the `---` around them, as removed and added.
  private mutating func compareAround(_ oldLines: Range<Int>, _ newLines: Range<Int>) {
    var oldLines = oldLines
    var newLines = newLines
    // Both begin with `---`, or neither does, unless one of them is empty or begins its text.
    if let first = oldLines.first, let newFirst = newLines.first,
      old.line(first) == new.line(newFirst)
    {
      oldLines = oldLines.dropFirst()
      newLines = newLines.dropFirst()
    }
    if let last = oldLines.last, let newLast = newLines.last, old.line(last) == new.line(newLast) {
      oldLines = oldLines.dropLast()
      newLines = newLines.dropLast()
    }
    let start = newLines.lowerBound
    if !oldLines.isEmpty { add(LineChange(old: oldLines, new: start..<start)) }
    let end = oldLines.upperBound
    if !newLines.isEmpty { add(LineChange(old: end..<end, new: newLines)) }
  }

  // MARK: Segments

  private mutating func compare(
    _ old: PrintedDocument, _ new: PrintedDocument, at oldStart: Int, _ newStart: Int
  ) {
    if old === new { return }
    var front = 0
    let shorter = min(old.segments.count, new.segments.count)
    while front < shorter, isEqual(old.segments[front], new.segments[front]) { front += 1 }
    var back = 0
    while back < shorter - front,
      isEqual(
        old.segments[old.segments.count - 1 - back], new.segments[new.segments.count - 1 - back])
    {
      back += 1
    }
    let oldMiddle = old.segments[front..<old.segments.count - back]
    let newMiddle = new.segments[front..<new.segments.count - back]
    for gap in gaps(oldMiddle, newMiddle) {
      let gap = gap.moved(old: oldMiddle.startIndex, new: newMiddle.startIndex)
      compareGap(old, gap.old, new, gap.new, at: oldStart, newStart)
    }
  }

  private func isEqual(_ old: PrintedDocument.Segment, _ new: PrintedDocument.Segment) -> Bool {
    old.isSame(as: new)
      || (old.printedNode.bytes(of: old.lines).count == new.printedNode.bytes(of: new.lines).count
        && CommonBytes.front(old.bytes, new.bytes) == old.bytes.count)
  }

  /// The runs of segments between those that both printed documents share.
  private func gaps(
    _ old: ArraySlice<PrintedDocument.Segment>, _ new: ArraySlice<PrintedDocument.Segment>
  ) -> [LineChange] {
    if old.isEmpty && new.isEmpty { return [] }
    if old.count <= 1 || new.count <= 1 {
      return [LineChange(old: 0..<old.count, new: 0..<new.count)]
    }
    var numbers: [ObjectIdentifier: Int32] = [:]
    var next: Int32 = 0
    func number(_ segment: PrintedDocument.Segment) -> Int32 {
      next &+= 1
      guard segment.lines.lowerBound == 0, segment.lines.count == segment.printedNode.lineCount
      else {
        return next
      }
      let id = ObjectIdentifier(segment.printedNode)
      if let known = numbers[id] { return known }
      numbers[id] = next
      return next
    }
    return LineDiff.changes(old.map(number), new.map(number))
  }

  /// Compares the segments of a gap one by one, as far as each has a counterpart.
  private mutating func compareGap(
    _ old: PrintedDocument, _ oldRange: Range<Int>, _ new: PrintedDocument, _ newRange: Range<Int>,
    at oldStart: Int, _ newStart: Int
  ) {
    var oldRange = oldRange
    var newRange = newRange
    var tail: [(Int, Int)] = []
    // Segments that keep their name from the back pair up there when the front does not.
    while oldRange.count != newRange.count, let oldLast = oldRange.last,
      let newLast = newRange.last,
      old.segments[oldLast].printedNode.name != nil,
      old.segments[oldLast].printedNode.name == new.segments[newLast].printedNode.name
    {
      tail.append((oldLast, newLast))
      oldRange = oldRange.dropLast()
      newRange = newRange.dropLast()
    }
    let common = min(oldRange.count, newRange.count)
    for offset in 0..<common {
      compare(
        old.segments[oldRange.lowerBound + offset], new.segments[newRange.lowerBound + offset],
        at: oldStart, newStart)
    }
    addRest(
      old, oldRange.dropFirst(common), new, newRange.dropFirst(common),
      at: oldStart, newStart)
    for (oldIndex, newIndex) in tail.reversed() {
      compare(old.segments[oldIndex], new.segments[newIndex], at: oldStart, newStart)
    }
  }

  /// Takes the segments that have no counterpart as removed or added.
  private mutating func addRest(
    _ old: PrintedDocument, _ oldRange: Range<Int>, _ new: PrintedDocument, _ newRange: Range<Int>,
    at oldStart: Int, _ newStart: Int
  ) {
    guard !(oldRange.isEmpty && newRange.isEmpty) else { return }
    let oldLines =
      old.line(ofSegment: oldRange.lowerBound)..<old.line(ofSegment: oldRange.upperBound)
    let newLines =
      new.line(ofSegment: newRange.lowerBound)..<new.line(ofSegment: newRange.upperBound)
    add(LineChange(old: oldLines, new: newLines).moved(old: oldStart, new: newStart))
  }

  // MARK: Lines

  private mutating func compare(
    _ old: PrintedDocument.Segment, _ new: PrintedDocument.Segment, at oldStart: Int,
    _ newStart: Int
  ) {
    if old.isSame(as: new) { return }
    let pair = Pair(old: old, new: new)
    let found = known[pair] ?? used[pair] ?? SegmentComparison(old, new).changes
    used[pair] = found
    for change in found {
      add(change.moved(old: old.start + oldStart, new: new.start + newStart))
    }
  }

  private mutating func add(_ change: LineChange) { changes.append(change) }
}

extension PrintedNode {
  /// The `name` of the item that the printed node shows.
  fileprivate var name: String? { node["name"]?.text }
}

extension PrintedDocument {
  /// The document's line at which a segment begins, the line count for the one after the last.
  fileprivate func line(ofSegment index: Int) -> Int {
    index < segments.count ? segments[index].start : lineCount
  }
}
