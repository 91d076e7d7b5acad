import RouteForm
import Screen

extension Wizard {
  /// What an inspector's part is drawn from.
  mutating func section(_ tab: Tab) -> PaneCache.Section {
    var section = PaneCache.Section(tab: tab, isOpen: isAnythingOpen)
    switch tab {
    case .explain: section.lines = context.explanation
    case .problems:
      section.number = workspace.analysis.problemsVersion
      section.focus = navigation.focus
    case .simulate:
      if workspace.analysis.wantsAnswerBeside {
        let simulatorForm = trialBeside
        workspace.analysis.answerBeside(
          simulatorForm.request, down: simulatorForm.down, in: workspace.form)
      }
      section.number = workspace.analysis.simulations.displayedAnswer?.number ?? 0
    case .diff:
      section.form = workspace.form
      section.number = workspace.saved == nil ? 0 : 1
    }
    return section
  }

  /// The last request of the Simulate panel, else that which the selected rule asks for.
  private var trialBeside: SimulatorForm {
    let simulatorForm = panels.simulatorForm
    guard simulatorForm.isUntouched, let rule = workspace.form.rule(navigation.rule) else {
      return simulatorForm
    }
    return SimulatorForm(for: rule)
  }

  /// Draws as much of a part as there is room for; what does not fit is one command away.
  func draw(_ section: PaneCache.Section, _ frame: inout Frame, _ region: Region) {
    let columns = region.columns - 2
    var rows: [StyledLine] = []
    for line in lines(of: section) where rows.count <= region.rows {
      rows += line.text.wrapped(columns).map { StyledLine(String($0), line.role) }
    }
    if rows.count > region.rows, let last = rows.prefix(region.rows).last {
      let end = " ... \(way(to: section.tab.command))"
      let text = String(last.text.wrapped(columns - end.utf8.count)[0]) + end
      rows[region.rows - 1] = StyledLine(text, last.role)
    }
    for (row, line) in rows.prefix(region.rows).enumerated() {
      frame.put(line.text, row: row, column: 1, Style(line.role), in: region)
    }
  }

  private func lines(of section: PaneCache.Section) -> [StyledLine] {
    switch section.tab {
    case .explain: return section.lines
    case .problems:
      let lines = context.problems.prefix(50).map { StyledLine($0.text, $0.severity.role) }
      return lines.isEmpty ? [StyledLine("none", .hint)] : lines
    case .simulate: return workspace.analysis.simulations.displayedAnswer?.answer.lines ?? []
    case .diff:
      let changes = workspace.changes(since: workspace.saved ?? workspace.initial)
      return changes.isEmpty
        ? [StyledLine("nothing changed", .hint)] : changes.map { StyledLine($0, .changed) }
    }
  }

  /// What a part is called, with how much is in it where that is known.
  func title(of tab: Tab) -> String {
    let count = workspace.analysis.problems.count
    return tab == .problems && count > 0 ? "\(tab.command.short) \(count)" : tab.command.short
  }

  /// The parts' names in one line, that of the part below it in brackets.
  mutating func drawTabs(_ frame: inout Frame, _ region: Region) {
    var column = 1
    for tab in Tab.allCases {
      let isShown = tab == navigation.tab
      let title = title(of: tab)
      let end = frame.put(
        isShown ? "[\(title)]" : " \(title) ", row: 0, column: column,
        Style(isShown ? .heading : .hint, bold: isShown), in: region)
      viewport.note(region.row, column..<end, .command(tab.command))
      column = end + 1
    }
  }

  /// What the focused field is, in a row or two; in their first row what is wrong with it, or, where
  /// there are two, with others, where the form has no room for it.
  func drawHelp(_ frame: inout Frame, _ region: Region) {
    var rows: [StyledLine] = []
    func add(_ line: StyledLine, rows most: Int) {
      let columns = region.columns - 2
      let isCut = line.text.wrapped(columns).count > most
      rows += line.text.wrapped(
        columns: columns, rows: most, ending: isCut ? " \(way(to: .explain))" : ""
      ).map { StyledLine($0, line.role) }
    }
    if let problem = viewport.hiddenProblem, problem.isFocused || region.rows > 1 {
      add(problem.line, rows: 1)
    }
    if let line = context.explanation.first { add(line, rows: region.rows - rows.count) }
    for (row, line) in rows.enumerated() {
      frame.put(line.text, row: row, column: 1, Style(line.role), in: region)
    }
  }
}
