import YAML
import Lint
import RouteForm
import Screen

extension Context {
  /// The form as it is now: the open card, else the step.
  var page: FormPage { page(of: navigation.step, card: navigation.cards.last) }

  /// A step, or the card that is open over it.
  func page(of step: Step, card: Address? = nil) -> FormPage {
    if let card { return page(ofCard: card) }
    let lines =
      step == .review
      ? reviewLines
      : lines(step.items(of: workspace.form, rule: navigation.rule, row: backendAtFocus ?? 0))
    return FormPage(title: step.title, lines: lines + ways(from: step))
  }

  /// The backendRef of the selected rule that has, or last had, the focus.
  var backendAtFocus: Int? {
    let list = FormState.backendRefs(navigation.rule)
    let focused: Address? =
      if case .button(.openCard(let card)) = navigation.focus { card } else {
        navigation.focusedField
      }
    return focused?.row(in: list) ?? navigation.lastRow?.row(in: list)
  }

  private func page(ofCard card: Address) -> FormPage {
    let done = FormLine(.buttons([ActionButton("Done", .closeCard)]))
    if let table = ObjectCard.table(of: workspace.form, at: card) {
      return FormPage(
        title: title(ofCard: card), lines: lines(rows(table, of: card)) + [done], card: card)
    }
    var items = ObjectCard.items(of: workspace.form, at: card)
    if let key = newKey(in: card) {
      items.insert(.field(card.appending(key), key, "(empty)"), at: max(0, items.count - 1))
    }
    var rest: [FormLine] = []
    let isEmpty = workspace.form.value(at: card) == nil
    if isEmpty, ObjectCard.isMap(at: card) || ObjectCard.isList(at: card) {
      items.insert(.note("There is none yet."), at: 0)
    }
    if ObjectCard.isMap(at: card) {
      let own = [
        ActionButton("Rename", .command(.renameKey)), ActionButton("Remove", .command(.removeRow)),
      ]
      rest.append(
        FormLine(
          .buttons([ActionButton("Add", .askKey(card))] + (isEmpty ? [] : own)),
          caption: keyCaption(card)))
    } else if ObjectCard.isList(at: card), workspace.form.value(at: card)?.items.isEmpty == false {
      rest.append(FormLine(.buttons(Self.rowButtons), caption: rowCaption(card)))
    }
    return FormPage(
      title: title(ofCard: card),
      lines: lines(items) + rest + [done], card: card)
  }

  /// The rows of a list as a table, and the button that adds one.
  private func rows(_ table: Table, of list: Address) -> [FormRow] {
    let count = workspace.form.value(at: list)?.items.count ?? 0
    guard count > 0 else {
      return [.note("There is none yet: what you type becomes the first."), FormRow(.table(table))]
    }
    let add = FormEdit.insert(Template.row(of: list), into: list, at: count)
    return [FormRow(.table(table)), FormRow(.buttons([Button("Add", add)]))]
  }

  /// The key of a map that has the focus before it has a value.
  private func newKey(in card: Address) -> String? {
    guard ObjectCard.isMap(at: card), let address = navigation.focusedField,
      address.parent == card,
      case .key(let key) = address.path.last, workspace.form.value(at: address) == nil
    else { return nil }
    return key
  }

  /// The lines of some items; what does not fit beside each other takes more lines.
  private func lines(_ items: [FormRow]) -> [FormLine] {
    let columns = ScreenLayout(size, navigation).form.columns
    var lines: [FormLine] = []
    var table: Table?
    for item in items {
      let line = line(item)
      switch line.content {
      case .buttons(let buttons):
        // What adds rows stands beside what acts on them, and what opens cards below.
        let opens = if case .openCard? = buttons.first?.action { true } else { false }
        if let table {
          let rows = wrapped((opens ? [] : buttons) + Self.rowButtons, columns)
          lines += rows.enumerated().map { index, row in
            FormLine(
              .buttons(row), item.rank,
              caption: index == rows.count - 1 ? caption(table) ?? "" : "")
          }
        }
        if table == nil || opens {
          lines += wrapped(buttons, columns).map { FormLine(.buttons($0), item.rank) }
        }
      case .fields(let fields) where columns / fields.count < 24:
        lines += fields.map { FormLine(.fields([$0]), item.rank) }
      case .note(let note):
        lines += note.text.wrapped(columns - 2).enumerated().map { index, part in
          FormLine(.note(StyledLine(String(part), note.role)), item.rank, goesOn: index > 0)
        }
      case .fields, .heading, .toggle, .table, .jump: lines.append(line)
      }
      table = if case .table(let own) = line.content, own.count > 0 { own } else { nil }
    }
    return lines
  }

