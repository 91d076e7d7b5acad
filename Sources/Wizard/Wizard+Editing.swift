import YAML
import RouteForm
import Screen

extension Wizard {
  var now: History.Snapshot {
    History.Snapshot(
      form: workspace.form, step: navigation.step, rule: navigation.rule, focus: navigation.focus)
  }

  /// Text for the focused field.
  mutating func insert(_ text: String, isPaste: Bool) {
    guard let address = navigation.focusedField else { return }
    let word = wordNumber(at: navigation.editor, before: text)
    let before = navigation.editor
    let lines = text.split(separator: "\n").count
    if isPaste, lines > 1 { message = StyledLine("\(lines) lines joined", .warning) }
    if isPaste { navigation.editor.insert(text) } else { navigation.editor.type(text) }
    guard before.text != navigation.editor.text else { return }
    let isReplacing = workspace.history.isReplacing(at: address, holding: before.text)
    if isReplacing, !isPaste || before.text.isEmpty {
      store(address, .replacing(address))
    } else {
      store(address, isPaste ? .single : .typing(address, word: word))
    }
  }

  /// How many words begin before the caret: what is typed within one word is one undo step.
  private func wordNumber(at editor: LineEditor, before text: String) -> Int {
    var count = 0
    var isInside = false
    func visit(_ byte: UInt8) {
      let isWord = !Self.separators.contains(byte)
      if isWord, !isInside { count += 1 }
      isInside = isWord
    }
    for byte in editor.text.utf8.prefix(editor.caret) { visit(byte) }
    if let first = text.utf8.first { visit(first) }
    return count
  }

  private static let separators = Array(" -./:_".utf8)

  /// An editing key for the focused field; false when the editor has no use for it.
  mutating func edit(_ key: Key) -> Bool {
    guard let address = navigation.focusedField else { return false }
    let before = navigation.editor.text
    guard navigation.editor.handle(key) else { return false }
    if navigation.editor.text != before {
      store(address, .deleting(address))
    } else {
      workspace.history.close()
    }
    return true
  }

  private mutating func store(_ address: Address, _ kind: History.Kind) {
    workspace.history.record(now, kind)
    workspace.form.type(navigation.editor.text, at: address, beside: navigation.entered)
    if workspace.form.invalidTexts[address] == nil { navigation.left.remove(address) }
  }

  /// One change of the form as one undo step.
  mutating func perform(_ operation: FormEdit) {
    if case .usePool(let rule, _) = operation, !workspace.form.lostToPool(rule: rule).isEmpty,
      panels.isEmpty
    {
      panels.open(.dialog(poolDialog(rule: rule)))
      return
    }
    let before = now
    let outcome = workspace.form.perform(operation)
    guard before.form != workspace.form else {
      if case .insert = operation {
        message = StyledLine(
          "there is no list here; \(way(to: .yaml)), then \(way(to: .editor)) edits it",
          .warning)
      }
      return
    }
    workspace.history.record(before, .single)
    workspace.history.close()
    if let change = outcome.change {
      follow(change)
      // Whether it has too many rows now is to be seen.
      navigation.left.insert(change.list)
    }
    if case .useBackends(let rule) = operation { forgetLeft(within: FormState.backendRefs(rule)) }
    if case .usePool(let rule, _) = operation { forgetLeft(within: FormState.backendRefs(rule)) }
    workspace.follow()
    showMessage(operation, outcome.change, from: before.form)
    clampRule()
    if let address = outcome.focus {
      focusRow(address, opens: outcome.change?.adds == true)
    } else if case .remove(let list, _) = operation, let button = page.buttonAdding(to: list) {
      move(to: button)
    } else {
      refocus()
    }
  }

  /// Names what was done, and how what went is brought back.
  private mutating func showMessage(
    _ operation: FormEdit, _ change: ListChange?, from before: FormState
  ) {
    let isGone =
      switch operation {
      case .remove, .forget, .replace(_, nil): true
      case .insert, .move, .duplicate, .fill, .writePolicy, .writeRetry, .writeGrants, .usePool,
        .useBackends, .chooseRoute, .replace, .writeGateway, .writeClass, .describe, .adopt,
        .writePool:
        false
      }
    let text =
      change.map { Workspace.description(of: $0, operation, in: before) }
      ?? Workspace.change(from: before, to: workspace.form)
    message = StyledLine(isGone ? "\(text); \(way(to: .undo)) brings it back" : text)
  }

