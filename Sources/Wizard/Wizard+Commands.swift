import Schemas
import YAML
import RouteForm
import Screen

extension Wizard {
  /// Runs a command, from a key, a button, the menu or the help panel.
  mutating func run(_ command: Command) -> [Effect] {
    if panels.hasStart, !command.worksAtStart {
      message = StyledLine("first choose what to start from", .warning)
      return []
    }
    let count = panels.count
    defer { panels.note(command, from: count) }
    return execute(command)
  }

  private mutating func execute(_ command: Command) -> [Effect] {
    if let number = command.stepNumber, let step = Step(rawValue: number) {
      go(to: step)
      return []
    }
    if let tab = Tab(command) { navigation.tab = tab }
    if command.needsLint, postpones(.command(command)) { return [] }
    switch command {
    case .nextField, .previousField: return step(command == .nextField)
    case .nextStep: if let step = Step(rawValue: navigation.step.rawValue + 1) { go(to: step) }
    case .previousStep: if let step = Step(rawValue: navigation.step.rawValue - 1) { go(to: step) }
    case .nextRule: select(rule: navigation.rule + 1)
    case .previousRule: select(rule: navigation.rule - 1)
    case .goTo: panels.open(.goTo(GoToPanel()))
    case .help: panels.open(.help(HelpPanel(isStarting: panels.hasStart)))
    case .menu: panels.open(.menu(MenuPanel()))
    case .explain: panels.open(.explain(ExplainPanel()))
    case .problems: panels.open(.problems(ProblemsPanel()))
    case .nextProblem: goToNextProblem()
    case .simulate:
      panels.openSimulator(
        asking: workspace.form.rule(navigation.rule).map(SimulatorForm.init(for:)))
    case .generated: turnPreview()
    case .fix: fix(context.problemAtFocus)
    case .yaml: toggleYAML()
    case .toggle: return toggle()
    case .choose: openChoices()
    case .undo, .redo: undo(again: command == .redo)
    case .addRow: change(command, context.rowToAdd)
    case .addRule: change(command, context.ruleToAdd)
    case .addMatch: change(command, context.matchToAdd)
    case .addHeader: change(command, context.headerToAdd)
    case .addBackend: change(command, context.backendToAdd)
    case .addGateway: change(command, context.gatewayToAdd)
    case .removeRow: change(command, context.rowToRemove)
    case .removeRule: change(command, context.ruleToRemove)
    case .duplicateRow: change(command, context.rowToDuplicate)
    case .duplicateRule: change(command, context.ruleToDuplicate)
    case .describe: describeBackend()
    case .renameKey: askNewKey()
    case .moveRowUp: change(command, context.rowToMove(by: -1))
    case .moveRowDown: change(command, context.rowToMove(by: 1))
    case .usePool: change(command, context.poolToUse)
    case .useBackends: change(command, context.backendsToUse)
    case .search: panels.open(.prompt(Prompt("Search in \(searchedPlace)", .search)))
    case .searchNext: find(forward: true)
    case .searchPrevious: find(forward: false)
    case .open: askWhatToOpen()
    case .chooseRoute: askForRoute()
    case .diff: return showDifferences()
    case .save, .saveAs: return save(asking: command == .saveAs)
    case .filePerObject: return switchLayout()
    case .kustomization: return switchKustomization()
    case .connect: return askForCluster()
    case .reread: return readAgain()
    case .useRelease: useRelease()
    case .askServer: return ask(command) { $0.askServer() }
    case .apply: return ask(command) { $0.askToApply() }
    case .status: return ask(command) { $0.askForStatus() }
    case .diffCluster: return ask(command) { $0.compareWithCluster() }
    case .openFromCluster: return ask(command) { $0.askForClusterRoute() }
    case .leave: return askToLeave()
    case .interrupt: return interrupt()
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .mouse: return switchMouse()
    case .show: return showText()
    case .copy: panels.open(.dialog(copyDialog))
    case .editor: return editOutside()
    case .step1, .step2, .step3, .step4, .step5, .step6, .step7, .step8: break
    }
    return []
  }

  private mutating func save(asking: Bool) -> [Effect] {
    workspace.leavesAfterSaving = false
    guard asking else { return startSaving() }
    askForPath()
    return []
  }

  private mutating func showDifferences() -> [Effect] {
    workspace.revise()
    panels.open(.diff(DiffPanel(workspace.differenceLines)))
    return [.read(workspace.targetPaths, .compare)]
  }

  private mutating func switchMouse() -> [Effect] {
    hasMouse.toggle()
    message = StyledLine(mouseState)
    return [.mouse(hasMouse)]
  }

  private mutating func showText() -> [Effect] {
    followPreview()
    return [.show(Credential.masked(context.panePrintedText.text))]
  }

  /// Goes to the next or previous place; Tab selects what stands there.
  mutating func step(_ forward: Bool, selecting: Bool = false) -> [Effect] {
    if case .yaml = navigation.focus {
      toggleYAML()
      return []
    }
    let page = page
    guard let position = page.position(of: navigation.focus) else {
      focusFirst()
      return []
    }
    if let focus = forward ? page.next(after: position) : page.previous(before: position) {
      move(to: focus, selecting: selecting)
    }
    return []
  }

