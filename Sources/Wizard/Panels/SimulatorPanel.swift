import Screen
import Simulation

/// The Simulate panel: the request above, the answer below.
package struct SimulatorPanel: Panel {
  var simulatorForm: SimulatorForm
  /// The rows of the answer that are seen.
  private var rows = 1
  /// The answer in lines, and what they were made of.
  private var lines: [StyledLine] = []
  private var source = Cached<Source>()

  private struct Source: Equatable {
    let columns: Int
    /// Which of the answers of a session it is.
    let answer: Int
  }

  init(_ simulatorForm: SimulatorForm = SimulatorForm()) { self.simulatorForm = simulatorForm }

  var panel: AnyPanel { .simulator(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter): return press()
    case .key(let key): return handle(key, context.keymap)
    case .paste(let text): simulatorForm.paste(text)
    case .click(let index):
      simulatorForm.move(to: index)
      return simulatorForm.button == nil ? .stay : press()
    case .wheel(let steps): scroll(by: steps)
    }
    return .stay
  }

  private mutating func handle(_ key: Key, _ keymap: Keymap) -> Response {
    if simulatorForm.handle(key) { return .stay }
    switch key {
    case .pageUp: scroll(by: 1 - rows)
    case .pageDown: scroll(by: rows - 1)
    case .left: simulatorForm.move(to: simulatorForm.focusIndex - 1)
    case .right: simulatorForm.move(to: simulatorForm.focusIndex + 1)
    case .text, .control, .alt, .escape, .tab, .backtab, .enter, .backspace, .delete, .insert, .up,
      .down,
      .home, .end, .wordLeft, .wordRight, .function:
      let command = keymap[key]
      if command == .save { return .effects(.saveCase) }
      if command == .nextField { simulatorForm.move(to: simulatorForm.focusIndex + 1) }
      if command == .previousField { simulatorForm.move(to: simulatorForm.focusIndex - 1) }
    }
    return .stay
  }

  /// Enter goes to the next line, and presses a button.
  private mutating func press() -> Response {
    switch simulatorForm.button {
    case nil: simulatorForm.move(to: simulatorForm.focusIndex + 1)
    case .save: return .effects(.saveCase)
    case .close: return .close
    }
    return .stay
  }

  /// Scrolls the answer; the next frame keeps it within what there is.
  private mutating func scroll(by rows: Int) {
    simulatorForm.top = max(0, simulatorForm.top + rows)
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let size = frame.size
    let columns = min(size.columns, 140)
    let outer = Region(
      row: 1, column: (size.columns - columns) / 2, rows: size.rows - 4, columns: columns)
    for row in 0..<outer.rows { frame.fill(row: row, columns: 0..<columns, .plain, in: outer) }
    frame.border(outer, Style(.border))
    frame.put(
      " Simulate: what becomes of a request ", row: 0, column: 2, Style(.heading, bold: true),
      in: outer)
    let region = outer.inset(rows: 1, columns: 2)
    let used = drawTrial(&frame, &viewport, region)
    drawButtons(&frame, &viewport, region, row: used)
    drawAnswer(&frame, region.part(row: used + 2), context)
  }

  /// The lines of the request, beside each other as many as fit; how many rows they take.
  private func drawTrial(
    _ frame: inout Frame, _ viewport: inout Viewport, _ region: Region
  ) -> Int {
    let across = max(1, region.columns / 36)
    let width = region.columns / across
    for (index, line) in simulatorForm.lines.enumerated() {
      let cell = region.part(
        row: index / across, column: index % across * width, rows: 1, columns: width - 1)
      drawLine(&frame, &viewport, cell, line, index)
    }
    return (simulatorForm.lines.count + across - 1) / across
  }

  private func drawLine(
    _ frame: inout Frame, _ viewport: inout Viewport, _ cell: Region, _ line: SimulatorForm.Line,
    _ index: Int
  ) {
    let isFocused = index == simulatorForm.focusIndex
    let start = 12
    let width = cell.columns - start - 1
    frame.put(isFocused ? ">" : " ", row: 0, column: 0, Style(.key, bold: true), in: cell)
    frame.put(line.part.label, row: 0, column: 1, Style(.label), in: cell)
    frame.put("[", row: 0, column: start - 1, Style(.border), in: cell)
    frame.put("]", row: 0, column: start + width, Style(.border), in: cell)
    if isFocused {
      frame.fill(
        row: 0, columns: start..<start + width, Style(.value, reversed: true), in: cell)
    }
    let window = line.editor.window(width)
    if line.editor.isEmpty {
      frame.put(
        line.part.placeholder, row: 0, column: start,
        Style(.hint, reversed: isFocused), in: cell, limit: width)
    } else {
      frame.put(
        window.text, row: 0, column: start, Style(.value, reversed: isFocused), in: cell,
        limit: width)
    }
    viewport.note(cell.row, cell.column..<cell.column + cell.columns, .choice(index))
    if isFocused {
      frame.placeCursor(row: 0, column: start + min(window.caretColumn, width - 1), in: cell)
    }
  }

  private func drawButtons(
    _ frame: inout Frame, _ viewport: inout Viewport, _ region: Region, row: Int
  ) {
    var column = 1
    for (number, button) in SimulatorForm.Button.allCases.enumerated() {
      let isFocused = simulatorForm.button == button
      let end = frame.put(
        "< \(button.title) >", row: row, column: column, Style(.accent, reversed: isFocused),
        in: region)
      viewport.note(
        region.row + row, region.column + column..<region.column + end,
        .choice(simulatorForm.lines.count + number))
      if isFocused {
        frame.put(
          ">", row: row, column: column - 1, Style(.key, bold: true), in: region)
        frame.placeCursor(row: row, column: column, in: region)
      }
      column = end + 2
    }
    frame.put(
      "PgUp PgDn scroll; Esc closes, keeps this", row: row, column: column, Style(.hint),
      in: region)
  }

  private mutating func drawAnswer(_ frame: inout Frame, _ region: Region, _ context: Context) {
    guard region.rows > 0 else { return }
    let rule = Region(
      row: region.row - 1, column: region.column, rows: 1, columns: region.columns)
    frame.horizontalLine(row: 0, Style(.border), in: rule)
    let lines = answerLines(region.columns, context)
    let most = max(0, lines.count - region.rows)
    simulatorForm.top = min(simulatorForm.top, most)
    rows = region.rows
    for (row, line) in lines.dropFirst(simulatorForm.top).prefix(region.rows).enumerated() {
      frame.put(line.text, row: row, column: 0, Style(line.role), in: region)
    }
    guard most > 0 else { return }
    let end = min(lines.count, simulatorForm.top + region.rows)
    let text = " \(simulatorForm.top + 1)-\(end) of \(lines.count) "
    frame.put(
      text, row: 0, column: region.columns - text.utf8.count, Style(.hint), in: rule)
  }

  /// The answer to the request, in lines of so many columns.
  private mutating func answerLines(_ columns: Int, _ context: Context) -> [StyledLine] {
    let simulations = context.workspace.analysis.simulations
    guard let answer = simulations.answer else { return [] }
    if source.changes(to: Source(columns: columns, answer: simulations.answers)) {
      lines = answer.lines.flatMap { folded($0, columns) }
    }
    return simulatorForm.problems.map { StyledLine($0, .warning) } + lines
  }

  /// A line cut at blanks, what goes on further in.
  private func folded(_ line: StyledLine, _ columns: Int) -> [StyledLine] {
    guard line.text.utf8.count > columns else { return [line] }
    let blanks = line.text.utf8.prefix { $0 == UInt8(ascii: " ") }.count
    let indent = String(repeating: " ", count: blanks + 4)
    return line.text.wrapped(columns - indent.count).enumerated().map { index, part in
      StyledLine(index == 0 ? String(part) : indent + part, line.role)
    }
  }
}

extension Answer {
  /// The answer in lines, each with its meaning.
  var lines: [StyledLine] {
    var lines: [StyledLine] = []
    // What is wrong goes first: the rest may be more than there is room for.
    let paragraphs = self.paragraphs
    let warnings = paragraphs.filter { $0.title == "warnings" }
    for paragraph in paragraphs.prefix(1) + warnings
      + paragraphs.dropFirst().dropLast(warnings.count)
    {
      let isFirst = paragraph.title.isEmpty
      if !isFirst { lines.append(StyledLine(paragraph.title, .heading)) }
      for (index, line) in paragraph.lines.enumerated() {
        let role: Role =
          if isFirst {
            index > 0 ? .hint : status == .done ? .success : .error
          } else if paragraph.title == "warnings" {
            .warning
          } else if line.hasPrefix("won ") {
            .success
          } else {
            .plain
          }
        lines.append(StyledLine(isFirst ? line : "  \(line)", role))
      }
    }
    return lines
  }
}
