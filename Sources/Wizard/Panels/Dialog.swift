import Screen

/// A question with a few answers.
package struct Dialog: Panel {
  /// What an answer leads to.
  package enum Answer: Hashable, Sendable {
    case cancel
    case saveAndLeave
    case keepAndLeave
    case discardAndLeave
    case save
    case write
    case saveAs
    /// Saves to a file that was written before.
    case keepFile(String)
    case open
    /// Shows what someone else changed in the files and what saving would, and asks again.
    case showBoth
    case takeTheirs
    /// Begins anew with what stands at a path.
    case openFile(String)
    /// Goes on with a draft.
    case resume(String)
    case firstError
    case pool(rule: Int, keeping: Bool)
    case apply
    case openClusterRoute
    case copyYAML
    case copyPath
    case copyCommand
  }

  struct Choice: Hashable, Sendable {
    let title: String
    let answer: Answer
  }

  let title: String
  let lines: [StyledLine]
  let choices: [Choice]
  private(set) var selection: Int
  private var top = 0

  init(title: String, lines: [StyledLine], choices: [Choice], selection: Int = 0) {
    self.title = title
    self.lines = lines
    self.choices = choices
    self.selection = selection
  }

  var panel: AnyPanel { .dialog(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter): return choose(selection)
    case .key(let key): return handle(key)
    case .paste: return .refusePaste
    case .click(let index): return choose(index)
    case .wheel(let steps):
      scroll(by: steps > 0 ? 1 : -1)
      return .stay
    }
  }

  private func choose(_ index: Int) -> Response {
    guard choices.indices.contains(index) else { return .close }
    let answer = choices[index].answer
    return answer == .showBoth ? .effects(.answer(answer)) : .command(.answer(answer))
  }

  private mutating func handle(_ key: Key) -> Response {
    switch key {
    case .left, .backtab: selection = max(0, selection - 1)
    case .right, .tab: selection = (selection + 1) % max(1, choices.count)
    case .up: scroll(by: -1)
    case .down: scroll(by: 1)
    case .pageUp: scroll(by: -10)
    case .pageDown: scroll(by: 10)
    case .text(" "): return choose(selection)
    case .text, .control, .alt, .escape, .enter, .backspace, .delete, .insert, .home, .end,
      .wordLeft,
      .wordRight, .function:
      break
    }
    return .stay
  }

  private mutating func scroll(by rows: Int) {
    top = min(max(0, top + rows), max(0, lines.count - 1))
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let rows = buttonRows(min(frame.size.columns - 4, 100) - 4)
    let lines = lines(min(frame.size.columns - 4, 100) - 4)
    let region = ListBox.box(&frame, title, rows: lines.count + 1 + rows.count)
    let body = region.part(rows: max(0, region.rows - 1 - rows.count))
    for (index, line) in lines.enumerated().dropFirst(top).prefix(body.rows) {
      line.draw(&frame, row: index - top, column: 0, Style(line.role), in: body)
    }
    if lines.count > body.rows, body.rows > 0 {
      let end = min(lines.count, top + body.rows)
      let text = " \(top + 1)-\(end) of \(lines.count), Up and Down scroll "
      frame.put(
        text, row: region.rows - rows.count - 1, column: region.columns - text.utf8.count,
        Style(.hint), in: region)
    }
    for (line, indices) in rows.enumerated() {
      var column = 0
      let row = region.rows - rows.count + line
      for index in indices {
        let isSelected = index == selection
        let end = frame.put(
          "< \(choices[index].title) >", row: row, column: column,
          Style(.accent, reversed: isSelected), in: region)
        viewport.note(
          region.row + row, region.column + column..<region.column + end, .choice(index))
        if isSelected {
          frame.cursor = Frame.CellPosition(row: region.row + row, column: region.column + column)
        }
        column = end + 1
      }
    }
  }

  /// The lines of so many columns: sentences go on in the next one, those of a file are cut.
  private func lines(_ columns: Int) -> [StyledLine] {
    lines.flatMap { line in
      switch line.role {
      case .error, .warning: line.text.wrapped(columns).map { StyledLine(String($0), line.role) }
      case .plain, .title, .label, .value, .heading, .hint, .success, .added, .changed, .removed,
        .kept, .key, .border, .accent:
        [line]
      }
    }
  }

  /// Which buttons stand beside each other, as many as fit.
  private func buttonRows(_ columns: Int) -> [[Int]] {
    var rows: [[Int]] = []
    var used = columns
    for (index, choice) in choices.enumerated() {
      let width = choice.title.utf8.count + 5
      if used + width > columns + 1 {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(index)
      used += width
    }
    return rows
  }
}
