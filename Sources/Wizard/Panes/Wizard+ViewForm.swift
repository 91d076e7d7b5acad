import Lint
import Schemas
import YAML
import RouteForm
import Screen

extension Wizard {
  var isPoolRule: Bool { workspace.form.rule(navigation.rule).map(FormState.isPool) ?? false }

  /// Whether the step shows one rule, which then has a line above the form.
  var hasSelector: Bool { navigation.step.isPerRule && workspace.form.rule(navigation.rule) != nil }

  /// The selected rule in one line.
  func drawSelector(_ frame: inout Frame, _ region: Region) {
    guard let rule = workspace.form.rule(navigation.rule) else { return }
    let name = rule["name"]?.scalar?.text
    let title = "Rule \(navigation.rule + 1)/\(workspace.form.rules.count) \(name ?? "")"
    let end = frame.put(title, row: 0, column: 1, Style(.heading, bold: true), in: region)
    let keys =
      workspace.form.rules.count > 1
      ? "\(keymap.hint(for: .previousRule)) \(keymap.hint(for: .nextRule))" : ""
    let room = max(1, region.columns - end - keys.utf8.count - 4)
    frame.put(
      "when \(FormState.condition(of: rule))".shortened(room), row: 0, column: end + 2, in: region,
      limit: room)
    frame.put(keys, row: 0, column: region.columns - keys.utf8.count - 1, Style(.hint), in: region)
  }

  /// The form in its region: what does not fit gives way by rank, then the table scrolls, then
  /// the page.
  mutating func drawForm(_ frame: inout Frame, _ page: FormPage, _ region: Region) {
    guard region.rows > 0 else { return }
    let picture = picture(columns: region.columns - 2)
    let wanted = region.rows - (picture?.lines.count ?? 0)
    let spot = page.spot(of: navigation.focus)
    let plan = plan(page, spot, rows: max(wanted, min(region.rows, neededRows(page))))
    var focusedRow = 0..<0
    if let spot, let start = plan.rows[spot.line] {
      let inside = plan.tableLine == spot.line ? spot.row - plan.tableTop + 1 : 0
      focusedRow = start + inside..<start + inside + 1
    }
    viewport.tableTop = plan.tableTop
    let shownFocus =
      focusedRow.isEmpty
      ? focusedRow
      : focusedRow
        .lowerBound..<min(
          plan.count, focusedRow.upperBound + 1)
    viewport.formTop = Viewport.top(
      viewport.formTop, showing: shownFocus, rows: region.rows, of: plan.count)
    let labels = page.lines.reduce(0) { max($0, labelWidth($1)) }
    for (index, line) in page.lines.enumerated() {
      guard let start = plan.rows[index] else { continue }
      draw(
        line, &frame, region, row: start - viewport.formTop, labels: labels, plan: plan,
        isTable: plan.tableLine == index)
    }
    let free = drawFaults(
      page, &frame, region, below: focusedRow.lowerBound - viewport.formTop, plan)
    if let picture { draw(picture, &frame, region, below: free) }
  }

  /// Which row of the page each line begins in.
  struct Plan {
    var rows: [Int: Int] = [:]
    var count = 0
    var tableLine: Int?
    var tableTop = 0
    var tableRows = 0
  }

  /// The rows that a page takes when all that may give way has done so.
  private func neededRows(_ page: FormPage) -> Int {
    page.lines.reduce(0) { rows, line in
      if case .table(let table) = line.content { return rows + max(1, table.count) + 1 }
      return rows + (line.rank == .needed ? 1 : 0)
    }
  }

  /// The rows that a page takes when nothing gives way, with its faults and its picture.
  mutating func rowsInAll(_ page: FormPage, _ columns: Int) -> Int {
    let lines = page.lines.reduce(0) { rows, line in
      if case .table(let table) = line.content { rows + max(1, table.count) + 1 } else { rows + 1 }
    }
    let faults = faults(of: page).reduce(0) { $0 + $1.text.wrapped(columns - 2).count }
    return lines + faults + (picture(columns: columns - 2)?.lines.count ?? 0)
  }

