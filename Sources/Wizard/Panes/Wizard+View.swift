import Lint
import RouteForm
package import Screen

extension Wizard {
  /// The screen as it is now.
  package mutating func frame() -> Frame {
    if isLintDue {
      isLintDue = false
      lintIfFast()
    }
    var arrangement = ScreenLayout(size, navigation)
    if arrangement.isTiny || panels.top?.isStart == true {
      drawn = nil
      viewport.forgetHits()
      viewport.begin(.overlay)
      var frame = Frame(size)
      if arrangement.isTiny { drawTiny(&frame) } else { drawPanel(&frame) }
      if let message, !arrangement.isTiny {
        frame.put(message.text, row: size.rows - 3, column: 1, Style(message.role, bold: true))
      }
      if isStripOpen { drawStrip(&frame) }
      return frame
    }
    if navigation.step == .review { workspace.workOutCommand() }
    // Until the linter has run, only the typed field, the YAML and what is about the whole follow.
    let form = isSettled ? nil : drawn?.form
    let page = form?.page ?? page
    let hasFreeRow = form?.hasFreeRow ?? hasFreeRow(page, arrangement)
    if hasFreeRow { arrangement.growHelp() }
    var drawn = canvas(arrangement)
    if form == nil { drawn.form = nil }
    drawn.frame.cursor = nil
    drawPanes(&drawn, arrangement, page)
    drawn.form?.hasFreeRow = hasFreeRow
    self.drawn = drawn
    viewport.begin(.overlay)
    drawPanel(&drawn.frame)
    if isStripOpen { drawStrip(&drawn.frame) }
    return drawn.frame
  }

  /// The panel on top, over what is there.
  private mutating func drawPanel(_ frame: inout Frame) {
    if case .simulator(let panel)? = panels.top {
      workspace.analysis.answer(
        to: panel.simulatorForm.request, down: panel.simulatorForm.down, in: workspace.form)
    }
    panels.draw(&frame, &viewport, in: context)
  }

  /// The last frame to draw over, or a new one with its rules and keys.
  private mutating func canvas(_ arrangement: ScreenLayout) -> PaneCache {
    let scene = PaneCache.Scene(
      size: size, step: navigation.step, cards: navigation.cards, isYAMLOpen: navigation.isYAMLOpen,
      hasSelector: hasSelector, helpRows: arrangement.help?.rows ?? 0)
    if let drawn, drawn.scene == scene, drawn.frame.graphemes.count < 200 {
      // Its storage is not to be shared with what is drawn now.
      self.drawn = nil
      return drawn
    }
    viewport.forgetHits()
    var drawn = PaneCache(scene: scene)
    for row in arrangement.separators { drawn.frame.horizontalLine(row: row, Style(.border)) }
    for column in arrangement.rules {
      drawn.frame.verticalLine(column: column, rows: arrangement.ruleRows, Style(.border))
    }
    return drawn
  }

  private mutating func drawPanes(
    _ drawn: inout PaneCache, _ arrangement: ScreenLayout, _ page: FormPage
  ) {
    let analysis = workspace.analysis
    let isDirty = workspace.isDirty
    let title = PaneCache.Title(
      outputPath: workspace.outputPath,
      route: workspace.form.routePlaces.count > 1 ? workspace.form.routeName : nil,
      isDirty: isDirty, problems: analysis.problemsVersion,
      cluster: analysis.cluster.map { "cluster: \($0.name.shortened(24)), \($0.time)" },
      release: workspace.form.release)
    if drawn.title.changes(to: title) { drawTitle(&drawn.frame, title, arrangement.title) }
    if let form = drawn.form {
      drawFocusedLine(&drawn.frame, of: form)
    } else {
      drawSteps(&drawn, arrangement, isDirty: isDirty)
      drawn.form = drawForm(&drawn.frame, page, arrangement)
      drawInspector(&drawn, arrangement)
    }
    drawYAML(&drawn, arrangement)
    if drawn.keys.changes(to: isAnythingOpen) {
      redraw(.keys, arrangement.keys, &drawn.frame) { $0.drawKeys(&$1, arrangement.keys) }
    }
    let history = workspace.history.position
    let status = PaneCache.Status(
      focus: focusText, isSelected: navigation.editor.isSelected && isTyping,
      message: message ?? wait.map { StyledLine("\($0) Esc cancels", .hint) },
      done: history.done, total: history.total, draft: workspace.draft, isDirty: isDirty,
      hasMouse: hasMouse)
    if drawn.status.changes(to: status) {
      redraw(.status, arrangement.status, &drawn.frame) {
        $0.drawStatus(&$1, status, arrangement.status)
      }
    }
  }

