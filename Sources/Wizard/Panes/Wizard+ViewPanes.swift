import YAML
import Schemas
import Lint
import RouteForm
import Screen

extension Wizard {
  /// Steps, rules, files and simulator cases at the left.
  mutating func drawRail(_ frame: inout Frame, _ rail: PaneCache.Rail, _ region: Region) {
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
    let cases = rail.cases.isEmpty ? 0 : min(rail.cases.count, 12) + 2
    let most = max(1, region.rows - row - rail.files.count - 2 - cases)
    let first = min(max(0, navigation.rule - most + 1), max(0, rail.labels.count - most))
    for (index, label) in rail.labels.enumerated().dropFirst(first).prefix(most) {
      let mark: Character =
        index == navigation.rule
        ? ">" : workspace.analysis.rulesWithErrors.contains(index) ? "!" : "+"
      let style = index == navigation.rule ? Style(.heading, bold: true) : style(ofMark: mark)
      frame.put(
        "\(index + 1) \(mark) \(label)".shortened(region.columns - 1), row: row, column: 1, style,
        in: region)
      viewport.note(
        region.row + row, region.column..<region.column + region.columns, .rule(index))
      row += 1
    }
    row += 1
    frame.put("FILES", row: row, column: 1, Style(.heading, bold: true), in: region)
    for file in rail.files {
      row += 1
      frame.put(file.shortened(region.columns - 1), row: row, column: 1, in: region)
    }
    drawCases(&frame, rail.cases, region.part(row: row + 2))
  }

  private mutating func drawCases(_ frame: inout Frame, _ cases: [StyledLine], _ region: Region) {
    guard !cases.isEmpty, region.rows > 0 else { return }
    frame.put(
      "SIM CASES (\(cases.count))", row: 0, column: 1, Style(.heading, bold: true), in: region)
    viewport.note(
      region.row, region.column..<region.column + region.columns, .command(.simulate))
    for (row, line) in cases.prefix(region.rows - 1).enumerated() {
      frame.put(
        line.text.shortened(region.columns - 1), row: row + 1, column: 1, Style(line.role),
        in: region)
    }
  }
}
