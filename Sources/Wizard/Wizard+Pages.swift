import Manifest
import Lint
import RouteForm
import Screen

extension Wizard {
  /// The form as it is now: the open card, else the step.
  var page: FormPage {
    if let card = model.cards.last {
      var items = Card.items(of: model.form, at: card)
      if let key = newKey(in: card) {
        items.insert(.field(card.appending(key), key, "(empty)"), at: max(0, items.count - 1))
      }
      let rows = Card.isList(at: card) ? model.form.value(at: card)?.items.count ?? 0 : 0
      return FormPage(
        title: "\(card)",
        lines: lines(items) + (rows > 0 ? [FormLine(.buttons(Self.rowButtons))] : [])
          + [FormLine(.buttons([("Close", .closeCard)]))],
        card: card)
    }
    let lines =
      model.step == .review
      ? reviewLines : lines(model.step.items(of: model.form, rule: model.rule))
    return FormPage(title: model.step.title, lines: lines + [navigation])
  }

  /// The key of a map that has the focus before it has a value.
  private func newKey(in card: Address) -> String? {
    guard Card.isMap(at: card), case .field(let address) = model.focus, address.parent == card,
      case .key(let key) = address.path.last, model.form.value(at: address) == nil
    else { return nil }
    return key
  }

  /// The lines of some items; what does not fit beside each other takes more lines.
  private func lines(_ items: [Item]) -> [FormLine] {
    let columns = Arrangement(model).form.columns
    var lines: [FormLine] = []
    var isBelowTable = false
    for item in items {
      let line = line(item)
      switch line.content {
      case .buttons(var buttons):
        if isBelowTable { buttons += Self.rowButtons }
        lines += wrapped(buttons, columns).map { FormLine(.buttons($0), item.rank) }
      case .fields(let fields) where columns / fields.count < 24:
        lines += fields.map { FormLine(.fields([$0]), item.rank) }
      case .note(let note):
        lines += wrapped(note.text, columns - 2).map {
          FormLine(.note(StyledLine(String($0), note.role)), item.rank)
        }
      case .fields, .heading, .toggle, .table, .jump: lines.append(line)
      }
      isBelowTable = if case .table(let table) = line.content { table.count > 0 } else { false }
    }
    return lines
  }

  private static let rowButtons: [(title: String, press: Press)] = [
    ("Remove", .command(.removeRow)), ("Up", .command(.moveRowUp)),
    ("Down", .command(.moveRowDown)), ("Duplicate", .command(.duplicateRow)),
  ]

