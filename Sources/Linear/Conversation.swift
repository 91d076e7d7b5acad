import RouteForm
package import Wizard

/// The wizard as questions and answers: where it is, and what comes next.
///
/// It holds no form of its own: `next` looks at the wizard and gives the question that follows, and
/// an answer becomes the same events that keys of the screen would be. So linear mode has the
/// checks, drafts and bytes of the screen without another reading of them.
package struct Conversation: Sendable {
  /// How it ends.
  package enum Ending: Hashable, Sendable {
    /// The files are written.
    case done
    /// There are errors, and nothing was written.
    case invalid
    /// The user left.
    case left
  }

  /// What follows from an answer.
  package struct Turn: Sendable {
    package internal(set) var lines: [String] = []
    package internal(set) var requests: [LinearRequest] = []
    package internal(set) var ending: Ending?
  }

  var position = ConversationPosition(step: .buffer, rule: 0)
  /// What was asked already, and all that was asked, in order.
  private var answered: [ConversationPosition: Set<Question.Key>] = [:]
  var trail: [(position: ConversationPosition, key: Question.Key)] = []
  /// How often the present question was answered wrongly.
  var failures = 0
  /// Whether it is asked to keep the old value.
  var asksToKeep = false
  /// What waits for an answer at the end.
  var ending = EndingState.none
  /// Where the step began, to report what came of it; nil before its sentence was said.
  private var start: (form: FormState, problems: Set<String>)?
  /// The form before something was undone, or done again.
  var undone: FormState?
  /// Whether what is written is to be applied to the cluster then.
  var appliesAfterSaving = false
  /// What is to be reported about the requests of the last turn.
  var report = Report.none

  /// What is reported once the requests are done.
  enum Report: Sendable {
    case none
    /// What the wizard said.
    case message
    case differences
    /// What the cluster said.
    case cluster
  }

  /// What saving waits for.
  enum EndingState: Sendable {
    case none
    /// What comes of a request to save.
    case saving
    /// The number of an answer to a dialog.
    case dialog
    case path
    /// The name of the cluster that is to be applied to.
    case applying
  }

  package init(atReview: Bool) {
    if atReview { position.step = .review }
  }

  /// Goes on until something is to be asked: what is to be said, then the question; or the end.
  package mutating func next(_ wizard: Wizard) -> (turn: Turn, prompt: String) {
    var turn = Turn()
    addReport(wizard, &turn)
    if !turn.requests.isEmpty { return (turn, "") }
    if let before = undone { askAgain(aboutAllThatDiffers: before, wizard.workspace) }
    if case .none = ending {
    } else {
      if let prompt = finish(wizard, &turn) { return (turn, prompt) }
      if turn.ending != nil || !turn.requests.isEmpty { return (turn, "") }
    }
    while true {
      clamp(to: wizard.workspace)
      begin(wizard.workspace, &turn)
      if let question = question(wizard.workspace) { return (turn, prompt(question, wizard)) }
      if let card = position.cards.popLast() {
        turn.lines.append("End of \(wizard.workspace.title(ofCard: card)).")
        continue
      }
      if position.step == .review {
        turn.ending = .left
        return (turn, "")
      }
      leave(wizard.workspace, &turn)
      advance(wizard.workspace)
    }
  }

  /// The question that waits for an answer.
  func question(_ workspace: Workspace) -> Question? {
    all(workspace).first { answered[position]?.contains($0.key) != true }
  }

  /// Every question of the place.
  func all(_ workspace: Workspace) -> [Question] { questions(at: position, workspace) }

  private func questions(at position: ConversationPosition, _ workspace: Workspace) -> [Question] {
    position.step == .review ? reviewQuestions(workspace) : workspace.questions(at: position)
  }

  private func prompt(_ question: Question, _ wizard: Wizard) -> String {
    if asksToKeep { return "Keep the current value, \(question.present)? (yes or no, now yes): " }
    return question.prompt(number(of: question.key, at: position, wizard.workspace))
  }

  /// The number of a question: that of its step, those of the questions that led to it, its own.
  private func number(
    of key: Question.Key, at position: ConversationPosition, _ workspace: Workspace
  ) -> String {
    var outer = position
    let whole =
      outer.cards.popLast() == nil
      ? "\(position.step.rawValue)" : number(of: .ways, at: outer, workspace)
    let index = questions(at: position, workspace).firstIndex { $0.key == key } ?? 0
    return "\(whole).\(index + 1)"
  }

  private mutating func addReport(_ wizard: Wizard, _ turn: inout Turn) {
    switch report {
    case .none: break
    case .message:
      if let text = wizard.messageText { turn.lines.append(text.withCommands.spoken) }
    case .differences: turn.lines += wizard.workspace.differences
    case .cluster: addClusterReport(wizard, &turn)
    }
    report = .none
  }

  /// Leaves what is no longer there.
  private mutating func clamp(to workspace: Workspace) {
    position.rule = min(position.rule, max(0, workspace.form.rules.count - 1))
    while let card = position.cards.last, workspace.isGone(card) { position.cards.removeLast() }
  }

  /// Says once what the step is for, and which rule it is about.
  private mutating func begin(_ workspace: Workspace, _ turn: inout Turn) {
    guard start == nil else { return }
    start = (workspace.form, Set(workspace.analysis.problems.map(\.text)))
    if position.rule == 0 || !position.step.isPerRule {
      turn.lines += [
        "",
        "Step \(position.step.rawValue) of \(Step.allCases.count), \(position.step.title): \(position.step.summary)"
          .spoken,
      ]
    }
    if position.step.isPerRule, workspace.form.rules.count > 1 {
      turn.lines.append(workspace.name(ofRow: position.rule, in: FormState.ruleList) + ":")
    }
    if position.step == .review { turn.lines += review(workspace) }
    if position.step != .review, position.cards.isEmpty, all(workspace).isEmpty {
      turn.lines += notes(workspace)
    }
  }

  /// Why there is nothing to ask, in the words of the step.
  private func notes(_ workspace: Workspace) -> [String] {
    position.step.items(of: workspace.form, rule: position.rule).compactMap { row in
      if case .note(let text) = row.content { text.spoken } else { nil }
    }
  }

  /// Says what was changed in the step, and which problems arose.
  mutating func leave(_ workspace: Workspace, _ turn: inout Turn) {
    guard let start else { return }
    let changes = start.form == workspace.form ? [] : workspace.changes(since: start.form)
    if !changes.isEmpty { turn.lines.append("Changed: \(changes.joined(separator: "; "))".spoken) }
    turn.lines += workspace.analysis.problems.map(\.text).filter { !start.problems.contains($0) }
      .map(\.spoken)
    self.start = nil
  }

  private mutating func advance(_ workspace: Workspace) {
    if position.step.isPerRule, position.rule + 1 < workspace.form.rules.count {
      go(to: ConversationPosition(step: position.step, rule: position.rule + 1))
    } else {
      go(
        to: ConversationPosition(
          step: Step(rawValue: position.step.rawValue + 1) ?? .review, rule: 0))
    }
  }

  /// Begins a step anew.
  mutating func go(to position: ConversationPosition) {
    self.position = position
    answered = [:]
    start = nil
    settle()
  }

  /// Goes to the question about a field, in its step or in the card that it is in, else to the step.
  mutating func go(to address: Address, in workspace: Workspace) {
    go(
      to: ConversationPosition(
        step: Step.step(of: address, in: workspace.form), rule: address.rule ?? 0))
    if goToQuestion(of: address, workspace) { return }
    let card = ObjectCard.exists(at: address) ? address : address.parent
    guard ObjectCard.exists(at: card) else { return }
    position.cards = [card]
    if !goToQuestion(of: address, workspace), card != address { position.cards = [] }
  }

  private mutating func goToQuestion(of address: Address, _ workspace: Workspace) -> Bool {
    let questions = all(workspace)
    guard let index = questions.firstIndex(where: { $0.address == address }) else { return false }
    pass(questions[..<index])
    return true
  }

  /// Takes questions for answered.
  mutating func pass(_ questions: some Sequence<Question>) {
    answered[position, default: []].formUnion(questions.map(\.key))
  }

  /// Asks again about a list and what is in it.
  mutating func askAgain(within list: Address) {
    for position in answered.keys {
      answered[position] = answered[position]?.filter { key in
        if case .field(let address) = key { !address.isWithin(list) } else { true }
      }
    }
  }

  /// Asks again about the fields of the place that hold something else than before.
  private mutating func askAgain(
    aboutAllThatDiffers before: FormState, _ workspace: Workspace
  ) {
    answered[position] = answered[position]?.filter { key in
      guard case .field(let address) = key else { return true }
      return before.text(at: address) == workspace.form.text(at: address)
    }
    undone = nil
  }

  /// Opens a card at its first question.
  mutating func open(_ card: Address) {
    trail.append((position, .ways))
    position.cards.append(card)
    answered[position] = []
    settle()
  }

  /// Notes that a question is dealt with.
  mutating func close(_ question: Question) {
    pass(CollectionOfOne(question))
    trail.append((position, question.key))
    settle()
  }

  /// Forgets what was wrong with answers.
  mutating func settle() {
    failures = 0
    asksToKeep = false
  }

  /// Goes back to the question before.
  mutating func back() -> Bool {
    settle()
    guard let last = trail.popLast() else { return false }
    if last.position.step != position.step || last.position.rule != position.rule {
      go(to: last.position)
      answered[position] = Set(trail.filter { $0.position == last.position }.map(\.key))
    }
    position = last.position
    answered[position]?.remove(last.key)
    return true
  }
}
