import Lint
import RouteForm
package import Screen

extension Wizard {
  /// The screen as it is now.
  package mutating func frame() -> Frame {
    var frame = Frame(model.size)
    viewport.hits.removeAll(keepingCapacity: true)
    let arrangement = Arrangement(model)
    if arrangement.isTiny {
      drawTiny(&frame)
      return frame
    }
    if case .start(let selection)? = model.overlays.last {
      drawStart(&frame, selection: selection)
      return frame
    }
    drawTitle(&frame, arrangement.title)
    for row in arrangement.separators { frame.horizontalLine(row: row, Style(.border)) }
    for column in arrangement.rules {
      frame.verticalLine(
        column: column, rows: arrangement.ruleRows, Style(.border))
    }
    if let steps = arrangement.steps { drawSteps(&frame, steps) }
    if let rail = arrangement.rail { drawRail(&frame, rail) }
    let page = page
    if let region = arrangement.formTitle {
      let number = model.cards.isEmpty ? "\(model.step.rawValue) " : ""
      frame.put(
        "\(number)\(page.title)", row: 0, column: 1, Style(.heading, bold: true), in: region)
    }
    var form = arrangement.form
    if let selector = arrangement.selector {
      if !drawSelector(&frame, selector), arrangement.formTitle == nil, form.rows > 0 {
        form = Region(
          row: selector.row, column: form.column, rows: form.rows + 1, columns: form.columns)
      }
    }
    drawForm(&frame, page, form)
    drawYAML(&frame, arrangement)
    drawExplain(&frame, arrangement.explain)
    if let problems = arrangement.problems { drawProblems(&frame, problems) }
    drawStatus(&frame, arrangement.status)
    drawKeys(&frame, arrangement.keys)
    if let overlay = model.overlays.last { draw(overlay, &frame) }
    return frame
  }

  private func drawTiny(_ frame: inout Frame) {
    let least = Arrangement.least
    let lines = [
      "aigw-wizard: too small", "now \(model.size.columns)x\(model.size.rows)",
      "needs \(least.columns)x\(least.rows)", "edits are safe", "^X leaves",
    ]
    for (row, line) in lines.enumerated() { frame.put(line, row: row, column: 0) }
    frame.cursor = Frame.Place(row: 0, column: 0)
  }

  private func drawTitle(_ frame: inout Frame, _ region: Region) {
    let bar = Style(.title, reversed: true)
    frame.fill(row: 0, columns: 0..<region.columns, bar, in: region)
    let name = "\(place)\(model.isDirty ? " *" : "")"
    frame.put("aigw-wizard  \(name)", row: 0, column: 1, bar, in: region)
    var right = "offline  "
    if derived.errors + derived.warnings > 0 { right += "\(counts)  " }
    right += "\(model.step.rawValue)/8 "
    frame.put(right, row: 0, column: region.columns - right.utf8.count, bar, in: region)
  }

  /// The mark of a step: errors, current, done, not applicable, not visited.
  func mark(ofStep step: Step) -> Character {
    if step == model.step { return ">" }
    if derived.problems.contains(where: { $0.severity == .error && $0.step == step }) { return "!" }
    if step == .pool, !isPoolRule { return "-" }
    if step == .splits || step == .overrides, isPoolRule { return "-" }
    return model.visited.contains(step) ? "+" : "."
  }

  private func drawSteps(_ frame: inout Frame, _ region: Region) {
    var column = 1
    for step in Step.allCases {
      let style =
        step == model.step ? Style(.heading, reversed: true) : style(ofMark: mark(ofStep: step))
      let text = "\(step.rawValue)\(mark(ofStep: step))\(step.shortTitle)"
      let end = frame.put(text, row: 0, column: column, style, in: region)
      if end == column { break }
      column = end + 1
    }
  }

  func style(ofMark mark: Character) -> Style {
    switch mark {
    case "!": Style(.error)
    case "+": Style(.success)
    case "-": Style(.hint)
    default: .plain
    }
  }

  private func drawStatus(_ frame: inout Frame, _ region: Region) {
    frame.put(model.isEditing ? "EDIT" : "CMD ", row: 0, column: 1, Style(.key, bold: true), in: region)
    var column = 6
    let place: String =
      switch model.focus {
      case .field(let address): "\(address)"
      case .button(let title): "< \(title) >"
      case .jump: "Enter goes there"
      case .yaml(let line): "line \(line + 1)"
      }
    column = frame.put(place, row: 0, column: column, in: region) + 3
    if let message = model.message {
      frame.put(
        message.text, row: 0, column: column, Style(message.role, bold: true), in: region)
      return
    }
    let history = model.history.position
    let right = history.total > 0 ? "undo \(history.done)/\(history.total) " : ""
    let start = region.columns - right.utf8.count
    if start > column { frame.put(right, row: 0, column: start, Style(.hint), in: region) }
  }

  private static let keyRows: [[(Command, String)]] = [
    [
      (.help, "Help"), (.save, "Save"), (.nextStep, "Next step"), (.undo, "Undo"),
      (.goTo, "Go to"), (.problems, "Problems"),
    ],
    [
      (.leave, "Exit"), (.nextField, "Next"), (.previousStep, "Prev step"), (.redo, "Redo"),
      (.redraw, "Redraw"), (.yaml, "YAML"),
    ],
  ]

  private mutating func drawKeys(_ frame: inout Frame, _ region: Region) {
    var column = 1
    for place in Self.keyRows[0].indices {
      let entries = Self.keyRows.map { $0[place] }
      let hints = entries.map { keymap.hint(for: $0.0) }
      let width = zip(hints, entries).map { $0.utf8.count + $1.1.utf8.count + 1 }.max() ?? 0
      guard column + width <= region.columns else { return }
      for (row, entry) in entries.enumerated() {
        let end = frame.put(
          hints[row], row: row, column: column, Style(.key, reversed: true), in: region)
        frame.put(entry.1, row: row, column: end + 1, in: region)
        viewport.note(region.row + row, column..<column + width, .command(entry.0))
      }
      column += width + (region.columns > 100 ? 4 : 2)
    }
  }
}
