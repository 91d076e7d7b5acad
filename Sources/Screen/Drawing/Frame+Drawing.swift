// Every drawing function takes its rows and columns in a region, the whole frame by default, and
// cuts off what leaves it. Columns may be negative: the text then begins left of the region.

extension Frame {
  /// Draws text and gives the column after it; `limit` is how many columns it may take.
  @discardableResult
  package mutating func put(
    _ text: String, row: Int, column: Int, _ style: Style = .plain, in region: Region? = nil,
    limit: Int? = nil
  ) -> Int {
    var text = text
    return text.withUTF8 { put($0, row: row, column: column, style, in: region, limit: limit) }
  }

  /// Draws a part of a text and gives the column after it.
  @discardableResult
  package mutating func put(
    _ text: Substring, row: Int, column: Int, _ style: Style = .plain, in region: Region? = nil,
    limit: Int? = nil
  ) -> Int {
    var text = text
    return text.withUTF8 { put($0, row: row, column: column, style, in: region, limit: limit) }
  }

  /// Draws text given as UTF-8 and gives the column after it.
  @discardableResult
  package mutating func put(
    _ utf8: ArraySlice<UInt8>, row: Int, column: Int, _ style: Style = .plain,
    in region: Region? = nil, limit: Int? = nil
  ) -> Int {
    utf8.withUnsafeBufferPointer {
      put($0, row: row, column: column, style, in: region, limit: limit)
    }
  }

  /// Draws text given as UTF-8 and gives the column after it.
  @discardableResult
  package mutating func put(
    _ utf8: UnsafeBufferPointer<UInt8>, row: Int, column: Int, _ style: Style = .plain,
    in region: Region? = nil, limit: Int? = nil
  ) -> Int {
    guard !utf8.isEmpty, var pen = pen(row: row, column: column, region: region, limit: limit)
    else { return column }
    cut(pen.base + pen.start)
    var taken = 0
    cells.withUnsafeMutableBufferPointer { cells in
      while taken < utf8.count, pen.column < pen.right {
        let byte = utf8[taken]
        guard byte >= 0x20, byte < 0x7f else { break }
        if pen.column >= pen.left {
          cells[pen.base + pen.column] = Cell(UInt32(byte), style)
        }
        pen.column += 1
        taken += 1
      }
    }
    if taken < utf8.count, pen.column < pen.right {
      if taken > 0, utf8[taken] >= 0x80 {
        // What follows may combine with the letter before it.
        taken -= 1
        pen.column -= 1
      }
      let rest = String(decoding: UnsafeBufferPointer(rebasing: utf8[taken...]), as: UTF8.self)
      for character in rest {
        if pen.column >= pen.right { break }
        Glyphs.visit(character) { draw($0, style, &pen) }
      }
    }
    if pen.column > pen.left, pen.column < size.columns { repair(pen.base + pen.column) }
    return pen.column - pen.origin
  }

  /// Where text is being drawn, in columns of the frame.
  private struct Pen {
    /// The place of the row's first cell.
    var base: Int
    /// The column of the region's left edge.
    var origin: Int
    /// The first column drawn in, the one being drawn, and the one after the last that may be.
    var left: Int
    var start: Int
    var column: Int
    var right: Int
  }

  private func pen(row: Int, column: Int, region: Region?, limit: Int?) -> Pen? {
    let region = region ?? Region(size)
    guard row >= 0, row < region.rows, region.row < size.rows, row < size.rows - region.row,
      column < region.columns, column > -1_000_000, region.column < size.columns,
      limit.map({ $0 > 0 }) ?? true
    else { return nil }
    let start = region.column + column
    let edge = min(region.columns, size.columns - region.column) + region.column
    guard start < edge else { return nil }
    let right = limit.map { $0 < edge - start ? start + $0 : edge } ?? edge
    return Pen(
      base: (region.row + row) * size.columns, origin: region.column, left: region.column,
      start: max(start, region.column), column: start, right: right)
  }

  private mutating func draw(_ glyph: Glyphs.Glyph, _ style: Style, _ pen: inout Pen) {
    let end = pen.column + glyph.columns
    if pen.column >= pen.left, end <= pen.right {
      cells[pen.base + pen.column] = Cell(code(of: glyph), style)
      if glyph.columns == 2 { cells[pen.base + pen.column + 1] = Cell(Cell.continuation, style) }
    } else {
      // Half of a wide character: its column is left blank.
      for column in max(pen.column, pen.left)..<max(pen.column, pen.left, min(end, pen.right)) {
        cells[pen.base + column] = Cell(0x20, style)
      }
    }
    pen.column = max(pen.column, min(end, pen.right))
  }

  private mutating func code(of glyph: Glyphs.Glyph) -> UInt32 {
    switch glyph {
    case .scalar(let scalar, _): return scalar.value
    case .cluster(let text, _):
      // A few of the last are looked at, so that a screen full of them stays linear.
      if let place = graphemes.suffix(8).lastIndex(of: text) {
        return Cell.graphemeBase + UInt32(place)
      }
      graphemes.append(text)
      return Cell.graphemeBase + UInt32(graphemes.count - 1)
    }
  }

