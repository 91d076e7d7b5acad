#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What a screen shows at one moment: rows of cells, and where the cursor stands.
///
/// Panes draw into it with `put`, in regions; `Terminal.draw` sends only the cells that differ from
/// the frame before, and tests read its `text`. What lies outside a region or the frame is cut, so
/// that no pane needs to know the size of the screen.
package struct Frame: Sendable {
  /// A row and a column, from 0.
  package struct CellPosition: Hashable, Sendable {
    package var row: Int
    package var column: Int

    package init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  package let size: Size
  /// The rows, one after the other.
  package internal(set) var cells: [Cell]
  /// What glyphs from `Cell.graphemeBase` on stand for, in the order they were first drawn.
  package internal(set) var graphemes: [String] = []
  /// Where the terminal's cursor is seen, nil to hide it.
  package var cursor: CellPosition?

  /// An empty screen; more than 2000 rows or columns are cut to 2000.
  package init(_ size: Size) {
    self.size = Size(rows: min(size.rows, 2000), columns: min(size.columns, 2000))
    cells = Array(repeating: .blank, count: self.size.rows * self.size.columns)
  }

  /// Whether a row shows the same in both frames.
  package func isRow(_ row: Int, sameAs other: Frame) -> Bool {
    guard size == other.size, row >= 0, row < size.rows else { return false }
    let start = row * size.columns
    if size.columns == 0 { return true }
    let same = cells.withUnsafeBytes { mine in
      other.cells.withUnsafeBytes { theirs in
        guard let one = mine.baseAddress, let two = theirs.baseAddress else { return true }
        let stride = MemoryLayout<Cell>.stride
        return memcmp(one + start * stride, two + start * stride, size.columns * stride) == 0
      }
    }
    return same && (graphemes == other.graphemes || !hasCluster(row))
  }

  /// Whether a row holds a glyph of more than one scalar.
  package func hasCluster(_ row: Int) -> Bool {
    guard !graphemes.isEmpty, row >= 0, row < size.rows else { return false }
    return cells[row * size.columns..<(row + 1) * size.columns]
      .contains { $0.glyph >= Cell.graphemeBase }
  }

  /// The text of a row, as wide as the frame; empty outside the frame.
  package func text(row: Int) -> String {
    guard row >= 0, row < size.rows else { return "" }
    var text = String.UnicodeScalarView()
    for cell in cells[row * size.columns..<(row + 1) * size.columns] {
      if cell.glyph >= Cell.graphemeBase {
        let place = Int(cell.glyph - Cell.graphemeBase)
        if graphemes.indices.contains(place) {
          text.append(contentsOf: graphemes[place].unicodeScalars)
        }
      } else if cell.glyph != Cell.continuation, let scalar = Unicode.Scalar(cell.glyph) {
        text.append(scalar)
      }
    }
    return String(text)
  }

  /// All rows, without the blanks at their ends, each ended by a newline.
  package var text: String {
    var text = ""
    for row in 0..<size.rows {
      var line = Substring(self.text(row: row))
      while line.last == " " { line.removeLast() }
      text += line
      text += "\n"
    }
    return text
  }

  /// The cell at a place of the frame, blank outside it.
  package subscript(row: Int, column: Int) -> Cell {
    guard row >= 0, row < size.rows, column >= 0, column < size.columns else { return .blank }
    return cells[row * size.columns + column]
  }
}

extension Frame: Hashable {
  package static func == (one: Frame, two: Frame) -> Bool {
    one.size == two.size && one.cursor == two.cursor && one.graphemes == two.graphemes
      && one.cells == two.cells
  }
}

extension Frame {
  /// The columns of a row within which this frame shows something else than another of its size,
  /// nil when it shows the same; all columns when there is no other frame.
  package func difference(in row: Int, from other: Frame?) -> Range<Int>? {
    guard row >= 0, row < size.rows, size.columns > 0 else { return nil }
    guard let other, other.size == size else { return 0..<size.columns }
    if isRow(row, sameAs: other) { return nil }
    if hasWide(row) || other.hasWide(row) { return 0..<size.columns }
    let start = row * size.columns
    return cells.withUnsafeBufferPointer { mine in
      other.cells.withUnsafeBufferPointer { theirs in
        var (first, end) = (0, size.columns)
        while first < end, mine[start + first] == theirs[start + first] { first += 1 }
        while end > first, mine[start + end - 1] == theirs[start + end - 1] { end -= 1 }
        return first..<end
      }
    }
  }

  /// Becomes another frame of its size, in its own storage; reports each row that showed something
  /// else in which columns, and whether a wide character is or was in it.
  package mutating func become(
    _ other: Frame, _ report: (_ row: Int, Range<Int>, _ isWide: Bool) -> Void
  ) {
    guard other.size == size else { return }
    for row in 0..<size.rows {
      guard let columns = other.difference(in: row, from: self) else { continue }
      report(row, columns, other.hasWide(row) || hasWide(row))
      let places =
        row * size.columns + columns.lowerBound..<row * size.columns + columns.upperBound
      cells.replaceSubrange(places, with: other.cells[places])
    }
    graphemes = other.graphemes
    cursor = other.cursor
  }

  /// Whether a row holds a character of two columns or of several scalars.
  package func hasWide(_ row: Int) -> Bool {
    withCells(row: row) {
      $0.contains { $0.glyph == Cell.continuation || $0.glyph >= Cell.graphemeBase }
    }
  }

  /// Lends the cells of a row, none outside the frame.
  package func withCells<Result>(
    row: Int, _ body: (UnsafeBufferPointer<Cell>) -> Result
  ) -> Result {
    guard row >= 0, row < size.rows else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    return cells.withUnsafeBufferPointer {
      body(
        UnsafeBufferPointer(rebasing: $0[row * size.columns..<(row + 1) * size.columns]))
    }
  }
}
