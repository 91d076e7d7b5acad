import Lint
import YAML
import RouteForm
import Screen

extension Wizard {
  /// Gives an input to the panel on top.
  mutating func give(_ input: PanelInput) -> [Effect] {
    switch panels.handle(input, in: context) {
    case .stay: return []
    case .close:
      panels.close()
      return []
    case .command(let action):
      if case .menu? = panels.top { leaveMenuButton() }
      panels.close()
      return perform(action)
    case .effects(let action): return perform(action)
    case .refusePaste:
      refusePaste()
      return []
    }
  }

  /// What is chosen in the menu is meant for the field that one came from to its button.
  private mutating func leaveMenuButton() {
    let focus = context.besideMenu.navigation.focus
    if focus != navigation.focus { move(to: focus) }
  }

  /// Closes the panel on top without an answer.
  mutating func closePanel() {
    if case .cluster(let panel)? = panels.top, panel.isApplying {
      message = StyledLine(
        "cancelled: what was applied so far stays; \(way(to: .status)) shows its status",
        .warning)
    }
    panels.close()
    if !isPostponing { stopSaving() }
  }

  /// Saves no more, and leaves no more after it.
  mutating func stopSaving() {
    workspace.leavesAfterSaving = false
    keepOutput()
  }

  mutating func refusePaste() {
    message = StyledLine("pasted text ignored: no text field has the focus", .warning)
  }

  /// Does what a button, a line or a panel asks for.
  mutating func perform(_ action: Action) -> [Effect] {
    switch action {
    case .command(let command): return run(command)
    case .operation(let operation): perform(operation)
    case .openCard(let address): openCard(address)
    case .closeCard: closeCard()
    case .askKey(let map):
      panels.open(.prompt(Prompt("The key of the new entry", .key(map))))
    case .go(let address): go(to: address)
    case .reach(let address): reach(address)
    case .fix(let problem): fix(problem)
    case .begin(let recipe):
      begin(recipe.form)
      enterPage()
    case .recover(let name): return [.recover(name)]
    case .show(let place): choose(route: place)
    case .answer(let answer): return self.answer(answer)
    case .answerPrompt(let purpose, let text): return answer(purpose, text)
    case .saveCase: return saveCase()
    case .say(let line): message = line
    case .connect(let context): return connect(to: context)
    case .openClusterRoute(let route): return open(route)
    case .useName(let address, let name): use(name, at: address)
    }
    return []
  }

  private mutating func answer(_ purpose: Prompt.Purpose, _ text: String) -> [Effect] {
    switch purpose {
    case .saveAs: return save(to: text)
    case .search:
      navigation.search = text
      find(forward: true)
      return []
    case .key(let map):
      addEntry(text, to: map)
      return []
    case .newKey(let entry):
      rename(entry, to: text)
      return []
    case .apply: return apply(named: text)
    }
  }

  private mutating func answer(_ answer: Dialog.Answer) -> [Effect] {
    switch answer {
    case .cancel: stopSaving()
    case .saveAndLeave:
      workspace.leavesAfterSaving = true
      return startSaving()
    case .keepAndLeave: return [.quit(leaving(keepingDraft: true))]
    case .discardAndLeave: return [.quit(leaving(keepingDraft: false))]
    case .save: return startSaving()
    case .write:
      return [.write(workspace.files.isEmpty ? workspace.targets : workspace.changedTargets)]
    case .saveAs: askForPath()
    case .keepFile(let path): return save(to: path)
    case .open: askForFile()
    case .takeTheirs: return open(workspace.files.map(\.path))
    case .showBoth: return run(.diff)
    case .openFile(let path):
      keepOutput()
      return open([path])
    case .resume(let name): return [.recover(name)]
    case .firstError:
      stopSaving()
      if let problem = workspace.analysis.problems.first(where: { $0.severity == .error }) {
        go(to: problem.address)
        navigation.left.insert(problem.address)
      }
    case .pool(let rule, let keeping): switchToPool(rule: rule, keeping: keeping)
    case .apply: return applyOrAskName()
    case .openClusterRoute: chooseClusterRoute()
    case .copyYAML:
      followPreview()
      return [.copy(context.panePrintedText.text)]
    case .copyPath:
      if let address = navigation.focusedField { return [.copy("\(address)")] }
    case .copyCommand: return workspace.sameCommand.map { [.copy($0)] } ?? []
    }
    return []
  }

  /// Adds an entry without a value, which is typed next.
  private mutating func addEntry(_ key: String, to map: Address) {
    let address = map.appending(key)
    guard isFree(address, key) else { return }
    perform(.replace(address, .string("")))
    move(to: .field(address))
    message = StyledLine("added \(key)")
  }

  /// Asks for another key of a label or annotation.
  mutating func askNewKey() {
    guard let entry = context.entryAtFocus, case .key(let key) = entry.path.last else {
      message = StyledLine("no label or annotation has the focus", .warning)
      return
    }
    panels.open(.prompt(Prompt("The new key of \(key)", .newKey(entry), key)))
  }

  /// Gives an entry another key; it stays where it is.
  private mutating func rename(_ entry: Address, to key: String) {
    let map = entry.parent
    guard case .key(let old) = entry.path.last, old != key,
      case .mapping(var mapping)? = workspace.form.value(at: map),
      let place = mapping.index(of: old), isFree(map.appending(key), key)
    else { return }
    mapping.entries[place].key = key
    perform(.replace(map, .mapping(mapping)))
    move(to: .field(map.appending(key)))
    message = StyledLine("renamed \(old) to \(key)")
  }

  /// Whether a map has no entry of a key yet; goes to it otherwise.
  private mutating func isFree(_ address: Address, _ key: String) -> Bool {
    guard workspace.form.value(at: address) != nil else { return true }
    message = StyledLine("\(key) exists already", .warning)
    move(to: .field(address))
    return false
  }

  private mutating func switchToPool(rule: Int, keeping: Bool) {
    let before = now
    let outcome = workspace.form.perform(.usePool(rule: rule, keeping: keeping))
    forgetLeft(within: FormState.backendRefs(rule))
    workspace.history.record(before, .single)
    workspace.history.close()
    workspace.follow()
    if let address = outcome.focus { go(to: address) }
    message = StyledLine(
      "\(Workspace.name(of: FormState.ruleList, rule, in: before.form)) goes to an InferencePool; "
        + "\(way(to: .undo)) brings its backends back")
  }

  /// Saves to another place.
  private mutating func save(to path: String) -> [Effect] {
    if workspace.formerOutput == nil { workspace.formerOutput = workspace.output }
    workspace.output.path = path
    return startSaving()
  }

  /// Goes back to where the manifests went before a "save as" that did not come to saving.
  private mutating func keepOutput() {
    if let former = workspace.formerOutput { workspace.output = former }
    workspace.formerOutput = nil
  }
}