  private func wrapped(
    _ buttons: [(title: String, press: Press)], _ columns: Int
  ) -> [[(title: String, press: Press)]] {
    var rows: [[(title: String, press: Press)]] = []
    var used = columns
    for button in buttons {
      let width = button.title.utf8.count + 5
      if used + width > columns {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(button)
      used += width
    }
    return rows
  }

  private var navigation: FormLine {
    var buttons: [(title: String, press: Press)] = []
    if model.step != .buffer { buttons.append(("Back", .command(.previousStep))) }
    if let next = Step(rawValue: model.step.rawValue + 1) {
      buttons.append(("Next: \(next.shortTitle)", .command(.nextStep)))
    }
    buttons.append(("Menu", .command(.menu)))
    return FormLine(.buttons(buttons))
  }

  private func line(_ item: Item) -> FormLine {
    switch item.content {
    case .heading(let text): FormLine(.heading(text), item.rank)
    case .fields(let fields): FormLine(.fields(fields), item.rank)
    case .toggle(let title, let isOn, let operation):
      FormLine(.toggle(title, isOn: isOn, .operation(operation)), item.rank)
    case .table(let table): FormLine(.table(table), item.rank)
    case .buttons(let buttons):
      FormLine(.buttons(buttons.map { ($0.title, .operation($0.operation)) }), item.rank)
    case .cards(let cards):
      FormLine(
        .buttons(
          cards.map { card in
            (
              "\(card.title): \(Card.size(of: model.form, at: card.address))",
              .card(card.address)
            )
          }), item.rank)
    case .note(let text): FormLine(.note(StyledLine(text, .hint)), item.rank)
    }
  }

  /// Step 8: the route in words, the checklist, the problems, the files, and what to do.
  private var reviewLines: [FormLine] {
    var lines = targets.map { target in
      FormLine(.note(StyledLine("\(mark(of: target)) \(target.path)")))
    }
    lines.append(
      FormLine(
        .buttons([
          ("Save", .command(.save)), ("Save as", .command(.saveAs)), ("Copy", .command(.copy)),
          ("Diff", .command(.diff)),
        ])))
    let reading = derived.reading(of: model.form)
    var number = 0
    let columns = Arrangement(model).form.columns - 2
    func jump(_ text: String, _ role: Role, _ address: Address) {
      let parts = wrapped(text, columns)
      lines.append(FormLine(.jump(number: number, StyledLine(String(parts[0]), role), address)))
      lines += parts.dropFirst().map { FormLine(.note(StyledLine("  \($0)", role))) }
      number += 1
    }
    for line in reading.checklist.lines {
      let (mark, role): (String, Role) =
        switch line.state {
        case .done: ("[done]", .success)
        case .missing: ("[MISSING]", .warning)
        case .unknown: ("[unknown]", .hint)
        }
      jump("\(mark) \(line.text): \(line.detail)", role, line.address)
    }
    lines.append(FormLine(.heading("Problems: \(counts)\(notes)")))
    for problem in derived.problems {
      jump(problem.text, problem.severity.role, problem.address)
    }
    if !derived.elsewhere.isEmpty {
      lines.append(FormLine(.heading("In the other documents: \(derived.elsewhere.count)")))
      lines += derived.elsewhere.prefix(8).flatMap { problem in
        wrapped(text(of: problem), columns).map { FormLine(.note(StyledLine(String($0), .hint))) }
      }
      if derived.elsewhere.count > 8 {
        lines.append(
          FormLine(.note(StyledLine("... \(keymap.way(to: .problems)) lists them all", .hint))))
      }
    }
    for line in caseLines {
      lines += wrapped(line.text, columns - 2).enumerated().map { index, part in
        let indent = index > 0 ? "  " : ""
        return line.role == .heading
          ? FormLine(.heading(String(part)))
          : FormLine(.note(StyledLine(indent + part, line.role)))
      }
    }
    lines.append(FormLine(.heading("In words")))
    lines += reading.summary.flatMap { text in
      wrapped(text, columns).map { FormLine(.note(StyledLine(String($0)))) }
    }
    lines.append(FormLine(.heading("Files and commands")))
    if model.files.isEmpty {
      lines.append(
        FormLine(
          .toggle("One file per object", isOn: model.output.isFolder, .command(.filePerObject))))
    }
    if model.output.isFolder, model.files.isEmpty {
      lines.append(
        FormLine(
          .toggle(
            "With a kustomization.yaml", isOn: model.output.writesKustomization,
            .command(.kustomization))))
    }
    for text in ["Then run: \(applyLine)"] + (sameCommand.map { ["The same: \($0)"] } ?? []) {
      lines += wrapped(text, columns).map { FormLine(.note(StyledLine(String($0), .hint))) }
    }
    return lines
  }

  /// A finding in a document that the form does not show, in a line.
  func text(of problem: KeptProblem) -> String {
    let finding = problem.finding
    let place = location(of: problem.place, finding.path)
    return "\(finding.severity.label) \(place): \(finding.message)"
  }

  /// The number of notes in words, behind the errors and warnings.
  private var notes: String {
    let count = derived.problems.count - derived.errors - derived.warnings
    return count == 0 ? "" : count == 1 ? ", 1 note" : ", \(count) notes"
  }

  /// The number of errors and warnings in words: `2 errors, 1 warning`.
  var counts: String {
    if derived.errors + derived.warnings == 0 { return "none" }
    var parts: [String] = []
    if derived.errors > 0 {
      parts.append("\(derived.errors) error\(derived.errors == 1 ? "" : "s")")
    }
    if derived.warnings > 0 {
      parts.append("\(derived.warnings) warning\(derived.warnings == 1 ? "" : "s")")
    }
    return parts.joined(separator: ", ")
  }

  /// The mark of a file without a look at its bytes, for the frames between the reads.
  func quickMark(of path: String, isDirty: Bool) -> String {
    switch model.disk[path] {
    case nil, .absent: "A"
    case .bytes: isDirty || model.saved == nil && model.files.isEmpty ? "M" : "="
    case .unreadable: "?"
    }
  }

  /// `A` new, `M` changed, `=` same, `?` unreadable (ux.md section 9).
  func mark(of file: FileToWrite) -> String {
    switch model.disk[file.path] {
    case nil, .absent: "A"
    case .bytes(let bytes): bytes == file.bytes ? "=" : "M"
    case .unreadable: "?"
    }
  }
}
