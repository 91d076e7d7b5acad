import Schemas
import YAML
import RouteForm
import Screen

extension Wizard {
  /// A table: its titles, then as many of its records as it has rows.
  mutating func drawTable(
    _ table: Table, _ frame: inout Frame, _ region: Region, _ row: Int, _ plan: FormPlan
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
    // The buttons, and other fields of the step, leave the row marked on which the buttons act.
    var isInside = false
    if let address = navigation.focusedField { isInside = table.row(address) != nil }
    let marked = isInside ? nil : navigation.lastRow
    for (index, cells) in cells.enumerated() {
      drawRow(cells, widths, choices, marked, &frame, region, row + 1 + index)
    }
    if shown.lowerBound > 0 || shown.upperBound < table.count {
      let text = " \(shown.lowerBound + 1)-\(shown.upperBound) of \(table.count) "
      frame.put(
        text, row: row, column: region.columns - text.utf8.count, Style(.hint), in: region)
    }
  }

  private mutating func drawRow(
    _ cells: [Table.Cell], _ widths: [Int], _ choices: [Bool], _ marked: Address?,
    _ frame: inout Frame, _ region: Region, _ row: Int
  ) {
    guard row >= 0, row < region.rows else { return }
    var column = 2
    for (place, cell) in cells.enumerated() where widths[place] > 0 {
      switch cell {
      case .text(let text):
        frame.put(
          Self.shown(Credential.masked(text), width: widths[place], isChoice: false), row: row,
          column: column,
          in: region, limit: widths[place])
      case .field(let field):
        let focused = navigation.focus == .field(field.address)
        if focused || field.address == marked {
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

  /// The widths of a table's columns: computed words give way first, then all shrink; what a
  /// column does not need for its rows goes to those whose texts would be cut. While keys come
  /// faster than the linter runs they stay.
  private mutating func widths(
    of table: Table, in available: Int, showing shown: Range<Int>, _ rows: [[Table.Cell]]
  ) -> [Int] {
    if !workspace.analysis.isLinted, let known = viewport.widths, known.available == available,
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
    case .text(let text): return Width.columns(of: text)
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
        if case .text = cells[index], widths[index] > 8 { widths[index] = -1 }
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
}
