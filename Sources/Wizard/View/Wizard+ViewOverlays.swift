import Lint
import RouteForm
import Screen

extension Wizard {
  mutating func draw(_ overlay: Overlay, _ frame: inout Frame) {
    switch overlay {
    case .start: break
    case .routes(let selection):
      drawList(&frame, "Which route? The others are kept as they are", nil, routeLines, selection)
    case .goTo(let editor, let selection):
      let lines = destinations(editor.text).prefix(200).map { StyledLine("\($0)") }
      drawList(&frame, "Go to: a path, a rule, a line number", editor, lines, selection)
    case .palette(let editor, let selection):
      let lines = commands(editor.text).map(commandLine)
      drawList(
        &frame, "Help: type to filter, Enter runs", editor, lines, selection,
        header: explanation + [StyledLine("")])
    case .menu(let selection):
      drawList(&frame, "Menu", nil, Command.allCases.map(commandLine), selection)
    case .prompt(let prompt): drawList(&frame, prompt.title, prompt.editor, [], 0)
    case .dialog(let dialog): drawDialog(&frame, dialog)
    case .pager(let pager):
      let fix = keymap.letter(of: .fix).map { ", \($0) fixes" } ?? ""
      let titles: [Pager.Kind: String] = [
        .problems: "Problems: \(counts). Enter goes there\(fix), Esc closes",
        .explain: "This field", .diff: "What saving would change",
      ]
      drawList(
        &frame, titles[pager.kind] ?? "", nil, pagerLines(pager), pager.selection,
        header: selectedProblem(pager))
    case .simulator: drawSimulator(&frame)
    case .choices(let address, let choices, let selection):
      drawList(&frame, "\(address)", nil, choices.map { StyledLine($0) }, selection)
    }
  }

  /// The whole text of the selected problem, which the list may cut.
  private func selectedProblem(_ pager: Pager) -> [StyledLine] {
    guard pager.kind == .problems, derived.problems.indices.contains(pager.selection) else {
      return []
    }
    let problem = derived.problems[pager.selection]
    let fix = problem.finding?.fix.map { "f: \($0.title)" } ?? "no fix at hand"
    return [
      StyledLine("\(problem.address)", .heading), StyledLine("\(problem.label) \(problem.message)"),
      StyledLine(fix, .hint), StyledLine(origin(of: problem), .hint), StyledLine(""),
    ]
  }

  /// Who says it, and by which rule.
  private func origin(of problem: FormProblem) -> String {
    guard let finding = problem.finding else { return "said by the form: not a value yet" }
    return "said by \(finding.source.rawValue), rule \(finding.rule)"
  }

  private func commandLine(_ command: Command) -> StyledLine {
    let keys = keymap.routes(to: command).joined(separator: ", ")
    let name =
      command.rawValue + String(repeating: " ", count: max(1, 18 - command.rawValue.utf8.count))
    let routes = keys + String(repeating: " ", count: max(1, 22 - keys.utf8.count))
    return StyledLine("\(name)\(routes)\(command.summary)")
  }

  /// A box in the middle of the screen, as high as its content; what was below is gone in it.
  private func box(_ frame: inout Frame, _ title: String, rows: Int) -> Region {
    let size = frame.size
    let columns = min(size.columns - 4, 100)
    let rows = min(rows + 2, size.rows - 4)
    let region = Region(
      row: max(1, (size.rows - rows) / 2), column: (size.columns - columns) / 2, rows: rows,
      columns: columns)
    for row in 0..<rows {
      frame.fill(row: row, columns: 0..<columns, .plain, in: region)
    }
    frame.border(region, Style(.border))
    frame.put(" \(title) ", row: 0, column: 2, Style(.heading, bold: true), in: region)
    return region.inset(rows: 1, columns: 2)
  }

