/// Lines in the making: their bytes, where each begins, and the places of the nodes on them.
struct LineBuffer {
  private(set) var bytes: [UInt8] = []
  private(set) var starts: [UInt32] = []
  var places: [LineSpan] = []

  var isAtLineStart: Bool { bytes.isEmpty || bytes.last == Byte.newline }
  /// The number of the line on which the next byte will stand.
  var line: Int { isAtLineStart ? starts.count : starts.count - 1 }

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  /// Appends text within one line, or with the newline that ends it.
  mutating func append(_ text: some Collection<UInt8>) {
    guard !text.isEmpty else { return }
    begin()
    bytes.append(contentsOf: text)
  }

  mutating func append(_ byte: UInt8) {
    begin()
    bytes.append(byte)
  }

  /// Appends text within one line that is made in place.
  mutating func append(_ make: (inout [UInt8]) -> Void) {
    begin()
    make(&bytes)
  }

  mutating func endLine(_ style: YAMLStyle) {
    if style.endsLinesWithReturn { append(Byte.carriageReturn) }
    append(Byte.newline)
  }

  private mutating func begin() {
    if isAtLineStart { starts.append(UInt32(truncatingIfNeeded: bytes.count)) }
  }

  /// Copies a stretch of an author's text; how many lines further down it stands here.
  @discardableResult
  mutating func copy(_ range: Range<Int>, of source: SourceDocument) -> Int {
    guard !range.isEmpty else { return 0 }
    let base = bytes.count
    let line = line
    begin()
    var next = source.starts.firstIndexAfter { $0 <= range.lowerBound }
    let shift = line - (next - 1)
    while next < source.starts.count, source.starts[next] < range.upperBound {
      starts.append(
        UInt32(truncatingIfNeeded: Int(source.starts[next]) - range.lowerBound + base))
      next += 1
    }
    bytes.append(contentsOf: source.bytes[range])
    return shift
  }

  /// Copies the places of some nodes, whose text was copied so many lines further down.
  mutating func copyPlaces(_ range: Range<Int>, of source: SourceDocument, down shift: Int) {
    let lines = UInt32(truncatingIfNeeded: shift)
    let numbers = UInt32(truncatingIfNeeded: places.count - range.lowerBound)
    places += source.places[range].lazy.map { place in
      LineSpan(line: place.line &+ lines, end: place.end &+ lines, next: place.next &+ numbers)
    }
  }

  /// Appends what was written in some style, which may go on in the line begun last.
  mutating func append(_ writer: Writer, _ style: YAMLStyle) {
    let lines = UInt32(truncatingIfNeeded: starts.count)
    let numbers = UInt32(truncatingIfNeeded: places.count)
    let base = bytes.count
    if style.endsLinesWithReturn {
      var returns = 0
      var next = 0
      for (index, byte) in writer.bytes.enumerated() {
        if next < writer.starts.count, writer.starts[next] == index {
          starts.append(UInt32(truncatingIfNeeded: base + index + returns))
          next += 1
        }
        if byte == Byte.newline {
          bytes.append(Byte.carriageReturn)
          returns += 1
        }
        bytes.append(byte)
      }
    } else {
      for start in writer.starts { starts.append(start &+ UInt32(truncatingIfNeeded: base)) }
      bytes.append(contentsOf: writer.bytes)
    }
    for place in writer.places {
      places.append(
        LineSpan(
          line: place.line &+ lines, end: place.end &+ lines, next: place.next &+ numbers))
    }
  }

  /// Opens a place where the next byte will stand.
  mutating func open() -> Int {
    let line = UInt32(truncatingIfNeeded: line)
    places.append(LineSpan(line: line, end: line, next: 0))
    return places.count - 1
  }

  mutating func close(_ place: Int) {
    places[place].end = UInt32(truncatingIfNeeded: starts.count)
    places[place].next = UInt32(truncatingIfNeeded: places.count)
  }

  /// Has a node begin where its first child does, below the comments that were copied before.
  mutating func placeAtFirstChild(_ place: Int) {
    if place + 1 < places.count { places[place].line = places[place + 1].line }
  }
}
