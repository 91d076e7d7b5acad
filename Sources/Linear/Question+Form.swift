import RouteForm
import Resources
import Schemas
import Wizard
import YAML

/// A step, the rule that it is about where steps show one, and what was opened there, one in another.
struct ConversationPosition: Hashable, Sendable {
  var step: Step
  var rule: Int
  var cards: [Address] = []
}

extension Workspace {
  /// What is asked at a place, in order, from the rows that the screen shows there.
  func questions(at position: ConversationPosition) -> [Question] {
    if let card = position.cards.last { return questions(ofCard: card) }
    var questions: [Question] = []
    if position.step == .buffer, routes.count > 1 { questions.append(routeQuestion) }
    let rows = position.step.items(of: form, rule: position.rule)
    for row in rows { questions += self.questions(of: row, at: position.step) }
    let isAboutBackends = position.step == .splits || position.step == .pool
    let more =
      ways(of: rows)
      + (isAboutBackends
        ? waysOfBackends(ofRule: position.rule, inPool: position.step == .pool) : [])
    return questions + [question(more)].compactMap { $0 }
  }

  /// What is asked of a card of the screen.
  private func questions(ofCard card: Address) -> [Question] {
    let rows = ObjectCard.items(of: form, at: card)
    var questions = rows.flatMap { self.questions(of: $0, at: nil) }
    for place in questions.indices {
      questions[place].row = row(of: questions[place], in: card)
      // What has but a number is called by what it is.
      if ObjectCard.isList(at: card), let address = questions[place].address,
        case .index(let index)? = address.path.last
      {
        questions[place].label = "\(Workspace.noun(of: card)) \(index + 1)"
      }
    }
    if ObjectCard.isMap(at: card) {
      questions.append(
        Question(
          key: .entry(card), label: "Add a key", kind: .entry(card), hint: "text such as team",
          present: "now none"))
    }
    return questions + [question(ways(of: rows))].compactMap { $0 }
  }

  /// What `:remove` takes away at a question of a card: an entry of its list or mapping, or the row
  /// that it is about.
  private func row(of question: Question, in card: Address) -> Address? {
    if ObjectCard.isMap(at: card) || ObjectCard.isList(at: card) { return question.address }
    if case .index? = card.path.last { return card }
    return nil
  }

  private func questions(of row: FormRow, at step: Step?) -> [Question] {
    switch row.content {
    case .heading, .cards, .note: return []
    case .fields(let fields): return fields.compactMap { question(of: $0, label: $0.label) }
    case .toggle(let title, let isOn, let edit):
      return [toggle(title, isOn: isOn, .edit(edit))]
    case .table(let table):
      return (0..<table.count).flatMap { questions(ofRow: $0, in: table, at: step) }
    case .buttons(let buttons): return buttons.compactMap(question)
    }
  }

  func toggle(_ title: String, isOn: Bool, _ request: LinearRequest) -> Question {
    Question(
      key: .toggle(title), label: title, kind: .toggle(isOn: isOn, request), hint: "yes or no",
      present: "now \(isOn ? "yes" : "no")")
  }

