import Kinds
import Manifest
import RouteForm
import Screen

extension Wizard {
  /// Runs a command, from a key, a button, the menu or the palette.
  mutating func run(_ command: Command) -> [Effect] {
    if let number = command.stepNumber, let step = Step(rawValue: number) {
      go(to: step)
      return []
    }
    switch command {
    case .nextField, .previousField: step(command == .nextField)
    case .nextStep: if let step = Step(rawValue: model.step.rawValue + 1) { go(to: step) }
    case .previousStep: if let step = Step(rawValue: model.step.rawValue - 1) { go(to: step) }
    case .nextRule: select(rule: model.rule + 1)
    case .previousRule: select(rule: model.rule - 1)
    case .goTo: model.overlays.append(.goTo(LineEditor(), selection: 0))
    case .help: model.overlays.append(.palette(LineEditor(), selection: 0))
    case .menu: model.overlays.append(.menu(selection: 0))
    case .explain: model.overlays.append(.pager(Pager(kind: .explain)))
    case .problems: model.overlays.append(.pager(Pager(kind: .problems)))
    case .nextProblem: goToNextProblem()
    case .simulate: openSimulator()
    case .generated: turnPreview()
    case .fix: fix(problemAtFocus)
    case .yaml: toggleYAML()
    case .toggle: return toggle()
    case .edit: if case .field(let address) = model.focus { edit(address) }
    case .undo: undo(model.history.undo(from: now), nothing: "nothing to undo", done: "undone")
    case .redo: undo(model.history.redo(from: now), nothing: "nothing to redo", done: "redone")
    case .addRow, .addRule, .addMatch, .addHeader, .addBackend, .addGateway, .removeRow,
      .removeRule, .duplicateRow, .duplicateRule, .moveRowUp, .moveRowDown, .usePool, .useBackends:
      change(command)
    case .search:
      model.overlays.append(
        .prompt(Prompt(title: "Search in the YAML", purpose: .search, editor: LineEditor())))
    case .searchNext: find(forward: true)
    case .searchPrevious: find(forward: false)
    case .open: askWhatToOpen()
    case .chooseRoute: askForRoute()
    case .diff, .save, .saveAs, .filePerObject, .kustomization, .leave, .interrupt, .suspend,
      .redraw, .copy, .editor, .mouse, .show:
      return runOutside(command)
    case .step1, .step2, .step3, .step4, .step5, .step6, .step7, .step8: break
    }
    return []
  }

  /// The commands that need the world outside.
  private mutating func runOutside(_ command: Command) -> [Effect] {
    switch command {
    case .save:
      model.leavesAfterSaving = false
      return startSaving()
    case .saveAs:
      model.leavesAfterSaving = false
      askForPath()
      return []
    case .diff:
      revise()
      model.overlays.append(.pager(Pager(kind: .diff, lines: differenceLines)))
      return [.read(targetPaths, .compare)]
    case .filePerObject: return switchLayout()
    case .kustomization:
      model.output.writesKustomization.toggle()
      return [.read(targetPaths, .compare)]
    case .leave: return askToLeave()
    case .interrupt: return interrupt()
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .mouse:
      model.hasMouse.toggle()
      model.message = StyledLine(mouseState)
      return [.mouse(model.hasMouse)]
    case .show:
      followPreview()
      return [.show(paneListing.text)]
    case .copy:
      model.overlays.append(.dialog(copyDialog))
      return []
    case .editor:
      return editOutside()
    default: return []
    }
  }

  private mutating func step(_ forward: Bool) {
    if case .yaml = model.focus {
      toggleYAML()
      return
    }
    let page = page
    guard let spot = page.spot(of: model.focus) else {
      focusFirst()
      return
    }
    if let focus = forward ? page.next(after: spot) : page.previous(before: spot) {
      move(to: focus)
    }
  }

  mutating func toggleYAML() {
    if case .yaml = model.focus {
      let back = model.beforeYAML
      model.isYAMLOpen = false
      if let back { move(to: back) }
      refocus()
      return
    }
    model.beforeYAML = model.focus
    followPreview()
    let line = paneLines?.lowerBound ?? 0
    model.history.close()
    model.isEditing = false
    model.isYAMLOpen = true
    model.focus = .yaml(line)
  }

  /// The lines of the YAML that the focused field writes, or those of what is around it.
  var focusedLines: Range<Int>? {
    guard case .field(var address) = model.focus,
      let document = derived.objects.firstIndex(of: address.object)
    else { return nil }
    while true {
      if let lines = derived.listing.lines(of: address.path, in: document) { return lines }
      if address.path.isRoot { return nil }
      address = address.parent
    }
  }

  private mutating func toggle() -> [Effect] {
    guard case .field(let address) = model.focus else { return pressFocused() }
    let choices = model.form.choices(at: address)
    guard !choices.isEmpty else { return run(.edit) }
    let present = model.form.text(at: address)
    if choices.count > 3 {
      let selection = choices.firstIndex(of: present) ?? 0
      model.overlays.append(.choices(address, choices, selection: selection))
      return []
    }
    let shown = present.isEmpty ? defaultText(of: address) : present
    let next = choices.firstIndex(of: shown).map { ($0 + 1) % choices.count } ?? 0
    perform(.fill(address, choices[next]))
    return []
  }

  private func defaultText(of address: Address) -> String {
    address.object.resource.property(at: address.path)?.defaultValue?.scalar?.text ?? ""
  }

