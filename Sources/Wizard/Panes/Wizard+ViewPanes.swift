import Manifest
import Kinds
import Lint
import RouteForm
import Screen

extension Wizard {
  /// Steps, rules and files at the left.
  mutating func drawRail(_ frame: inout Frame, _ rail: Drawn.Rail, _ region: Region) {
    var row = 0
    frame.put("STEPS", row: row, column: 1, Style(.heading, bold: true), in: region)
    row += 1
    for step in Step.allCases {
      let mark = mark(ofStep: step)
      let count = workspace.analysis.errorsByStep[step].map { " (\($0))" } ?? ""
      let style = step == navigation.step ? Style(.heading, reversed: true) : style(ofMark: mark)
      frame.put(
        "\(step.rawValue) \(mark) \(step.shortTitle)\(count)", row: row, column: 1, style,
        in: region)
      viewport.note(
        region.row + row, region.column..<region.column + region.columns, .step(step))
      row += 1
    }
    row += 1
    frame.put(
      "RULES (\(rail.labels.count))", row: row, column: 1, Style(.heading, bold: true), in: region)
    row += 1
    let most = max(1, region.rows - row - rail.files.count - 2)
    let first = min(max(0, navigation.rule - most + 1), max(0, rail.labels.count - most))
    for (index, label) in rail.labels.enumerated().dropFirst(first).prefix(most) {
      let mark: Character =
        index == navigation.rule ? ">" : workspace.analysis.faultyRules.contains(index) ? "!" : "+"
      let style = index == navigation.rule ? Style(.heading, bold: true) : style(ofMark: mark)
      frame.put("\(index + 1) \(mark) \(label)", row: row, column: 1, style, in: region)
      viewport.note(
        region.row + row, region.column..<region.column + region.columns, .rule(index))
      row += 1
    }
    row += 1
    frame.put("FILES", row: row, column: 1, Style(.heading, bold: true), in: region)
    for file in rail.files {
      row += 1
      frame.put(file, row: row, column: 1, in: region)
    }
  }

  /// What the focused field is, in as many lines as there are.
  func drawExplain(_ frame: inout Frame, _ region: Region) {
    if region.rows < 4, case .field(let address) = navigation.focus,
      navigation.left.contains(address),
      let problem = workspace.analysis.problems.first(where: { $0.address == address })
    {
      frame.put(
        "\(problem.label) \(problem.message)", row: 0, column: 1, Style(problem.severity.role),
        in: region)
      return
    }
    if region.rows < 4, let fault = viewport.hiddenFault {
      frame.put(fault, row: 0, column: 1, Style(.error), in: region)
      return
    }
    if region.rows < 4 {
      drawHelp(&frame, region)
      return
    }
    var row = 0
    for line in context.explanation.prefix(12) {
      for part in line.text.wrapped(region.columns - 2) where row < region.rows {
        frame.put(part, row: row, column: 1, Style(line.role), in: region)
        row += 1
      }
    }
  }

  /// The meaning alone, in a row or two; what does not fit is one key away.
  private func drawHelp(_ frame: inout Frame, _ region: Region) {
    guard let line = context.explanation.first else { return }
    let columns = region.columns - 2
    let isCut = line.text.wrapped(columns).count > region.rows
    let parts = line.text.wrapped(
      columns: columns, rows: region.rows, ending: isCut ? " \(way(to: .explain))" : "")
    for (row, part) in parts.enumerated() {
      frame.put(part, row: row, column: 1, Style(line.role), in: region)
    }
  }

  /// The first problems, where there is a pane for them.
  func drawProblems(_ frame: inout Frame, _ region: Region) {
    frame.put(
      "Problems: \(workspace.counts)", row: 0, column: 0, Style(.heading, bold: true), in: region)
    var row = 1
    for problem in context.problems where row < region.rows {
      for part in problem.text.wrapped(region.columns - 1)
      where row < region.rows {
        frame.put(part, row: row, column: 0, Style(problem.severity.role), in: region)
        row += 1
      }
    }
  }
}