  /// A field's question; nil where it holds more than a line.
  func question(of field: Field, label: String, row: Address? = nil) -> Question? {
    let address = field.address
    let choices = form.choices(at: address)
    guard !choices.isEmpty || isTypable(address) else { return nil }
    let text = form.text(at: address)
    let property = address.object.resource.property(at: address.path)
    let placeholder = field.placeholder.asPhrase.spoken
    let present =
      !text.isEmpty
      ? "now \(text)"
      : needs(address, placeholder)
        ? "required"
        : ["", "empty", "not set"].contains(placeholder)
          ? "now empty"
          : placeholder.hasPrefix("optional")
            ? "now empty, \(placeholder)" : "now empty, which means \(placeholder)"
    let hint =
      choices.isEmpty
      ? property?.kindDescription ?? "text"
      : choices.count > Question.mostShown
        ? "a name or a number of \(choices.count); :list lists them"
        : choices.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: ", ")
    return Question(
      key: .field(address), label: label,
      kind: choices.isEmpty ? .text(address) : .choice(address, choices), hint: hint,
      present: present, row: row)
  }

  /// Whether an empty field is to be filled in; what follows from another one is asked for there.
  func needs(_ address: Address, _ placeholder: String = "") -> Bool {
    guard form.text(at: address).isEmpty, !form.isDerived(address) else { return false }
    return placeholder.hasPrefix("required") || isWrong(address)
      || address.object.resource.property(at: address.path)?.isRequired == true
  }

  /// A row's cells, named by what its first one holds, and the provider of a backend.
  private func questions(ofRow index: Int, in table: Table, at step: Step?) -> [Question] {
    let record = table.record(index)
    let fields = table.cells(index).compactMap { cell -> Field? in
      if case .field(let field) = cell { field } else { nil }
    }
    let name = fields.first.map { form.text(at: $0.address) } ?? ""
    let title = name.isEmpty ? "\(Workspace.noun(of: record.parent)) \(index + 1)" : name
    var questions = fields.enumerated().compactMap { place, field in
      question(
        of: field,
        label: place == 0 && fields.count > 1
          ? "\(field.label) \(index + 1)" : "\(field.label) of \(label(of: record) ?? title)",
        row: record)
    }
    if step == .splits { questions += provider(of: record) }
    return questions
  }

  /// What a backend is called.
  private func label(of record: Address) -> String? {
    let name = form.value(at: record)?["name"]?.scalar?.text ?? ""
    return name.isEmpty ? nil : name
  }

  /// By which provider a backend is described, and what that needs to know.
  private func provider(of record: Address) -> [Question] {
    guard let ref = form.placedRef(at: record), !ref.name.isEmpty, !ref.isPool else { return [] }
    guard let index = form.provider(for: ref) else {
      if case .opened = form.description(of: ref) { return [] }
      let presets = ProviderPreset.all.map(\.name)
      let likely = FormState.preset(likelyFor: ref.name).map { "\($0), " } ?? ""
      return [
        Question(
          key: .provider(record), label: "Provider of \(ref.name), to write its objects as well",
          kind: .provider(record, presets),
          hint: "no, \(likely)or one of \(presets.count) by name or number; :list lists them",
          present: "now no", row: record)
      ]
    }
    let card = ObjectCard.items(of: form, at: Address(.provider(index), .root))
    return card.flatMap { row -> [Question] in
      guard case .fields(let fields) = row.content else { return [] }
      return fields.compactMap {
        question(of: $0, label: "\($0.label) of \(ref.name)", row: record)
      }
    }
  }

  /// What a button asks, where it adds something or switches it.
  private func question(_ button: Button) -> Question? {
    switch button.operation {
    case .insert(_, let list, _):
      let count = form.value(at: list)?.items.count ?? 0
      // In a card the button need not say what it adds.
      let title = button.title == "Add" ? "Add \(Workspace.noun(of: list))" : button.title
      return Question(
        key: .addition(list, count), label: title, kind: .addition(button.operation),
        hint: "yes or no", present: "now no")
    case .writeGateway(let isOn):
      return toggle("Write Gateway and its class", isOn: !isOn, .edit(button.operation))
    case .writeClass(let isOn):
      return toggle("Write the Gateway's class", isOn: !isOn, .edit(button.operation))
    case .remove, .move, .duplicate, .fill, .writePolicy, .writeRetry, .writeGrants, .usePool,
      .useBackends, .chooseRoute, .describe, .writePool, .forget, .adopt, .replace:
      return nil
    }
  }

  private var routeQuestion: Question {
    let routes = routes
    let shown = routes.firstIndex { $0.documentIndex == form.held.route } ?? 0
    return Question(
      key: .route, label: "Which route", kind: .route(routes, shown: shown),
      hint: routes.enumerated().map { "\($0 + 1) \($1.line)" }.joined(separator: "; "),
      present: "now \(shown + 1)")
  }
}

extension Question {
  /// More choices than these are not read out with the question.
  static let mostShown = 6
}
