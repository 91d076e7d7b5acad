import Schemas
import Screen

/// A line of text in one style.
package struct StyledLine: Hashable, Sendable {
  /// What it says, without credentials.
  let text: String
  let role: Role
  /// The characters that stand out, from 0.
  let marked: Range<Int>

  init(_ text: String, _ role: Role = .plain, marked: Range<Int> = 0..<0) {
    self.text = Credential.masked(text)
    self.role = role
    self.marked = marked
  }

  /// Draws it, its marked characters bold and underlined.
  func draw(_ frame: inout Frame, row: Int, column: Int, _ style: Style, in region: Region) {
    guard !marked.isEmpty else {
      frame.put(text, row: row, column: column, style, in: region)
      return
    }
    var standingOut = style
    standingOut.isBold = true
    standingOut.isUnderlined = true
    let part = text.dropFirst(marked.lowerBound).prefix(marked.count)
    var end = frame.put(
      text.prefix(marked.lowerBound), row: row, column: column, style, in: region)
    end = frame.put(part, row: row, column: end, standingOut, in: region)
    frame.put(text.dropFirst(marked.upperBound), row: row, column: end, style, in: region)
  }
}

/// A list in a box: which line is selected, and which part of it is seen.
struct ListBox: Hashable, Sendable {
  var selection = 0
  private var top = 0

  init(selection: Int = 0) { self.selection = selection }

  /// Moves the selection, where a key does that.
  mutating func move(_ key: Key, count: Int) {
    guard count > 0 else {
      selection = 0
      return
    }
    switch key.motion {
    case .down: selection = (selection + 1) % count
    case .up: selection = (selection + count - 1) % count
    case .pageDown: selection = min(count - 1, selection + 10)
    case .pageUp: selection = max(0, selection - 10)
    case .home: selection = 0
    case .end: selection = count - 1
    case nil: selection = min(selection, count - 1)
    }
  }

  mutating func turn(_ wheel: Int, count: Int) { move(wheel > 0 ? .down : .up, count: count) }

  /// The columns that a line has in the box.
  static func columns(of size: Size) -> Int { boxColumns(of: size) - 5 }

  private static func boxColumns(of size: Size) -> Int { min(size.columns - 4, 100) }

  /// A box in the middle of the screen, as high as its content; what was below is gone in it.
  static func box(_ frame: inout Frame, _ title: String, rows: Int) -> Region {
    let size = frame.size
    let columns = boxColumns(of: size)
    let rows = min(rows + 2, size.rows - 4)
    let region = Region(
      row: max(1, (size.rows - rows) / 2), column: (size.columns - columns) / 2, rows: rows,
      columns: columns)
    for row in 0..<rows {
      frame.fill(row: row, columns: 0..<columns, .plain, in: region)
    }
    frame.border(region, Style(.border))
    frame.put(
      " \(title.shortened(columns - 6)) ", row: 0, column: 2, Style(.heading, bold: true),
      in: region)
    return region.inset(rows: 1, columns: 2)
  }

  /// What a list shows beside its lines.
  struct Look {
    let title: String
    /// What goes on the title as far as there is room for it.
    var hints: [String] = []
    /// The line that it is filtered by, or that is its whole question.
    var editor: LineEditor?
    /// What stands above the list.
    var header: [StyledLine] = []
    /// What stands in the place of the lines when there are none.
    var empty = ""

    /// The title with as many of its hints as so many columns take.
    fileprivate func title(_ columns: Int) -> String {
      hints.reduce(title) { ($0 + $1).utf8.count <= columns ? $0 + $1 : $0 }
    }
  }

  mutating func draw(
    _ lines: [StyledLine], _ look: Look, _ frame: inout Frame, _ viewport: inout Viewport
  ) {
    let head = look.header.flatMap { line in
      line.text.wrapped(min(frame.size.columns - 8, 96)).map { StyledLine(String($0), line.role) }
    }
    let above = (look.editor == nil ? 0 : 1) + head.count
    let region = Self.box(
      &frame, look.title(min(frame.size.columns - 4, 100) - 6),
      rows: max(above + lines.count + 1, look.header.isEmpty ? 1 : 15))
    var row = 0
    for line in head where row < region.rows {
      frame.put(line.text, row: row, column: 0, Style(line.role), in: region)
      row += 1
    }
    if let editor = look.editor {
      draw(editor, &frame, region, row)
      row += 1
    }
    let body = region.part(row: row)
    if look.editor == nil { frame.cursor = Frame.CellPosition(row: body.row, column: body.column) }
    if lines.isEmpty { frame.put(look.empty, row: 0, column: 1, Style(.hint), in: body) }
    draw(lines, &frame, &viewport, body, hasCursor: look.editor == nil)
  }

  private func draw(_ editor: LineEditor, _ frame: inout Frame, _ region: Region, _ row: Int) {
    let window = editor.window(max(1, region.columns - 3))
    frame.put("> ", row: row, column: 0, Style(.key, bold: true), in: region)
    frame.put(window.text, row: row, column: 2, Style(.value), in: region)
    frame.cursor = Frame.CellPosition(
      row: region.row + row, column: region.column + 2 + window.caretColumn)
  }

  private mutating func draw(
    _ lines: [StyledLine], _ frame: inout Frame, _ viewport: inout Viewport, _ body: Region,
    hasCursor: Bool
  ) {
    top = Viewport.top(
      top, showing: selection..<selection + 1, rows: body.rows, of: lines.count)
    if lines.count > body.rows, body.rows > 0 {
      let border = Region(
        row: body.row + body.rows, column: body.column, rows: 1, columns: body.columns)
      let text = " \(top + 1)-\(top + body.rows) of \(lines.count) "
      frame.put(
        text, row: 0, column: body.columns - text.utf8.count, Style(.hint), in: border)
    }
    for (index, line) in lines.enumerated().dropFirst(top).prefix(body.rows) {
      let isSelected = index == selection
      var style = Style(line.role)
      style.isReversed = isSelected
      let row = index - top
      frame.put(isSelected ? ">" : " ", row: row, column: 0, style, in: body)
      StyledLine(line.text.shortened(body.columns - 1), line.role, marked: line.marked)
        .draw(&frame, row: row, column: 1, style, in: body)
      viewport.note(body.row + row, body.column..<body.column + body.columns, .choice(index))
      if isSelected, hasCursor {
        frame.cursor = Frame.CellPosition(row: body.row + row, column: body.column)
      }
    }
  }
}

/// A movement of the selection in a list.
enum Motion: Sendable {
  case up, down, pageUp, pageDown, home, end

  /// Whether it leads further than to the next line.
  var pages: Bool {
    switch self {
    case .pageUp, .pageDown, .home, .end: true
    case .up, .down: false
    }
  }
}

extension Key {
  /// Where the key leads in a list; nil for one that leads nowhere.
  var motion: Motion? {
    switch self {
    case .down, .tab, .control("n"): .down
    case .up, .backtab, .control("p"): .up
    case .pageDown: .pageDown
    case .pageUp: .pageUp
    case .home: .home
    case .end: .end
    case .text, .control, .alt, .escape, .enter, .backspace, .delete, .insert, .left, .right,
      .wordLeft,
      .wordRight, .function:
      nil
    }
  }
}
