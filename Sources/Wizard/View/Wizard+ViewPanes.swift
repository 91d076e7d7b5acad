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
      let count = derived.errorsByStep[step].map { " (\($0))" } ?? ""
      let style = step == model.step ? Style(.heading, reversed: true) : style(ofMark: mark)
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
    let first = min(max(0, model.rule - most + 1), max(0, rail.labels.count - most))
    for (index, label) in rail.labels.enumerated().dropFirst(first).prefix(most) {
      let mark: Character =
        index == model.rule ? ">" : derived.faultyRules.contains(index) ? "!" : "+"
      let style = index == model.rule ? Style(.heading, bold: true) : style(ofMark: mark)
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
    if region.rows == 1, case .field(let address) = model.focus, model.left.contains(address),
      let problem = derived.problems.first(where: { $0.address == address })
    {
      frame.put(
        "\(problem.label) \(problem.message)", row: 0, column: 1, Style(problem.severity.role),
        in: region)
      return
    }
    if region.rows == 1, let fault = viewport.hiddenFault {
      frame.put(fault, row: 0, column: 1, Style(.error), in: region)
      return
    }
    var row = 0
    for line in explanation.prefix(region.rows == 1 ? 1 : 12) {
      for part in wrapped(line.text, region.columns - 2) where row < region.rows {
        frame.put(part, row: row, column: 1, Style(line.role), in: region)
        row += 1
        if region.rows == 1 { return }
      }
    }
  }

  /// The facts of the focused field, from the same source as its checks.
  var explanation: [StyledLine] {
    guard let address = explainedAddress,
      let property = address.object.resource.property(at: address.path)
    else { return [StyledLine(model.step.summary, .hint)] }
    var lines = [StyledLine(property.facts)]
    if !property.examples.isEmpty {
      lines.append(StyledLine("For example: \(property.examples.joined(separator: ", "))", .hint))
    }
    for problem in derived.problems where problem.address == address {
      lines.append(
        StyledLine(
          "\(problem.label) \(problem.message)", problem.severity.role))
      if let finding = problem.finding {
        lines.append(StyledLine("Said by: \(finding.source.rawValue), \(finding.rule)", .hint))
      }
    }
    if property.source.dropFirst().hasPrefix("-CRD") {
      lines.append(StyledLine("Source: \(property.source)", .hint))
    }
    return lines
  }

  /// The field that help is about: the focused one, or that of the YAML's line.
  private var explainedAddress: Address? {
    switch model.focus {
    case .field(let address): return address
    case .yaml(let line): return address(ofLine: line)
    case .button, .jump: return nil
    }
  }

  /// The first problems, where there is a pane for them.
  func drawProblems(_ frame: inout Frame, _ region: Region) {
    frame.put(
      "Problems: \(counts)", row: 0, column: 0, Style(.heading, bold: true), in: region)
    var row = 1
    for problem in derived.problems where row < region.rows {
      for part in wrapped(problem.text, region.columns - 1)
      where row < region.rows {
        frame.put(part, row: row, column: 0, Style(problem.severity.role), in: region)
        row += 1
      }
    }
  }

  /// A text cut at blanks into lines of so many columns.
  func wrapped(_ text: String, _ columns: Int) -> [Substring] { text.wrapped(columns) }
}