  mutating func toggleYAML() {
    if case .yaml = navigation.focus {
      let back = navigation.beforeYAML
      navigation.isYAMLOpen = false
      if let back { move(to: back) }
      refocus()
      return
    }
    navigation.beforeYAML = navigation.focus
    followPreview()
    let line = context.paneLines?.lowerBound ?? 0
    workspace.history.close()
    navigation.isYAMLOpen = true
    navigation.isYAMLVisit = false
    navigation.focus = .yaml(line)
  }

  /// Presses the focused button or switch; of a choice it takes the next option.
  private mutating func toggle() -> [Effect] {
    guard let address = navigation.focusedField else { return pressFocused() }
    choose(address, by: 1)
    return []
  }

  /// Steps through what a field may hold.
  mutating func choose(_ address: Address, by step: Int) {
    let choices = workspace.form.choices(at: address)
    guard !choices.isEmpty else {
      message = StyledLine(
        "this is more than a line of text; \(way(to: .editor)) edits it", .warning)
      return
    }
    let shown = shownChoice(at: address)
    let place = choices.firstIndex(of: shown).map { $0 + step } ?? 0
    perform(.fill(address, choices[(place + choices.count) % choices.count]))
  }

  /// Lists what the focused field may hold.
  private mutating func openChoices() {
    if let address = navigation.focusedField,
      case let names = workspace.form.knownNames(at: address, in: workspace.analysis.cluster),
      !names.isEmpty
    {
      panels.open(.names(NamesPanel(address, names)))
      return
    }
    guard let address = navigation.focusedField,
      case let choices = workspace.form.explainedChoices(at: address), !choices.isEmpty
    else {
      message = StyledLine("nothing to choose from here", .warning)
      return
    }
    let shown = shownChoice(at: address)
    let selection = choices.firstIndex { $0.value == shown } ?? 0
    panels.open(.choices(ChoicesPanel(address, choices, selection: selection)))
  }

  /// What stands in a field to choose from: its value, else what it stands for without one.
  private func shownChoice(at address: Address) -> String {
    let present = workspace.form.text(at: address)
    return present.isEmpty ? workspace.form.defaultChoice(at: address) ?? "" : present
  }

  /// Presses the focused button or line.
  mutating func pressFocused() -> [Effect] {
    switch navigation.focus {
    case .button, .toggle:
      return page.button(of: navigation.focus).map { perform($0.action) } ?? []
    case .jump(let number):
      return page.target(of: number).map { perform(.go($0)) } ?? []
    case .field, .yaml: return []
    }
  }

  /// A command that changes rules or rows.
  private mutating func change(_ command: Command, _ operation: FormEdit?) {
    guard let operation else {
      message = StyledLine("not here: \(command.summary)", .warning)
      return
    }
    let pressed = navigation.focus
    perform(operation)
    if case .button = pressed, command.staysOnButton, page.position(of: pressed) != nil {
      move(to: pressed)
    }
  }

  /// What a search looks through.
  private var searchedPlace: String {
    if panels.isSearchable { return "the list" }
    return isReviewFocused ? "Review" : "the YAML"
  }

  /// Whether the keys go to the lines of Review.
  var isReviewFocused: Bool {
    navigation.step == .review && navigation.cards.isEmpty && !isLineFocused
  }

  /// The next line that holds the searched text: of the list on top, of Review, else of the YAML.
  mutating func find(forward: Bool) {
    guard !navigation.search.isEmpty else {
      message = StyledLine("nothing to repeat: press / to search first", .warning)
      return
    }
    let search = LineSearch(navigation.search, forward: forward)
    let isFound =
      panels.find(search, in: context)
      ?? (isReviewFocused ? findOnReview(search) : findInYAML(search))
    if !isFound { message = StyledLine("not found: \(navigation.search)", .warning) }
  }

  private mutating func findOnReview(_ search: LineSearch) -> Bool {
    let page = page
    let lines = page.searchedLines
    let here = page.position(of: navigation.focus).flatMap { position in
      lines.firstIndex { $0.line == position.line }
    }
    guard let found = search.next(from: here ?? (search.isForward ? -1 : 0), in: lines.map(\.text)),
      let focus = page.lines[lines[found].line].focus(row: 0, place: 0)
    else { return false }
    move(to: focus)
    return true
  }

  private mutating func findInYAML(_ search: LineSearch) -> Bool {
    followPreview()
    let printedText = context.panePrintedText
    let start =
      if case .yaml(let line) = navigation.focus { line } else { search.isForward ? -1 : 0 }
    let found = search.next(from: start, of: printedText.lineCount, line: printedText.line)
    guard let found else { return false }
    if case .yaml = navigation.focus {} else { toggleYAML() }
    navigation.focus = .yaml(found)
    return true
  }
}