  private mutating func drawList(
    _ frame: inout Frame, _ title: String, _ editor: LineEditor?, _ lines: [StyledLine],
    _ selection: Int, header: [StyledLine] = []
  ) {
    let head = header.flatMap { line in
      wrapped(line.text, min(frame.size.columns - 8, 96)).map { StyledLine(String($0), line.role) }
    }
    let above = (editor == nil ? 0 : 1) + head.count
    let region = box(&frame, title, rows: max(above + lines.count + 1, header.isEmpty ? 1 : 15))
    var row = 0
    for line in head where row < region.rows {
      frame.put(line.text, row: row, column: 0, Style(line.role), in: region)
      row += 1
    }
    if let editor {
      let window = editor.window(max(1, region.columns - 3))
      frame.put("> ", row: row, column: 0, Style(.key, bold: true), in: region)
      frame.put(window.text, row: row, column: 2, Style(.value), in: region)
      frame.cursor = Frame.Place(
        row: region.row + row, column: region.column + 2 + window.caretColumn)
      row += 1
    }
    let body = region.part(row: row)
    if editor == nil { frame.cursor = Frame.Place(row: body.row, column: body.column) }
    viewport.listTop = Viewport.top(
      viewport.listTop, showing: selection..<selection + 1, rows: body.rows, of: lines.count)
    if editor != nil, lines.isEmpty, !title.hasPrefix("Save"), !title.hasPrefix("Search") {
      frame.put("nothing fits", row: 0, column: 1, Style(.hint), in: body)
    }
    for (index, line) in lines.enumerated().dropFirst(viewport.listTop).prefix(body.rows) {
      let isSelected = index == selection
      var style = Style(line.role)
      style.isReversed = isSelected
      let row = index - viewport.listTop
      frame.put(isSelected ? ">" : " ", row: row, column: 0, style, in: body)
      put(line, &frame, row: row, column: 1, style, in: body)
      viewport.note(
        body.row + row, body.column..<body.column + body.columns, .choice(index))
      if isSelected, editor == nil {
        frame.cursor = Frame.Place(row: body.row + row, column: body.column)
      }
    }
  }

  /// A line with its marked characters bold and underlined.
  private func put(
    _ line: StyledLine, _ frame: inout Frame, row: Int, column: Int, _ style: Style,
    in region: Region
  ) {
    guard !line.marked.isEmpty else {
      frame.put(line.text, row: row, column: column, style, in: region)
      return
    }
    var marked = style
    marked.isBold = true
    marked.isUnderlined = true
    let start = line.text.prefix(line.marked.lowerBound)
    let words = line.text.dropFirst(line.marked.lowerBound).prefix(line.marked.count)
    var end = frame.put(start, row: row, column: column, style, in: region)
    end = frame.put(words, row: row, column: end, marked, in: region)
    frame.put(
      line.text.dropFirst(line.marked.upperBound), row: row, column: end, style, in: region)
  }

  private mutating func drawDialog(_ frame: inout Frame, _ dialog: Dialog) {
    let columns = min(frame.size.columns - 4, 100) - 4
    let rows = buttonRows(dialog.choices.map(\.title), columns)
    let region = box(&frame, dialog.title, rows: dialog.lines.count + 1 + rows.count)
    let body = region.part(rows: max(0, region.rows - 1 - rows.count))
    for (index, line) in dialog.lines.enumerated().dropFirst(dialog.top).prefix(body.rows) {
      put(line, &frame, row: index - dialog.top, column: 0, Style(line.role), in: body)
    }
    for (line, indices) in rows.enumerated() {
      var column = 0
      let row = region.rows - rows.count + line
      for index in indices {
        let isSelected = index == dialog.selection
        let end = frame.put(
          "< \(dialog.choices[index].title) >", row: row, column: column,
          Style(.accent, reversed: isSelected), in: region)
        viewport.note(
          region.row + row, region.column + column..<region.column + end, .choice(index))
        if isSelected {
          frame.cursor = Frame.Place(row: region.row + row, column: region.column + column)
        }
        column = end + 1
      }
    }
  }

  /// Which buttons stand beside each other, as many as fit.
  private func buttonRows(_ titles: [String], _ columns: Int) -> [[Int]] {
    var rows: [[Int]] = []
    var used = columns
    for (index, title) in titles.enumerated() {
      let width = title.utf8.count + 5
      if used + width > columns + 1 {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(index)
      used += width
    }
    return rows
  }

  mutating func drawStart(_ frame: inout Frame) {
    guard case .start(let selection)? = model.overlays.last else { return }
    let choices =
      Recipe.allCases.map { ($0.rawValue, $0.summary) }
      + [("open files", "manifests that are there, to edit")]
      + model.drafts.map { ("recover draft", "\($0.name), \($0.words)") }
    let lines = choices.enumerated().map { index, choice in
      let gap = String(repeating: " ", count: max(1, 18 - choice.0.utf8.count))
      let indent = choices.count > 9 && index < 9 ? " " : ""
      return StyledLine("\(indent)\(index + 1)  \(choice.0)\(gap)\(choice.1)")
    }
    drawList(
      &frame, "aigw-wizard: what do you start from?", nil, lines, selection)
    let hint =
      "Up/Down and Enter, or a number. Esc starts blank. \(keymap.way(to: .leave)) leaves. "
      + "Help: \(keymap.way(to: .help)) inside."
    frame.put(hint, row: frame.size.rows - 1, column: 1, Style(.hint))
  }
}