  /// Switching to a pool says first what stops applying.
  func poolDialog(rule: Int) -> Dialog {
    let lost = workspace.form.lostToPool(rule: rule)
    var lines = [StyledLine("Rule \(rule + 1) goes to one InferencePool. This stops:")]
    lines += lost.map { StyledLine("  - \($0)", .warning) }
    lines.append(StyledLine("Undo (\(way(to: .undo))) brings all of it back."))
    return Dialog(
      title: "Switch to an InferencePool?", lines: lines,
      choices: [
        .init(title: "Switch, drop them", answer: .pool(rule: rule, keeping: false)),
        .init(title: "Switch, keep fields", answer: .pool(rule: rule, keeping: true)),
        .init(title: "Cancel", answer: .cancel),
      ])
  }

  /// Takes the fields of a list as new ones, which nobody left yet.
  mutating func forgetLeft(within list: Address) {
    navigation.left = navigation.left.filter { !$0.isWithin(list) }
  }

  private mutating func follow(_ change: ListChange) {
    navigation.left = Set(navigation.left.compactMap { change.moved($0) })
    navigation.cards = navigation.cards.compactMap { change.moved($0) }
    navigation.visitedRules = Set(navigation.visitedRules.compactMap { change.moved($0) })
    if change.list == FormState.ruleList { followRule(change) }
  }

  private mutating func followRule(_ change: ListChange) {
    switch change.kind {
    case .inserted(let place): navigation.rule = place
    case .removed(let place): if navigation.rule > place { navigation.rule -= 1 }
    case .swapped(let first, let second):
      if navigation.rule == first {
        navigation.rule = second
      } else if navigation.rule == second {
        navigation.rule = first
      }
    }
  }

  mutating func clampRule() {
    navigation.rule = min(max(0, navigation.rule), max(0, workspace.form.rules.count - 1))
  }

  /// The focus on a row's first empty text field, or on its first field.
  private mutating func focusRow(_ address: Address, opens: Bool) {
    if address.path.isWithin(FormState.ruleList.path), address.path.count == 3,
      let rule = address.rule
    {
      navigation.rule = rule
      if navigation.step.isPerRule { focusFirst() } else { go(to: .matches) }
      return
    }
    if page.position(of: .field(address)) != nil {
      move(to: .field(address))
      return
    }
    let fields = page.lines.flatMap { line -> [Address] in
      switch line.content {
      case .fields(let fields): fields.map(\.address).filter { $0.isWithin(address) }
      case .table(let table):
        table.row(address).map { row in
          row < table.count ? table.fields(row).map(\.address) : []
        } ?? []
      case .heading, .note, .toggle, .buttons, .jump: []
      }
    }
    let empty = fields.first { workspace.isText($0) && workspace.form.text(at: $0).isEmpty }
    if let target = empty ?? fields.first(where: workspace.isText) ?? fields.first {
      move(to: .field(target))
    } else if let card = navigation.cards.last, ObjectCard.exists(at: address),
      address.parent == card || address.parent == card.parent
    {
      // A row with a card of its own, which takes the place of another row's.
      if address.parent != card { navigation.cards.removeLast() }
      if opens { openCard(address) } else { focusButton(of: address) }
    } else if navigation.cards.isEmpty {
      go(to: address)
    } else {
      refocus()
    }
  }

  /// Takes back the last change, or does the last one that was taken back again, and names it.
  mutating func undo(again: Bool) {
    let moment =
      again ? workspace.history.redo(from: now) : workspace.history.undo(from: now)
    guard let moment else {
      message = StyledLine("nothing to \(again ? "redo" : "undo")")
      return
    }
    let text =
      again
      ? "redone: \(Workspace.change(from: workspace.form, to: moment.form))"
      : "undone: \(Workspace.change(from: moment.form, to: workspace.form))"
    workspace.form = moment.form
    navigation.rule = moment.rule
    workspace.follow()
    clampRule()
    if navigation.step != moment.step {
      navigation.cards = []
      navigation.step = moment.step
    }
    navigation.focus = moment.focus
    navigation.isYAMLOpen = if case .yaml = moment.focus { true } else { false }
    refocus()
    if message == nil { message = StyledLine(text) }
  }
}

extension ListChange {
  /// Whether a row came, to be filled in next.
  fileprivate var adds: Bool { if case .inserted = kind { true } else { false } }
}