  /// The row that the buttons below a table act on: `row 1: primary-openai`.
  private func caption(_ table: Table) -> String? {
    let row = navigation.focusedField.flatMap(table.row) ?? navigation.lastRow.flatMap(table.row)
    guard let row, row < table.count else { return nil }
    let name = table.cells(row).lazy.compactMap { cell -> String? in
      switch cell {
      case .field(let field):
        workspace.form.invalidTexts[field.address] == nil
          ? workspace.form.text(at: field.address) : ""
      case .text(let text): table.fields(row).count == 1 ? text : nil
      }
    }.first { !$0.isEmpty }
    return "row \(row + 1)\(name.map { ": \($0)" } ?? "")"
  }

  private func title(ofCard card: Address) -> String {
    guard card.path.isRoot else { return "\(card)" }
    switch card.object {
    case .provider(let index) where workspace.form.providers.indices.contains(index):
      return "Backend \(workspace.form.providers[index].name)"
    case .opened:
      return "Backend \(workspace.form.value(at: card)?["metadata"]?["name"]?.scalar?.text ?? "")"
    case .gatewayClass, .proxy, .gateway, .policy, .grant, .route, .retry, .provider, .part:
      return "\(card)"
    }
  }

  private func rowCaption(_ list: Address) -> String {
    let here: Address? =
      if case .button(.openCard(let row)) = navigation.focus { row } else {
        navigation.focusedField ?? navigation.lastRow
      }
    guard let row = here?.row(in: list) else { return "" }
    return "row \(row + 1)"
  }

  private func keyCaption(_ map: Address) -> String {
    guard let address = navigation.focusedField ?? navigation.lastField, address.parent == map,
      case .key(let key) = address.path.last
    else { return "" }
    return key
  }

  private static let rowButtons = [
    ActionButton("Remove", .command(.removeRow)), ActionButton("Up", .command(.moveRowUp)),
    ActionButton("Down", .command(.moveRowDown)),
    ActionButton("Duplicate", .command(.duplicateRow)),
  ]