  /// Blanks both halves of the wide character whose second half is at a place.
  private mutating func cut(_ place: Int) {
    guard cells[place].glyph == Cell.continuation else { return }
    cells[place].glyph = 0x20
    if place > 0 { cells[place - 1].glyph = 0x20 }
  }

  /// Blanks the second half of a wide character whose first half was drawn over.
  private mutating func repair(_ place: Int) {
    if cells[place].glyph == Cell.continuation { cells[place].glyph = 0x20 }
  }
}

extension Frame {
  /// Fills some columns of a row, all by default, with one glyph.
  package mutating func fill(
    row: Int, columns: Range<Int>? = nil, _ style: Style = .plain, glyph: UInt32 = 0x20,
    in region: Region? = nil
  ) {
    change(row: row, columns: columns, region) { $0.update(repeating: Cell(glyph, style)) }
  }

  /// Blanks a region.
  package mutating func clear(_ region: Region, _ style: Style = .plain) {
    for row in 0..<min(region.rows, size.rows) { fill(row: row, style, in: region) }
  }

  /// Draws one line-drawing glyph.
  package mutating func put(
    _ box: Box, row: Int, column: Int, _ style: Style = Style(.border), in region: Region? = nil
  ) {
    guard column >= 0, column < 1_000_000 else { return }
    fill(row: row, columns: column..<column + 1, style, glyph: box.rawValue, in: region)
  }

  /// Draws a line over some columns of a row, all by default.
  package mutating func horizontalLine(
    row: Int, columns: Range<Int>? = nil, _ style: Style = Style(.border), in region: Region? = nil
  ) {
    fill(row: row, columns: columns, style, glyph: Box.horizontal.rawValue, in: region)
  }

  /// Draws a line over some rows of a column, all by default.
  package mutating func verticalLine(
    column: Int, rows: Range<Int>? = nil, _ style: Style = Style(.border), in region: Region? = nil
  ) {
    let all = 0..<min((region ?? Region(size)).rows, size.rows)
    for row in (rows ?? all).clamped(to: all) {
      put(.vertical, row: row, column: column, style, in: region)
    }
  }

  /// Draws a box along the edges of a region.
  package mutating func border(_ region: Region, _ style: Style = Style(.border)) {
    guard region.rows > 1, region.columns > 1 else { return }
    let (bottom, right) = (region.rows - 1, region.columns - 1)
    horizontalLine(row: 0, style, in: region)
    horizontalLine(row: bottom, style, in: region)
    verticalLine(column: 0, style, in: region)
    verticalLine(column: right, style, in: region)
    put(.topLeft, row: 0, column: 0, style, in: region)
    put(.topRight, row: 0, column: right, style, in: region)
    put(.bottomLeft, row: bottom, column: 0, style, in: region)
    put(.bottomRight, row: bottom, column: right, style, in: region)
  }

  /// Gives some columns of a row, all by default, another style.
  package mutating func restyle(
    row: Int, columns: Range<Int>? = nil, _ style: Style, in region: Region? = nil
  ) {
    restyle(row: row, columns: columns, in: region) { $0 = style }
  }

  /// Changes the style of some columns of a row, all by default: `{ $0.isReversed = true }`.
  package mutating func restyle(
    row: Int, columns: Range<Int>? = nil, in region: Region? = nil, _ body: (inout Style) -> Void
  ) {
    change(row: row, columns: columns, region, splits: false) { cells in
      for place in cells.indices { body(&cells[place].style) }
    }
  }

  /// Shows the cursor at a place of a region; outside the region it is hidden.
  package mutating func placeCursor(row: Int, column: Int, in region: Region? = nil) {
    let region = region ?? Region(size)
    guard row >= 0, row < region.rows, column >= 0, column < region.columns else {
      cursor = nil
      return
    }
    let place = CellPosition(row: region.row + row, column: region.column + column)
    cursor = place.row < size.rows && place.column < size.columns ? place : nil
  }

  /// Hands the cells of a row that lie in the region to `body`; `splits` when it writes glyphs.
  private mutating func change(
    row: Int, columns: Range<Int>?, _ region: Region?, splits: Bool = true,
    _ body: (inout UnsafeMutableBufferPointer<Cell>) -> Void
  ) {
    let region = region ?? Region(size)
    guard row >= 0, row < region.rows, region.row < size.rows, row < size.rows - region.row,
      region.column < size.columns
    else { return }
    let all = 0..<min(region.columns, size.columns - region.column)
    let wanted = (columns ?? all).clamped(to: all)
    guard !wanted.isEmpty else { return }
    let base = (region.row + row) * size.columns + region.column
    if splits { cut(base + wanted.lowerBound) }
    cells.withUnsafeMutableBufferPointer { cells in
      var span = UnsafeMutableBufferPointer(
        rebasing: cells[base + wanted.lowerBound..<base + wanted.upperBound])
      body(&span)
    }
    if splits, region.column + wanted.upperBound < size.columns { repair(base + wanted.upperBound) }
  }
}
