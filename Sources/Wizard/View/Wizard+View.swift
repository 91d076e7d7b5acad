import Lint
import RouteForm
package import Screen

extension Wizard {
  /// The screen as it is now.
  package mutating func frame() -> Frame {
    let arrangement = Arrangement(model)
    if arrangement.isTiny || model.overlays.last?.isStart == true {
      drawn = nil
      viewport.forgetHits()
      viewport.begin(.overlay)
      var frame = Frame(model.size)
      if arrangement.isTiny { drawTiny(&frame) } else { drawStart(&frame) }
      return frame
    }
    var drawn = canvas(arrangement)
    drawn.frame.cursor = nil
    drawPanes(&drawn, arrangement)
    self.drawn = drawn
    viewport.begin(.overlay)
    guard let overlay = model.overlays.last else { return drawn.frame }
    draw(overlay, &drawn.frame)
    return drawn.frame
  }

  /// The last frame to draw over, or a new one with its rules and keys.
  private mutating func canvas(_ arrangement: Arrangement) -> Drawn {
    let scene = Drawn.Scene(
      size: model.size, step: model.step, cards: model.cards, isYAMLOpen: model.isYAMLOpen,
      hasSelector: hasSelector)
    if let drawn, drawn.scene == scene, drawn.frame.clusters.count < 200 {
      // Its storage is not to be shared with what is drawn now.
      self.drawn = nil
      return drawn
    }
    viewport.forgetHits()
    var drawn = Drawn(scene: scene)
    for row in arrangement.separators { drawn.frame.horizontalLine(row: row, Style(.border)) }
    for column in arrangement.rules {
      drawn.frame.verticalLine(column: column, rows: arrangement.ruleRows, Style(.border))
    }
    viewport.begin(.keys)
    drawKeys(&drawn.frame, arrangement.keys)
    return drawn
  }

  private mutating func drawPanes(_ drawn: inout Drawn, _ arrangement: Arrangement) {
    let title = Drawn.Title(
      place: place, isDirty: model.isDirty, problems: derived.problemsVersion)
    if drawn.title != title {
      drawTitle(&drawn.frame, arrangement.title)
      drawn.title = title
    }
    let steps = Drawn.Steps(
      visited: model.visited, problems: derived.problemsVersion, isPool: isPoolRule)
    if let region = arrangement.steps, drawn.steps != steps {
      redraw(.steps, region, &drawn.frame) { $0.drawSteps(&$1, region) }
      drawn.steps = steps
    }
    if let region = arrangement.rail {
      let rail = Drawn.Rail(
        steps: steps, rule: model.rule, labels: drawn.labels.texts(of: model.form.rules),
        files: targetPaths.map { "\(quickMark(of: $0, isDirty: title.isDirty)) \($0)" })
      if drawn.rail != rail {
        redraw(.rail, region, &drawn.frame) { $0.drawRail(&$1, rail, region) }
        drawn.rail = rail
      }
    }
    drawForm(&drawn.frame, arrangement)
    if let region = arrangement.yaml {
      redraw(.yaml, region, &drawn.frame) { $0.drawYAML(&$1, arrangement) }
      let title = yamlTitle
      if let region = arrangement.yamlTitle, model.preview == .manifests, drawn.yamlTitle != title {
        drawYAMLTitle(&drawn.frame, title, region)
      }
      drawn.yamlTitle = title
    } else {
      viewport.yamlRows = 1
    }
    let explain = Drawn.Explain(
      focus: model.focus, problems: derived.problemsVersion, isLeft: isFocusLeft,
      fault: viewport.hiddenFault)
    if drawn.explain != explain {
      redraw(.explain, arrangement.explain, &drawn.frame) {
        $0.drawExplain(&$1, arrangement.explain)
      }
      drawn.explain = explain
    }
    if let region = arrangement.problems, drawn.problems != derived.problemsVersion {
      redraw(.problems, region, &drawn.frame) { $0.drawProblems(&$1, region) }
      drawn.problems = derived.problemsVersion
    }
    let history = model.history.position
    let status = Drawn.Status(
      focus: model.focus, isEditing: model.isEditing, message: model.message,
      done: history.done, total: history.total, drafted: model.drafted, isDirty: title.isDirty,
      hasMouse: model.hasMouse)
    if drawn.status != status {
      redraw(.status, arrangement.status, &drawn.frame) {
        $0.drawStatus(&$1, status, arrangement.status)
      }
      drawn.status = status
    }
  }