  private func plan(_ page: FormPage, _ spot: Spot?, rows available: Int) -> Plan {
    var plan = Plan()
    var kept = Array(page.lines.indices)
    let table = page.lines.firstIndex { if case .table = $0.content { true } else { false } }
    func height(of table: Table) -> Int { max(1, table.count) + 1 }
    var tableHeight = 0
    if let table, case .table(let content) = page.lines[table].content {
      tableHeight = height(of: content)
    }
    let least = table == nil ? 0 : min(tableHeight, 4)
    func needed() -> Int { kept.count - (table == nil ? 0 : 1) }
    for rank in [FormRow.Rank.air, .help] {
      while needed() + least > available,
        let last = kept.last(where: {
          page.lines[$0].rank >= rank && page.lines[$0].rank != .needed
        })
      {
        let first = kept.last { $0 <= last && !page.lines[$0].goesOn } ?? last
        kept.removeAll { (first...last).contains($0) }
      }
    }
    plan.tableLine = table
    plan.tableRows = max(2, min(tableHeight, max(least, available - needed())))
    var row = 0
    for index in kept {
      plan.rows[index] = row
      row += index == table ? plan.tableRows : 1
    }
    plan.count = row
    if let table, case .table(let content) = page.lines[table].content {
      let wanted = spot?.line == table ? (spot?.row ?? 0)..<(spot?.row ?? 0) + 1 : 0..<0
      plan.tableTop = Viewport.top(
        viewport.tableTop, showing: wanted, rows: plan.tableRows - 1, of: content.count)
    }
    return plan
  }

  private func labelWidth(_ line: FormLine) -> Int {
    if case .fields(let fields) = line.content, fields.count == 1 {
      fields[0].label.utf8.count
    } else {
      0
    }
  }

  private mutating func draw(
    _ line: FormLine, _ frame: inout Frame, _ region: Region, row: Int, labels: Int, plan: Plan,
    isTable: Bool
  ) {
    guard row < region.rows, row >= (isTable ? -plan.tableRows : 0) else { return }
    switch line.content {
    case .heading(let text):
      frame.put(text, row: row, column: 1, Style(.heading, bold: true), in: region)
    case .note(let note): frame.put(note.text, row: row, column: 1, Style(note.role), in: region)
    case .fields(let fields): drawFields(fields, &frame, region, row, labels)
    case .toggle(let title, let isOn, let action):
      let text = "\(isOn ? "[x]" : "[ ]") \(title)"
      put(text, .toggle(action.identity), &frame, region, row, 1, Style(.plain))
    case .buttons(let buttons):
      var column = 1
      for button in buttons {
        let text = "< \(button.title) >"
        column = put(text, button.focus, &frame, region, row, column, Style(.accent)) + 1
      }
      if !line.caption.isEmpty {
        let room = region.columns - column - 2
        let caption = line.caption.count > room ? line.caption.fitted(max(0, room)) : line.caption
        if room > 5 { frame.put(caption, row: row, column: column + 1, Style(.hint), in: region) }
      }
    case .table(let table): drawTable(table, &frame, region, row, plan)
    case .jump(let number, let text, _):
      put(text.text, .jump(number), &frame, region, row, 1, Style(text.role))
    }
  }

  @discardableResult
  private mutating func put(
    _ text: String, _ focus: Focus, _ frame: inout Frame, _ region: Region, _ row: Int,
    _ column: Int, _ style: Style
  ) -> Int {
    let focused = navigation.focus == focus
    var style = style
    style.isReversed = focused
    if focused { frame.put(">", row: row, column: column - 1, Style(.key, bold: true), in: region) }
    let end = frame.put(text, row: row, column: column, style, in: region)
    if end > column {
      viewport.note(
        region.row + row, region.column + column..<region.column + end, .focus(focus))
    }
    if focused { setCursor(&frame, region, row, column) }
    return end
  }

