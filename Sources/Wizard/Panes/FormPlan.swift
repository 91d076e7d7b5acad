import RouteForm
import Screen

/// Which row of a page each of its lines begins in, where the page has so many rows: what does not
/// fit gives way by rank, then the table scrolls.
struct FormPlan: Sendable {
  private(set) var rows: [Int: Int] = [:]
  /// The rows that the page takes.
  private(set) var count = 0
  private(set) var tableLine: Int?
  /// The first record of the table that is shown.
  private(set) var tableTop = 0
  private(set) var tableRows = 0

  /// Places the lines of a page; `top` is the first record that the table showed last.
  init(_ page: FormPage, showing position: PagePosition?, rows available: Int, tableTop top: Int) {
    var kept = Array(page.lines.indices)
    tableLine = page.lines.firstIndex { $0.table != nil }
    let table = tableLine.flatMap { page.lines[$0].table }
    let tableHeight = table.map(\.height) ?? 0
    let least = min(tableHeight, 4)
    func needed() -> Int { kept.count - (table == nil ? 0 : 1) }
    for (rank, rows) in [(FormRow.Rank.air, tableHeight), (.help, least)] {
      while needed() + rows > available,
        let last = kept.last(where: {
          page.lines[$0].rank >= rank && page.lines[$0].rank != .needed
        })
      {
        let first = kept.last { $0 <= last && !page.lines[$0].goesOn } ?? last
        kept.removeAll { (first...last).contains($0) }
      }
    }
    tableRows = max(2, min(tableHeight, max(least, available - needed())))
    for index in kept {
      rows[index] = count
      count += index == tableLine ? tableRows : 1
    }
    guard let table else { return }
    let wanted =
      if let position, position.line == tableLine { position.row..<position.row + 1 } else { 0..<0 }
    tableTop = Viewport.top(top, showing: wanted, rows: tableRows - 1, of: table.count)
  }

  /// The row of the page that a place is in; nil where its line gave way.
  func row(of position: PagePosition) -> Int? {
    guard let start = rows[position.line] else { return nil }
    return start + (tableLine == position.line ? position.row - tableTop + 1 : 0)
  }
}

extension FormPlan {
  /// The rows to be seen when a place has the focus: its own and the next one, those that go on
  /// with it, and with the first place of the page what stands above, where there is room.
  func rows(around position: PagePosition, of page: FormPage, in most: Int) -> Range<Int>? {
    guard let row = row(of: position) else { return nil }
    let rest = page.lines[(position.line + 1)...].prefix(while: \.goesOn).count
    let end = min(count, row + max(2, rest + 1))
    let isFirst = position.row == 0 && page.lines[..<position.line].allSatisfy { $0.width == 0 }
    return (isFirst && end <= most ? 0 : row)..<end
  }
}

extension FormPage {
  /// The rows that the page takes when all that may give way has done so.
  var neededRows: Int {
    lines.reduce(0) { rows, line in
      if let table = line.table { return rows + table.height }
      return rows + (line.rank == .needed ? 1 : 0)
    }
  }

  /// The rows that the page takes when nothing gives way.
  var wantedRows: Int { lines.reduce(0) { $0 + ($1.table?.height ?? 1) } }

  /// The columns of the widest label beside which a field stands alone in its row.
  var labelWidth: Int {
    lines.reduce(0) { width, line in
      guard case .fields(let fields) = line.content, fields.count == 1 else { return width }
      return max(width, fields[0].label.utf8.count)
    }
  }
}

extension FormLine {
  var table: Table? { if case .table(let table) = content { table } else { nil } }
}

extension Table {
  /// The rows of the screen that it takes with its titles, when nothing gives way.
  fileprivate var height: Int { max(1, count) + 1 }
}