  private func wrapped(_ buttons: [ActionButton], _ columns: Int) -> [[ActionButton]] {
    var rows: [[ActionButton]] = []
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

  /// The buttons that lead out of a step.
  private func ways(from step: Step) -> [FormLine] {
    var buttons: [ActionButton] = []
    if step != .buffer { buttons.append(ActionButton("Back", .command(.previousStep))) }
    if let next = Step(rawValue: step.rawValue + 1) {
      buttons.append(ActionButton("Next: \(next.shortTitle)", .command(.nextStep)))
    }
    buttons.append(ActionButton("Menu", .command(.menu)))
    // Beside the other buttons of a row it would leave no room for the row's name.
    if step == .splits, workspace.form.rule(navigation.rule).map(FormState.isPool) == false {
      buttons.append(ActionButton("Describe backend", .command(.describe)))
    }
    return wrapped(buttons, ScreenLayout(size, navigation).form.columns).map {
      FormLine(.buttons($0))
    }
  }

  private func line(_ item: FormRow) -> FormLine {
    switch item.content {
    case .heading(let text): FormLine(.heading(text), item.rank)
    case .fields(let fields): FormLine(.fields(fields), item.rank)
    case .toggle(let title, let isOn, let operation):
      FormLine(.toggle(title, isOn: isOn, .operation(operation)), item.rank)
    case .table(let table): FormLine(.table(table), item.rank)
    case .buttons(let buttons):
      FormLine(
        .buttons(buttons.map { ActionButton($0.title, .operation($0.operation)) }), item.rank)
    case .cards(let cards):
      FormLine(
        .buttons(
          cards.map { card in
            ActionButton(
              "\(card.title): \(ObjectCard.size(of: workspace.form, at: card.address))",
              .openCard(card.address))
          }), item.rank)
    case .note(let text): FormLine(.note(StyledLine(text, .hint)), item.rank)
    }
  }

  /// What can be done with the cluster, and what its server last said; nothing without one.
  private func clusterLines(_ columns: Int) -> [FormLine] {
    guard workspace.analysis.cluster != nil else { return [] }
    let buttons = [
      ActionButton("Ask the server", .command(.askServer)),
      ActionButton("Cluster diff", .command(.diffCluster)),
      ActionButton("Apply", .command(.apply)), ActionButton("Status", .command(.status)),
    ]
    var lines = wrapped(buttons, columns).map { FormLine(.buttons($0)) }
    guard let answer = workspace.analysis.server?.answer else { return lines }
    let changed = workspace.analysis.isServerAnswerCurrent ? "" : "; the form changed since"
    let texts = ["The server of \(answer.cluster), \(answer.time): \(answer.summary)\(changed)"]
    for text in texts + answer.notes {
      lines += text.wrapped(columns).map { FormLine(.note(StyledLine(String($0), .hint))) }
    }
    return lines
  }

  /// The rules that no step has shown, with the first of them; nil where there are none.
  private var unvisitedRules: (text: String, first: Address)? {
    let rules = workspace.form.rules.indices.filter {
      !navigation.visitedRules.contains(FormState.ruleList.appending($0))
    }
    guard let first = rules.first, workspace.form.rules.count > 1 else { return nil }
    let names = rules.prefix(4).map {
      Workspace.name(of: FormState.ruleList, $0, in: workspace.form)
    }
    let rest = rules.count > 4 ? " and \(rules.count - 4) more" : ""
    return (
      "Not looked at: \(names.joined(separator: ", "))\(rest)",
      FormState.matches(first).appending(0).appending("headers").appending(0).appending("value")
    )
  }

  /// Step 8: the route in words, the checklist, the problems, the files, and what to do.
  private var reviewLines: [FormLine] {
    var lines = workspace.targets.map { target in
      FormLine(.note(StyledLine("\(workspace.mark(of: target)) \(target.path)")))
    }
    lines += workspace.leftovers.map { path in
      FormLine(.note(StyledLine("- \(path)  not part of this any more; remove it", .warning)))
    }
    lines.append(
      FormLine(
        .buttons([
          ActionButton("Save", .command(.save)), ActionButton("Save as", .command(.saveAs)),
          ActionButton("Copy", .command(.copy)), ActionButton("Diff", .command(.diff)),
        ])))
    let columns = ScreenLayout(size, navigation).form.columns - 2
    lines += clusterLines(columns)
    let routeSummary = workspace.routeSummary
    var number = 0
    func add(_ text: String, _ role: Role, to address: Address? = nil, indent: String = "  ") {
      let parts = text.wrapped(columns)
      lines.append(FormLine(.jump(number: number, StyledLine(String(parts[0]), role), address)))
      lines += parts.dropFirst().map {
        FormLine(.note(StyledLine(indent + $0, role)), goesOn: true)
      }
      number += 1
    }
    for line in routeSummary.checklist.lines {
      let (mark, role): (String, Role) =
        switch line.state {
        case .done: ("[done]", .success)
        case .missing: ("[MISSING]", .warning)
        case .unknown: ("[unknown]", .hint)
        }
      add("\(mark) \(line.text): \(line.detail)", role, to: line.address)
    }
    if let (text, address) = unvisitedRules { add(text, .hint, to: address) }
    // Those of a form before the present one are none to go to.
    let isLinted = workspace.analysis.isLinted
    lines.append(
      FormLine(
        .heading(
          "Problems: \(isLinted ? "\(workspace.counts)\(workspace.notes)" : "being checked")")))
    for problem in workspace.analysis.problems where isLinted {
      add(problem.text, problem.severity.role, to: problem.address)
    }
    for remark in workspace.analysis.remarks where isLinted {
      add(remark.text, .hint, to: remark.address)
    }
    if !workspace.analysis.elsewhere.isEmpty {
      lines.append(
        FormLine(.heading("In the other documents: \(workspace.countsElsewhere)")))
      for problem in workspace.analysis.elsewhere.bySeverity.prefix(8) {
        add(workspace.text(of: problem), .hint)
      }
      if workspace.analysis.elsewhere.count > 8 {
        add("... \(keymap.way(to: .problems)) lists them all", .hint)
      }
    }
    for line in workspace.caseLines {
      if line.role == .heading {
        lines += line.text.wrapped(columns - 2).map { FormLine(.heading(String($0))) }
      } else {
        add(line.text, line.role)
      }
    }
    lines.append(FormLine(.heading("In words")))
    for text in routeSummary.summary { add(text, .plain, indent: "") }
    lines.append(FormLine(.heading("Files and commands")))
    if workspace.files.isEmpty {
      lines.append(
        FormLine(
          .toggle("One file per object", isOn: workspace.output.isFolder, .command(.filePerObject)))
      )
    }
    if workspace.output.isFolder, workspace.files.isEmpty {
      lines.append(
        FormLine(
          .toggle(
            "With a kustomization.yaml", isOn: workspace.output.writesKustomization,
            .command(.kustomization))))
    }
    let preparations = routeSummary.preparations
    for text in preparations.requirements.map({ "Needed: \($0)" })
      + preparations.commands.map({ "First run: \($0)" })
      + ["Then run: \(workspace.applyLine)"]
      + (preparations.trial.isEmpty
        ? [] : ["Try it: \(preparations.trial.joined(separator: "; "))"])
      + (workspace.shownCommand.map { ["The same: \($0)"] } ?? [])
    {
      add(text, .hint, indent: "")
    }
    return lines
  }
}
