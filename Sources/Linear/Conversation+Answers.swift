package import Wizard
import RouteForm
import Schemas

extension Conversation {
  /// Takes a line for an answer.
  package mutating func answer(_ line: String, _ wizard: Wizard) -> Turn {
    var turn = Turn()
    let text = line.trimmed
    if text.hasPrefix(":") {
      run(text, wizard, &turn)
      return turn
    }
    let answer = text.hasPrefix("\\:") ? String(text.dropFirst()) : text
    if case .none = ending {
      guard let question = question(wizard.workspace) else { return turn }
      if asksToKeep { keep(answer, question, &turn) } else { take(answer, question, wizard, &turn) }
    } else {
      decide(answer, wizard, &turn)
    }
    return turn
  }

  private mutating func keep(_ answer: String, _ question: Question, _ turn: inout Turn) {
    if answer.isEmpty || answer.boolean == true {
      close(question)
    } else if answer.boolean == false {
      settle()
    } else {
      turn.lines.append("Answer yes or no.")
    }
  }

  private mutating func take(
    _ answer: String, _ question: Question, _ wizard: Wizard, _ turn: inout Turn
  ) {
    let workspace = wizard.workspace
    switch question.kind {
    case .text(let address):
      if answer.isEmpty { return pass(question, workspace, &turn) }
      var form = workspace.form
      form.type(answer, at: address)
      if form.invalidTexts[address] != nil {
        return refuse(form.errorMessage(of: answer, at: address), question, &turn)
      }
      fill(address, answer, question, workspace, &turn)
    case .choice(let address, let choices):
      if answer.isEmpty { return pass(question, workspace, &turn) }
      guard let number = answer.choice(among: choices) else {
        return refuse(
          choices.count > Question.mostShown
            ? "use a name or number of :list, such as 1 \(choices[0])" : "use \(list(choices))",
          question, &turn)
      }
      fill(address, choices[number], question, workspace, &turn)
    case .toggle(let isOn, let request):
      guard let wanted = answer.isEmpty ? isOn : answer.boolean else {
        return refuse("answer yes or no", question, &turn)
      }
      if wanted != isOn { turn.requests.append(request) }
      close(question)
    case .addition(let edit):
      guard let wanted = answer.isEmpty ? false : answer.boolean else {
        return refuse("answer yes or no", question, &turn)
      }
      request(wanted ? edit : nil, question, &turn)
      if wanted { openNew(edit, &turn) }
    case .entry(let map): add(answer, to: map, question, workspace, &turn)
    case .ways(let ways):
      if answer.isEmpty || answer.lowercased() == "no" { return close(question) }
      guard let number = answer.choice(among: question.choices) else {
        return refuse(
          "use no, or a name or number such as 1 \(ways[0].title); :list lists them",
          question, &turn)
      }
      go(ways[number], workspace, &turn)
    case .provider(let row, let presets):
      if answer.isEmpty { return close(question) }
      guard let number = answer.choice(among: question.choices) else {
        return refuse(
          "use no, or a name or number of :list, such as 1 \(presets[0])", question, &turn)
      }
      request(number == 0 ? nil : .describe(row, preset: presets[number - 1]), question, &turn)
    case .route(let routes, let shown):
      guard let number = answer.isEmpty ? shown : answer.choice(among: question.choices) else {
        return refuse("use a number from 1 to \(routes.count)", question, &turn)
      }
      request(number == shown ? nil : .chooseRoute(routes[number].documentIndex), question, &turn)
    case .firstError: goToError(answer, question, workspace, &turn)
    case .write(let path): write(answer, path, question, &turn)
    }
  }

  /// A field keeps what stands; one that needs something is asked three times.
  private mutating func pass(_ question: Question, _ workspace: Workspace, _ turn: inout Turn) {
    guard let address = question.address, workspace.needs(address) || question.present == "required"
    else { return close(question) }
    failures += 1
    guard failures < 3 else {
      turn.lines.append("Left empty.")
      return close(question)
    }
    turn.lines.append("\(question.label) is required.")
  }

  private mutating func fill(
    _ address: Address, _ text: String, _ question: Question, _ workspace: Workspace,
    _ turn: inout Turn
  ) {
    request(workspace.form.text(at: address) == text ? nil : .fill(address, text), question, &turn)
  }

  mutating func request(_ edit: FormEdit?, _ question: Question, _ turn: inout Turn) {
    if let edit { turn.requests.append(.edit(edit)) }
    close(question)
  }

  /// Says what is wrong; the third time it is offered to keep what stands.
  mutating func refuse(_ message: String, _ question: Question, _ turn: inout Turn) {
    failures += 1
    turn.lines.append("Wrong: \(message).".spoken)
    if failures == 3 { asksToKeep = true }
  }

  func list(_ choices: [String]) -> String {
    choices.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: ", ")
  }
}