  /// Draws a pane on an empty region.
  private mutating func redraw(
    _ pane: Pane, _ region: Region, _ frame: inout Frame,
    _ draw: (inout Wizard, inout Frame) -> Void
  ) {
    viewport.begin(pane)
    frame.clear(region)
    draw(&self, &frame)
  }

  private var isFocusLeft: Bool {
    if case .field(let address) = model.focus { model.left.contains(address) } else { false }
  }

  /// The form with its title and, in the steps of one rule, the rule's line.
  private mutating func drawForm(_ frame: inout Frame, _ arrangement: Arrangement) {
    let page = page
    viewport.begin(.form)
    if let region = arrangement.formTitle {
      frame.clear(region)
      let number = model.cards.isEmpty ? "\(model.step.rawValue) " : ""
      frame.put(
        "\(number)\(page.title)", row: 0, column: 1, Style(.heading, bold: true), in: region)
    }
    var form = arrangement.form
    if let selector = arrangement.selector {
      frame.clear(selector)
      if hasSelector {
        drawSelector(&frame, selector)
      } else if arrangement.formTitle == nil, form.rows > 0 {
        form = Region(
          row: selector.row, column: form.column, rows: form.rows + 1, columns: form.columns)
      }
    }
    frame.clear(form)
    drawForm(&frame, page, form)
  }

  private func drawTiny(_ frame: inout Frame) {
    let least = Arrangement.least
    let lines = [
      "aigw-wizard: too small", "now \(model.size.columns)x\(model.size.rows)",
      "needs \(least.columns)x\(least.rows)", "edits are safe",
      "\(keymap.way(to: .leave)) leaves, keeping a draft",
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
    if derived.errorsByStep[step] != nil { return "!" }
    if step == .pool, !isPoolRule { return "-" }
    if step == .splits || step == .overrides, isPoolRule { return "-" }
    return model.visited.contains(step) ? "+" : "."
  }

  private func drawSteps(_ frame: inout Frame, _ region: Region) {
    var column = 1
    for step in Step.allCases {
      let style =
        step == model.step ? Style(.heading, reversed: true) : style(ofMark: mark(ofStep: step))
      let isShort = region.columns < 79 && step != model.step
      let text = "\(step.rawValue)\(mark(ofStep: step))\(isShort ? "" : step.shortTitle)"
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

  private func drawStatus(_ frame: inout Frame, _ status: Drawn.Status, _ region: Region) {
    frame.put(
      status.isEditing ? "EDIT" : "CMD ", row: 0, column: 1, Style(.key, bold: true), in: region)
    if let message = status.message {
      frame.put(message.text, row: 0, column: 6, Style(message.role, bold: true), in: region)
      return
    }
    let place: String =
      switch status.focus {
      case .field(let address): "\(address)"
      case .button(let title): "< \(title) >"
      case .jump: "Enter goes there"
      case .yaml(let line): "line \(line + 1)"
      }
    let column = frame.put(place, row: 0, column: 6, in: region) + 3
    var right = status.total > 0 ? "undo \(status.done)/\(status.total) " : ""
    if let drafted = status.drafted, status.isDirty,
      column + right.utf8.count + 20 < region.columns
    {
      right += "  draft saved \(drafted) "
    }
    let mouse = "  \(mouseState) "
    if status.hasMouse, region.columns >= 160,
      column + right.utf8.count + mouse.utf8.count < region.columns
    {
      right += mouse
    }
    let start = region.columns - right.utf8.count
    if start > column { frame.put(right, row: 0, column: start, Style(.hint), in: region) }
  }

  private static let keyRows: [[(Command, String)]] = [
    [
      (.help, "Help"), (.save, "Save"), (.nextStep, "Next step"), (.undo, "Undo"),
      (.goTo, "Go to"), (.problems, "Problems"), (.simulate, "Simulate"),
    ],
    [
      (.leave, "Exit"), (.nextField, "Next"), (.previousStep, "Prev step"), (.redo, "Redo"),
      (.redraw, "Redraw"), (.yaml, "YAML"), (.generated, "Generated"),
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