  private func setCursor(_ frame: inout Frame, _ region: Region, _ row: Int, _ column: Int) {
    guard panels.isEmpty, row >= 0, row < region.rows, column < region.columns else {
      return
    }
    frame.cursor = Frame.Place(row: region.row + row, column: region.column + column)
  }

  private mutating func drawFields(
    _ fields: [Field], _ frame: inout Frame, _ region: Region, _ row: Int, _ labels: Int
  ) {
    if fields.count == 1, let field = fields.first {
      frame.put(field.label, row: row, column: 1, Style(.label), in: region)
      let column = labels + 3
      drawBox(
        field, &frame, region, row, column, width: min(44, max(8, region.columns - column - 1)))
      return
    }
    let share = region.columns / fields.count
    for (index, field) in fields.enumerated() {
      let start = 1 + index * share
      let end = frame.put(field.label, row: row, column: start, Style(.label), in: region)
      drawBox(field, &frame, region, row, end + 1, width: max(4, start + share - end - 2))
    }
  }

  /// A field as a box: `[text  ]`; what is chosen from a few values stands in round brackets.
  private mutating func drawBox(
    _ field: Field, _ frame: inout Frame, _ region: Region, _ row: Int, _ column: Int, width: Int
  ) {
    let address = field.address
    let focused = navigation.focus == .field(address)
    let isChoice = !workspace.isText(address)
    frame.put(isChoice ? "(" : "[", row: row, column: column, Style(.border), in: region)
    frame.put(
      isChoice ? ")" : "]", row: row, column: column + width - 1, Style(.border), in: region)
    if focused {
      frame.put(">", row: row, column: column - 1, Style(.key, bold: true), in: region)
    } else if isBad(address) {
      frame.put("!", row: row, column: column - 1, Style(.error), in: region)
    }
    drawText(
      field, focused, &frame, region, row, column + 1, width: width - 2, isChoice: isChoice)
  }

  /// Whether a field was left with a text that is no value.
  private func isBad(_ address: Address) -> Bool {
    workspace.form.drafts[address] != nil && navigation.left.contains(address)
  }

  /// The text of a field, its placeholder when it is empty, and the caret when it is edited.
  private mutating func drawText(
    _ field: Field, _ focused: Bool, _ frame: inout Frame, _ region: Region, _ row: Int,
    _ column: Int, width: Int, isChoice: Bool
  ) {
    guard width > 0, row >= 0, row < region.rows else { return }
    let address = field.address
    viewport.note(
      region.row + row, region.column + column..<region.column + column + width,
      .focus(.field(address)))
    var style = Style(isBad(address) ? .error : .value)
    style.isReversed = focused
    if focused, !navigation.editor.isSelected || !isTyping {
      frame.fill(row: row, columns: column..<column + width, style, in: region)
    } else if focused {
      frame.fill(
        row: row, columns: column..<column + width, Style(.value, underlined: true), in: region)
    }
    if focused, isTyping {
      let editor = navigation.editor.withoutCredential
      if editor.isSelected || editor.isFresh, Width.columns(of: editor.text) >= width {
        // From its beginning, as long as nothing is typed: the caret may stand behind the end.
        frame.put(
          Self.shown(editor.text, width: width, isChoice: false), row: row, column: column, style,
          in: region, limit: width)
        setCursor(&frame, region, row, column + (editor.isSelected ? 0 : width - 1))
        return
      }
      let window = editor.window(width)
      if navigation.editor.isEmpty {
        frame.put(
          field.placeholder, row: row, column: column, Style(.hint, reversed: true),
          in: region, limit: width)
      } else {
        frame.put(window.text, row: row, column: column, style, in: region, limit: width)
        if let completion, window.caretColumn < width {
          frame.put(
            String(completion.name.dropFirst(editor.text.count)), row: row,
            column: column + window.caretColumn, Style(.hint, reversed: true), in: region,
            limit: width - window.caretColumn)
        }
      }
      setCursor(&frame, region, row, column + window.caretColumn)
      return
    }
    let text = Credential.masked(workspace.form.text(at: address))
    if text.isEmpty {
      frame.put(
        field.placeholder, row: row, column: column, Style(.hint, reversed: focused),
        in: region, limit: width)
    } else {
      frame.put(
        Self.shown(text, width: width, isChoice: isChoice), row: row, column: column, style,
        in: region, limit: width)
    }
    if focused { setCursor(&frame, region, row, column) }
  }