  /// Presses the focused button or line.
  mutating func pressFocused() -> [Effect] {
    switch model.focus {
    case .button(let title):
      switch page.press(title) {
      case .operation(let operation): perform(operation)
      case .card(let address): openCard(address)
      case .closeCard: closeCard()
      case .command(let command): return run(command)
      case nil: break
      }
    case .jump(let number):
      if let address = page.target(of: number) { go(to: address) }
    case .field, .yaml: break
    }
    return []
  }

  /// The commands that change rows.
  private mutating func change(_ command: Command) {
    if let operation = operation(for: command) {
      let pressed = model.focus
      perform(operation)
      if case .button = pressed, command.staysOnButton, page.spot(of: pressed) != nil {
        move(to: pressed)
      }
    } else {
      model.message = StyledLine("not here: \(command.summary)", .warning)
    }
  }

  private func operation(for command: Command) -> Operation? {
    let rule = model.rule
    let hasRule = model.form.rule(rule) != nil
    switch command {
    case .addRule:
      return .insert(Template.rule, into: FormState.ruleList, at: model.form.rules.count)
    case .removeRule: return hasRule ? .remove(from: FormState.ruleList, at: rule) : nil
    case .duplicateRule: return hasRule ? .duplicate(in: FormState.ruleList, at: rule) : nil
    case .addMatch:
      let list = FormState.matches(rule)
      return hasRule
        ? .insert(Template.match(model: nil), into: list, at: count(list)) : nil
    case .addHeader:
      guard hasRule else { return nil }
      let list = FormState.matches(rule)
      guard count(list) > 0 else { return nil }
      let record = recordAtFocus.flatMap { $0.isWithin(list) ? $0 : nil }
      let match = record?.parent.parent ?? list.appending(count(list) - 1)
      let headers = match.appending("headers")
      return .insert(Template.header(name: nil, value: nil), into: headers, at: count(headers))
    case .addBackend:
      let list = FormState.backendRefs(rule)
      return hasRule ? .insert(.map([:]), into: list, at: count(list)) : nil
    case .addGateway:
      return .insert(
        Template.parentRef, into: FormState.parentList, at: model.form.parentRefs.count)
    case .usePool:
      guard let node = model.form.rule(rule), !FormState.isPool(node) else { return nil }
      return .usePool(rule: rule, keeping: false)
    case .useBackends:
      guard let node = model.form.rule(rule), FormState.isPool(node) else { return nil }
      return .useBackends(rule: rule)
    case .addRow: return rowToAdd
    case .removeRow, .duplicateRow, .moveRowUp, .moveRowDown: return rowChange(command)
    default: return nil
    }
  }

  private func count(_ list: Address) -> Int { model.form.value(at: list)?.items.count ?? 0 }

  /// The record that the focus is in.
  private var recordAtFocus: Address? {
    let page = page
    let here: Address? =
      switch model.focus {
      case .field(let address): address
      case .button(let title): if case .card(let row)? = page.press(title) { row } else { nil }
      case .jump, .yaml: nil
      }
    return here.flatMap { page.record(around: $0) }
      ?? model.lastRow.flatMap { page.record(around: $0) }
      ?? page.card.flatMap { page.record(around: $0) }
  }

  private var rowToAdd: Operation? {
    guard let record = recordAtFocus, case .index(let index) = record.path.last else {
      if let card = model.cards.last {
        return Card.isList(at: card)
          ? .insert(Template.row(of: card), into: card, at: count(card)) : nil
      }
      switch model.step {
      case .gateway: return operation(for: .addGateway)
      case .matches: return operation(for: .addMatch)
      case .splits, .overrides: return operation(for: .addBackend)
      case .buffer, .timeouts, .pool, .review: return nil
      }
    }
    return .insert(Template.row(of: record.parent), into: record.parent, at: index + 1)
  }

  private func rowChange(_ command: Command) -> Operation? {
    if command == .removeRow, case .field(let address) = model.focus,
      Card.isMap(at: address.parent)
    {
      return model.form.value(at: address) == nil ? nil : .replace(address, nil)
    }
    guard let record = recordAtFocus, case .index(let index) = record.path.last else { return nil }
    let list = record.parent
    switch command {
    case .removeRow: return .remove(from: list, at: index)
    case .duplicateRow: return .duplicate(in: list, at: index)
    case .moveRowUp: return index > 0 ? .move(in: list, from: index, to: index - 1) : nil
    case .moveRowDown:
      return index + 1 < count(list) ? .move(in: list, from: index, to: index + 1) : nil
    default: return nil
    }
  }

  /// The next line of the YAML that holds the searched text.
  mutating func find(forward: Bool) {
    guard !model.search.isEmpty else {
      model.message = StyledLine("nothing was searched for yet: / searches", .warning)
      return
    }
    followPreview()
    let listing = paneListing
    let count = listing.lineCount
    let needle = Array(model.search.utf8)
    let start = if case .yaml(let line) = model.focus { line } else { forward ? -1 : 0 }
    for distance in 0..<count {
      let line = (forward ? start + 1 + distance : start - 1 - distance + 2 * count) % count
      if listing.line(line).contains(needle) {
        if case .yaml = model.focus {} else { toggleYAML() }
        model.focus = .yaml(line)
        return
      }
    }
    model.message = StyledLine("not found: \(model.search)", .warning)
  }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes hold others, ASCII letters in either case.
  func contains(_ needle: [UInt8]) -> Bool {
    guard let first = needle.first, needle.count <= count else { return needle.isEmpty }
    func fold(_ byte: UInt8) -> UInt8 {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    for start in startIndex...(endIndex - needle.count) where fold(self[start]) == fold(first) {
      if needle.indices.allSatisfy({ fold(self[start + $0]) == fold(needle[$0]) }) { return true }
    }
    return false
  }
}
