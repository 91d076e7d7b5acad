import Manifest
import RouteForm
import Screen

extension Wizard {
  /// Whether a field takes text; the others are chosen from a few values.
  func isText(_ address: Address) -> Bool { model.form.choices(at: address).isEmpty }

  var now: History.Moment {
    History.Moment(form: model.form, step: model.step, rule: model.rule, focus: model.focus)
  }

  /// Text for the focused field.
  mutating func insert(_ text: String, isPaste: Bool) {
    guard case .field(let address) = model.focus else { return }
    let word = wordNumber(at: model.editor, before: text)
    let before = model.editor
    model.editor.insert(text)
    if before != model.editor {
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
    guard case .field(let address) = model.focus else { return false }
    let before = model.editor.text
    guard model.editor.handle(key) else { return false }
    if model.editor.text != before {
      store(address, .deleting(address))
    } else {
      model.history.close()
    }
    return true
  }

  private mutating func store(_ address: Address, _ kind: History.Kind) {
    model.history.record(now, kind)
    model.form.type(model.editor.text, at: address, beside: model.entered)
    if model.form.drafts[address] == nil { model.left.remove(address) }
  }

  /// One change of the form as one undo step.
  mutating func perform(_ operation: Operation) {
    if case .usePool(let rule, _) = operation, !model.form.lostToPool(rule: rule).isEmpty,
      model.overlays.isEmpty
    {
      askForPool(rule: rule)
      return
    }
    let before = now
    let wasEditing = model.isEditing
    let outcome = model.form.perform(operation)
    guard before.form != model.form else {
      if case .insert = operation {
        model.message = StyledLine(
          "no list stands here; \(keymap.way(to: .yaml)), then \(keymap.way(to: .editor)) edits it",
          .warning)
      }
      return
    }
    model.history.record(before, .single)
    model.history.close()
    if let change = outcome.change { follow(change) }
    derived.follow(model.form)
    clampRule()
    if let address = outcome.focus {
      focusRow(address, opens: outcome.change?.adds == true)
    } else {
      refocus()
    }
    // Letters that move or remove a row may be pressed again.
    if case .field = before.focus, !wasEditing, outcome.change?.adds != true {
      model.isEditing = false
    }
  }

  /// Switching to a pool says first what stops applying.
  func poolDialog(rule: Int) -> Dialog {
    let lost = model.form.lostToPool(rule: rule)
    var lines = [StyledLine("Rule \(rule + 1) goes to one InferencePool. This stops:")]
    lines += lost.map { StyledLine("  - \($0)", .warning) }
    lines.append(StyledLine("Undo (\(keymap.way(to: .undo))) brings all of it back."))
    return Dialog(
      title: "Switch to an InferencePool?", lines: lines,
      choices: [
        .init(title: "Switch, drop them", answer: .pool(rule: rule, keeping: false)),
        .init(title: "Switch, keep fields", answer: .pool(rule: rule, keeping: true)),
        .init(title: "Cancel", answer: .cancel),
      ])
  }

  private mutating func askForPool(rule: Int) {
    model.overlays.append(.dialog(poolDialog(rule: rule)))
  }

  private mutating func follow(_ change: ListChange) {
    model.left = Set(model.left.compactMap { change.moved($0) })
    model.cards = model.cards.compactMap { change.moved($0) }
    if change.list == FormState.ruleList { followRule(change) }
  }

  private mutating func followRule(_ change: ListChange) {
    switch change.kind {
    case .inserted(let place): model.rule = place
    case .removed(let place): if model.rule > place { model.rule -= 1 }
    case .swapped(let first, let second):
      if model.rule == first {
        model.rule = second
      } else if model.rule == second {
        model.rule = first
      }
    }
  }

  mutating func clampRule() {
    model.rule = min(max(0, model.rule), max(0, model.form.rules.count - 1))
  }

  /// The focus on a row's first empty text field, or on its first field.
  private mutating func focusRow(_ address: Address, opens: Bool) {
    if address.path.isWithin(FormState.ruleList.path), address.path.count == 3,
      let rule = address.rule
    {
      model.rule = rule
      if model.step.isPerRule { focusFirst() } else { go(to: .matches) }
      return
    }
    if page.spot(of: .field(address)) != nil {
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
    let empty = fields.first { isText($0) && model.form.text(at: $0).isEmpty }
    if let target = empty ?? fields.first(where: isText) ?? fields.first {
      move(to: .field(target))
    } else if let card = model.cards.last, Card.exists(at: address),
      address.parent == card || address.parent == card.parent
    {
      // A row with a card of its own, which takes the place of another row's.
      if address.parent != card { model.cards.removeLast() }
      if opens { openCard(address) } else { focusButton(of: address) }
    } else if model.cards.isEmpty {
      go(to: address)
    } else {
      refocus()
    }
  }

  mutating func undo(_ moment: History.Moment?, nothing: String, done: String) {
    guard let moment else {
      model.message = StyledLine(nothing)
      return
    }
    model.form = moment.form
    model.rule = moment.rule
    derived.follow(model.form)
    clampRule()
    if model.step != moment.step {
      model.cards = []
      model.step = moment.step
    }
    model.focus = moment.focus
    model.isYAMLOpen = if case .yaml = moment.focus { true } else { false }
    refocus()
    if model.message == nil { model.message = StyledLine(done) }
  }
}

extension ListChange {
  /// Whether a row came, to be filled in next.
  fileprivate var adds: Bool { if case .inserted = kind { true } else { false } }
}