  /// What long choices are called where there is no room for them.
  private static let shortNames = ["RegularExpression": "Regex"]

  /// A text in so many columns, `~` at its end where it is cut.
  private static func shown(_ text: String, width: Int, isChoice: Bool) -> String {
    guard Width.columns(of: text[...]) > width else { return text }
    if isChoice, let short = shortNames[text], width >= short.utf8.count { return short }
    return text.fitted(width)
  }

  private mutating func drawTable(
    _ table: Table, _ frame: inout Frame, _ region: Region, _ row: Int, _ plan: Plan
  ) {
    let shown =
      plan.tableTop..<min(table.count, max(plan.tableTop, plan.tableTop + plan.tableRows - 1))
    let cells = shown.map(table.cells)
    let widths = widths(of: table, in: region.columns - 2, showing: shown, cells)
    var column = 2
    for (index, title) in table.columns.enumerated() where widths[index] > 0 {
      frame.put(
        title.title, row: row, column: column, Style(.label, underlined: true), in: region,
        limit: widths[index])
      column += widths[index] + 1
    }
    if table.count == 0 {
      frame.put(table.empty, row: row + 1, column: 2, Style(.hint), in: region)
      return
    }
    // What one row asks for, all do.
    let choices = table.cells(0).map { cell in
      if case .field(let field) = cell { !workspace.isText(field.address) } else { false }
    }
    for (index, cells) in cells.enumerated() {
      drawRow(cells, widths, choices, &frame, region, row + 1 + index)
    }
    if shown.lowerBound > 0 || shown.upperBound < table.count {
      let text = " \(shown.lowerBound + 1)-\(shown.upperBound) of \(table.count) "
      frame.put(
        text, row: row, column: region.columns - text.utf8.count, Style(.hint), in: region)
    }
  }

  private mutating func drawRow(
    _ cells: [Table.Cell], _ widths: [Int], _ choices: [Bool], _ frame: inout Frame,
    _ region: Region, _ row: Int
  ) {
    guard row >= 0, row < region.rows else { return }
    var column = 2
    for (place, cell) in cells.enumerated() where widths[place] > 0 {
      switch cell {
      case .words(let words):
        frame.put(
          Self.shown(Credential.masked(words), width: widths[place], isChoice: false), row: row,
          column: column,
          in: region, limit: widths[place])
      case .field(let field):
        let focused = navigation.focus == .field(field.address)
        if focused || isLastRow(field.address) {
          frame.put(">", row: row, column: 0, Style(.key, bold: focused), in: region)
        } else if isBad(field.address) {
          frame.put("!", row: row, column: column - 1, Style(.error), in: region)
        }
        drawText(
          field, focused, &frame, region, row, column, width: widths[place],
          isChoice: choices[place])
      }
      column += widths[place] + 1
    }
  }

  /// Whether it is the field that had the focus before the buttons that act on its row.
  private func isLastRow(_ address: Address) -> Bool {
    if case .button = navigation.focus { navigation.lastRow == address } else { false }
  }

  /// The widths of a table's columns: computed words give way first, then all shrink; what a
  /// column does not need for its rows goes to those whose texts would be cut. While keys come
  /// faster than the form is judged they stay.
  private mutating func widths(
    of table: Table, in available: Int, showing shown: Range<Int>, _ rows: [[Table.Cell]]
  ) -> [Int] {
    if !workspace.analysis.isJudged, let known = viewport.widths, known.available == available,
      known.shown == shown, known.columns == table.columns
    {
      return known.widths
    }
    var widths = widths(of: table, in: available)
    var needs = zip(table.columns, widths).map { min($0.title.utf8.count, max(0, $1)) }
    for cells in rows {
      for (place, cell) in cells.enumerated() where widths[place] > 0 {
        needs[place] = max(needs[place], need(cell, width: widths[place]))
      }
    }
    for cut in widths.indices where widths[cut] > 0 {
      for other in widths.indices.reversed() where other != cut {
        let part = min(needs[cut] - widths[cut], widths[other] - needs[other])
        guard part > 0, widths[other] > 0 else { continue }
        widths[cut] += part
        widths[other] -= part
      }
    }
    viewport.widths = Viewport.Widths(
      columns: table.columns, available: available, shown: shown, widths: widths)
    return widths
  }