  /// Help in a row or two; or the part of the inspector that is wanted; or its first parts.
  private mutating func drawInspector(_ drawn: inout PaneCache, _ arrangement: ScreenLayout) {
    if let region = arrangement.help {
      let help = PaneCache.Help(
        lines: context.explanation, isOpen: isAnythingOpen,
        problems: workspace.analysis.problemsVersion, isLeft: isFocusLeft,
        hiddenProblem: viewport.hiddenProblem)
      if drawn.help.changes(to: help) {
        redraw(.help, region, &drawn.frame) { $0.drawHelp(&$1, region) }
      }
    }
    let names = PaneCache.Tabs(tab: navigation.tab, problems: workspace.analysis.problemsVersion)
    if let region = arrangement.tabs, drawn.tabs.changes(to: names) {
      redraw(.tabs, region, &drawn.frame) { $0.drawTabs(&$1, region) }
    }
    let parts = arrangement.tabs == nil ? Tab.allCases : [navigation.tab]
    for (place, (tab, region)) in zip(parts, arrangement.inspector).enumerated() {
      let section = section(tab)
      guard drawn.sections[place].changes(to: section) else { continue }
      let pane: Pane = place == 0 ? .explain : place == 1 ? .problems : .simulate
      redraw(pane, region, &drawn.frame) { $0.draw(section, &$1, region) }
      guard arrangement.tabs == nil else { continue }
      let head = Region(
        row: region.row - 1, column: region.column, rows: 1, columns: region.columns)
      drawn.frame.clear(head)
      drawn.frame.put(
        title(of: tab).uppercased(), row: 0, column: 1, Style(.heading, bold: true), in: head)
      viewport.note(
        head.row, head.column..<head.column + head.columns, .command(tab.command))
    }
  }

  /// Whether the form and what is drawn below it leave a row free, for more help.
  private mutating func hasFreeRow(_ page: FormPage, _ arrangement: ScreenLayout) -> Bool {
    guard arrangement.help?.rows == 1, navigation.step != .review else { return false }
    let rows = arrangement.form.rows + (hasSelector || page.cardTitle != nil ? 0 : 1)
    return rowsInAll(page, arrangement.form.columns) < rows
  }

  /// The steps, in one line or in the rail.
  private mutating func drawSteps(
    _ drawn: inout PaneCache, _ arrangement: ScreenLayout, isDirty: Bool
  ) {
    let steps = PaneCache.Steps(
      visited: navigation.visited, problems: workspace.analysis.problemsVersion,
      isPool: isPoolRule)
    if let region = arrangement.steps, drawn.steps.changes(to: steps) {
      redraw(.steps, region, &drawn.frame) { $0.drawSteps(&$1, region) }
    }
    guard let region = arrangement.rail else { return }
    if arrangement.hasCases, workspace.analysis.isLinted, let file = workspace.cases?.file {
      workspace.analysis.run(file, in: workspace.form)
    }
    let rail = PaneCache.Rail(
      steps: steps, rule: navigation.rule, labels: drawn.labels.texts(of: workspace.form.rules),
      files: workspace.targetPaths.map {
        "\(workspace.quickMark(of: $0, isDirty: isDirty)) \($0)"
      }, cases: arrangement.hasCases ? workspace.caseMarks : [])
    if drawn.rail.changes(to: rail) {
      redraw(.rail, region, &drawn.frame) { $0.drawRail(&$1, rail, region) }
    }
  }

