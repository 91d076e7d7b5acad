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
  /// the page; nil where there is no room for any of it.
  mutating func drawForm(
    _ frame: inout Frame, _ page: FormPage, _ region: Region
  ) -> PaneCache.Form? {
    guard region.rows > 0 else { return nil }
    let chart = chart(columns: region.columns - 2)
    let reserved = viewport.chartRows.reserve(
      chart?.lines.count ?? 0,
      on: [
        navigation.step.rawValue, navigation.rule, region.rows, region.columns, page.lines.count,
      ])
    let wanted = region.rows - reserved
    let position = page.position(of: navigation.focus)
    let plan = FormPlan(
      page, showing: position, rows: max(wanted, min(region.rows, page.neededRows)),
      tableTop: viewport.tableTop)
    let focusedRow = position.flatMap(plan.row)
    viewport.tableTop = plan.tableTop
    viewport.formTop = Viewport.top(
      viewport.formTop,
      showing: position.flatMap { plan.rows(around: $0, of: page, in: region.rows) } ?? 0..<0,
      rows: region.rows, of: plan.count)
    let form = PaneCache.Form(page: page, region: region, plan: plan, labels: page.labelWidth)
    viewport.left.follow(workspace, navigation.left)
    for index in page.lines.indices { draw(index, of: form, &frame) }
    let free = drawProblems(
      page, &frame, region, below: (focusedRow ?? 0) - viewport.formTop, plan)
    if let chart { draw(chart, &frame, region, below: free) }
    return form
  }

  /// Draws the line of the focused field again, whose text alone changed.
  mutating func drawFocusedLine(_ frame: inout Frame, of form: PaneCache.Form) {
    guard let position = form.page.position(of: navigation.focus),
      let start = form.plan.rows[position.line]
    else { return }
    let first = max(0, start - viewport.formTop)
    let end =
      start - viewport.formTop + (form.plan.tableLine == position.line ? form.plan.tableRows : 1)
    let rows = Region(
      row: form.region.row + first, column: form.region.column,
      rows: min(end, form.region.rows) - first, columns: form.region.columns)
    guard rows.rows > 0 else { return }
    viewport.beginAgain()
    frame.clear(rows)
    draw(position.line, of: form, &frame)
  }

  /// The rows that a page takes when nothing gives way, with its problems and its chart.
  mutating func rowsInAll(_ page: FormPage, _ columns: Int) -> Int {
    let problems = problems(of: page).reduce(0) { $0 + $1.text.wrapped(columns - 2).count }
    return page.wantedRows + problems + (chart(columns: columns - 2)?.lines.count ?? 0)
  }

  /// The problems of the page's fields that were left, the focused one's first, below the form
  /// where rows are free; the row below them.
  private mutating func drawProblems(
    _ page: FormPage, _ frame: inout Frame, _ region: Region, below row: Int, _ plan: FormPlan
  ) -> Int {
    let end = plan.count - viewport.formTop
    var free = max(row + 1, end)
    viewport.hiddenProblem = nil
    for problem in problems(of: page) {
      let isFocused = navigation.focus == .field(problem.address)
      let fix = problem.fixTitle.map { _ in "  [\(way(to: .fix)): fix]" } ?? ""
      let text = isFocused ? "\(problem.label) \(problem.message)" : problem.text
      if free >= region.rows {
        let line = StyledLine(text + (isFocused ? fix : ""), problem.severity.role)
        viewport.hiddenProblem =
          viewport.hiddenProblem ?? .init(line: line, isFocused: isFocused)
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

  /// What is wrong with fields of the page that were left, and with what its step is about besides: with
  /// the focused field anything, else errors.
  private mutating func problems(of page: FormPage) -> [FormProblem] {
    var problems: [FormProblem] = []
    viewport.left.follow(workspace, navigation.left)
    for problem in viewport.left.problems {
      if navigation.focus == .field(problem.address) {
        problems.insert(problem, at: 0)
      } else if problem.severity == .error,
        page.position(of: .field(problem.address)) != nil
          || concernsStep(problem)
      {
        problems.append(problem)
      }
    }
    return problems
  }

  /// Whether a problem is one of the step, for its rule, whatever fields it shows.
  private func concernsStep(_ problem: FormProblem) -> Bool {
    navigation.cards.isEmpty && problem.step == navigation.step
      && problem.address.rule ?? navigation.rule == navigation.rule
  }
}