  /// The columns that a cell asks for: of a text one more, for the caret; what stands in an empty
  /// field asks for no more than there is.
  private func need(_ cell: Table.Cell, width: Int) -> Int {
    switch cell {
    case .words(let words): return Width.columns(of: words)
    case .field(let field):
      let text = Credential.masked(workspace.form.text(at: field.address))
      if text.isEmpty { return min(width, Width.columns(of: field.placeholder)) }
      return Width.columns(of: Self.shortNames[text] ?? text) + 1
    }
  }

  private func widths(of table: Table, in available: Int) -> [Int] {
    var widths = table.columns.map(\.width)
    let least = 12
    func total() -> Int {
      widths.reduce(0) { $0 + ($1 == 0 ? least : $1) + 1 }
    }
    let flexible = widths.firstIndex(of: 0)
    if table.count > 0, total() > available {
      let cells = table.cells(0)
      for index in widths.indices.reversed() where total() > available && index != flexible {
        if case .words = cells[index], widths[index] > 8 { widths[index] = -1 }
      }
    }
    while total() > available, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 5
    {
      widths[widest] -= 1
    }
    if let flexible {
      let used = widths.reduce(0) { $0 + ($1 > 0 ? $1 + 1 : 0) }
      widths[flexible] = max(4, available - used - 1)
    }
    return widths
  }

  /// The faults of the page's fields that were left, that of the focused one first, below the form
  /// where rows are free; the row below them.
  private mutating func drawFaults(
    _ page: FormPage, _ frame: inout Frame, _ region: Region, below row: Int, _ plan: Plan
  ) -> Int {
    let end = plan.count - viewport.formTop
    var free = max(row + 1, end)
    viewport.hiddenFault = nil
    for problem in faults(of: page) {
      let isFocused = navigation.focus == .field(problem.address)
      let fix = problem.fixTitle.map { _ in "  [\(way(to: .fix)): fix]" } ?? ""
      let text = isFocused ? "\(problem.label) \(problem.message)" : problem.text
      if free >= region.rows {
        let line = StyledLine(text + (isFocused ? fix : ""), problem.severity.role)
        viewport.hiddenFault = viewport.hiddenFault ?? line
      }
      let parts = text.wrapped(
        columns: region.columns - 2, rows: region.rows - free, ending: isFocused ? fix : "")
      for part in parts {
        frame.put(part, row: free, column: 1, Style(problem.severity.role), in: region)
        free += 1
      }
    }
    return free == max(row + 1, end) ? end : free
  }

  /// What is wrong with fields of the page that were left: with the focused one anything, with
  /// others errors.
  private mutating func faults(of page: FormPage) -> [FormProblem] {
    var faults: [FormProblem] = []
    viewport.left.follow(workspace.analysis, navigation.left)
    for problem in viewport.left.problems {
      if navigation.focus == .field(problem.address) {
        faults.insert(problem, at: 0)
      } else if problem.severity == .error, page.spot(of: .field(problem.address)) != nil {
        faults.append(problem)
      }
    }
    return faults
  }
}

extension LineEditor {
  /// The text as it may be shown: where it holds what looks like a credential, `***` stands in its
  /// place, and the caret behind everything.
  fileprivate var withoutCredential: LineEditor {
    guard Credential.isLikely(text) else { return self }
    var shown = LineEditor(Credential.masked(text))
    if isSelected { shown.select() }
    return shown
  }
}