  private mutating func drawYAML(_ drawn: inout PaneCache, _ arrangement: ScreenLayout) {
    guard let region = arrangement.yaml else {
      viewport.yamlRows = 1
      return
    }
    viewport.begin(.yaml)
    if navigation.preview == .manifests {
      drawYAML(&drawn, region)
    } else {
      drawGenerated(&drawn, arrangement, region)
    }
    let title = yamlTitle
    let isOther = drawn.yamlTitle.changes(to: title)
    if let region = arrangement.yamlTitle, navigation.preview == .manifests, isOther {
      drawYAMLTitle(&drawn.frame, title, region)
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
    if let address = navigation.focusedField {
      navigation.left.contains(address)
    } else {
      false
    }
  }

  /// The form with its title and, in the steps of one rule, the rule's line.
  private mutating func drawForm(
    _ frame: inout Frame, _ page: FormPage, _ arrangement: ScreenLayout
  ) -> PaneCache.Form? {
    viewport.begin(.form)
    if let region = arrangement.formTitle {
      frame.clear(region)
      let number = navigation.cards.isEmpty ? "\(navigation.step.rawValue) " : ""
      frame.put(
        "\(number)\(page.title)", row: 0, column: 1, Style(.heading, bold: true), in: region)
    }
    var form = arrangement.form
    if let selector = arrangement.selector {
      frame.clear(selector)
      if arrangement.formTitle == nil, form.rows > 0, let title = page.cardTitle {
        frame.put(title, row: 0, column: 1, Style(.heading, bold: true), in: selector)
      } else if hasSelector {
        drawSelector(&frame, selector)
      } else if arrangement.formTitle == nil, form.rows > 0 {
        form = Region(
          row: selector.row, column: form.column, rows: form.rows + 1, columns: form.columns)
      }
    }
    frame.clear(form)
    let drawn = drawForm(&frame, page, form)
    drawExtent(of: drawn, &frame, arrangement)
    return drawn
  }

  /// Which rows of a page are seen that has more of them than there is room for, above the form.
  private func drawExtent(
    of form: PaneCache.Form?, _ frame: inout Frame, _ arrangement: ScreenLayout
  ) {
    let line =
      arrangement.formTitle
      ?? arrangement.separators.first.map {
        Region(row: $0, column: arrangement.form.column, rows: 1, columns: arrangement.form.columns)
      }
    guard let line else { return }
    if arrangement.formTitle == nil { frame.horizontalLine(row: 0, Style(.border), in: line) }
    guard let form, form.plan.count > form.region.rows else { return }
    let end = min(form.plan.count, viewport.formTop + form.region.rows)
    let text = " \(viewport.formTop + 1)-\(end) of \(form.plan.count) "
    frame.put(text, row: 0, column: line.columns - text.utf8.count - 1, Style(.hint), in: line)
  }

  private func drawTiny(_ frame: inout Frame) {
    let least = ScreenLayout.least
    let lines = [
      "aigw-wizard: too small", "now \(size.columns)x\(size.rows)",
      "needs \(least.columns)x\(least.rows)", "edits are safe",
      "\(keymap.way(to: .leave)) leaves, keeping a draft",
      "or: aigw-wizard --linear",
    ]
    for (row, line) in lines.enumerated() { frame.put(line, row: row, column: 0) }
    frame.cursor = Frame.CellPosition(row: 0, column: 0)
  }

  /// The mark of a step: errors, current, done, not applicable, not visited.
  func mark(ofStep step: Step) -> Character {
    if step == navigation.step { return ">" }
    if workspace.analysis.errorsByStep[step] != nil { return "!" }
    if step == .pool, !isPoolRule { return "-" }
    if step == .splits || step == .overrides, isPoolRule { return "-" }
    return navigation.visited.contains(step) ? "+" : "."
  }

  private func drawSteps(_ frame: inout Frame, _ region: Region) {
    var column = 1
    for step in Step.allCases {
      let style =
        step == navigation.step
        ? Style(.heading, reversed: true) : style(ofMark: mark(ofStep: step))
      let isShort = region.columns < 79 && step != navigation.step
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

  /// The focus as the status line names it.
  private var focusText: String {
    switch navigation.focus {
    case .field(let address): "\(address)"
    case .button, .toggle: "< \(page.button(of: navigation.focus)?.title ?? "") >"
    case .jump(let number): page.target(of: number) == nil ? "" : "Enter goes there"
    case .yaml(let line): "line \(line + 1)"
    }
  }
}
