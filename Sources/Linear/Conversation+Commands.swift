import Lint
import RouteForm
import Schemas
import Simulation
import Wizard
import YAML

/// The commands that may be typed at any question, after a colon.
enum ColonCommand: String, CaseIterable {
  case help, back, step, rule, list, yaml, explain, problems, fix, add, remove, up, down, duplicate,
    clear, set, undo, redo, simulate, diff, cluster, release, server, status, apply, save, quit

  var summary: String {
    switch self {
    case .help: "this list"
    case .back: "go back to the previous question"
    case .step: "go to a step, such as :step 4"
    case .rule: "go to a rule, such as :rule 2"
    case .list: "the possible values, and every answer of this step"
    case .yaml: "show the manifests"
    case .explain: "what the field is for"
    case .problems: "every problem"
    case .fix: "fix the problem at this field, or else the first fixable one"
    case .add: "add a row here; :add rule, match, header, backend or Gateway"
    case .remove: "remove this row; :remove rule"
    case .up: "move this row before the one before it; :up rule"
    case .down: "move this row behind the next one; :down rule"
    case .duplicate: "add a copy of this row; :duplicate rule"
    case .clear: "clear this value"
    case .set: "set any field, such as :set route.metadata.labels={team: a}"
    case .undo: "undo the last change"
    case .redo: "redo the last change that was undone"
    case .simulate: "where a request goes, such as :simulate gpt-4o"
    case .diff: "what saving would change; :diff cluster, what applying would"
    case .cluster:
      "read the cluster of kubectl's current context, or of another, such as :cluster prod"
    case .release: "target the release of AI Gateway that the cluster has"
    case .server: "validate the manifests on the cluster's API server"
    case .status: "show the status of the route in the cluster"
    case .apply: "save, then apply to the cluster, after you type its name"
    case .save: "go to the last step, and write"
    case .quit: "leave and keep the draft"
    }
  }
}

extension Conversation {
  /// Obeys a command; what is none is said.
  mutating func run(_ line: String, _ wizard: Wizard, _ turn: inout Turn) {
    let end = line.firstIndex(of: " ") ?? line.endIndex
    let word = String(line[..<end].dropFirst())
    let rest = String(line[end...].drop { $0 == " " })
    guard let command = ColonCommand(rawValue: word) else {
      let near = NearestWord.match(for: word, among: ColonCommand.allCases.map(\.rawValue))
      turn.lines.append(
        "No command \(word); \(near.map { "did you mean :\($0)?" } ?? ":help lists them"). "
          + "A value that begins with a colon is typed with a backslash before it.")
      return
    }
    if case .none = ending {
    } else if ![.help, .quit].contains(command) {
      turn.requests.append(.close)
      ending = .none
    }
    if command != .help { appliesAfterSaving = false }
    run(command, rest, wizard, &turn)
  }

  private mutating func run(
    _ command: ColonCommand, _ rest: String, _ wizard: Wizard, _ turn: inout Turn
  ) {
    let workspace = wizard.workspace
    switch command {
    case .help: turn.lines += ColonCommand.allCases.map { ":\($0.rawValue), \($0.summary)" }
    case .back: if !back() { turn.lines.append("This is the first question.") }
    case .step: goToStep(rest, workspace, &turn)
    case .rule: goToRule(rest, workspace, &turn)
    case .list: turn.lines += listing(workspace)
    case .yaml: turn.lines += workspace.analysis.printedText.text.lines
    case .explain: turn.lines += explanation(workspace)
    case .problems: turn.lines += problems(workspace).map(\.spoken)
    case .fix: fix(workspace, &turn)
    case .add: add(rest, workspace, &turn)
    case .remove: remove(rest, workspace, &turn)
    case .up: move(by: -1, rest, workspace, &turn)
    case .down: move(by: 1, rest, workspace, &turn)
    case .duplicate: duplicate(rest, workspace, &turn)
    case .clear: clear(workspace, &turn)
    case .set: set(rest, workspace, &turn)
    case .undo, .redo:
      turn.requests.append(command == .undo ? .undo : .redo)
      undone = workspace.form
      report = .message
    case .simulate: turn.lines += simulation(rest, workspace)
    case .cluster: connect(to: rest, &turn)
    case .release:
      turn.requests.append(.useRelease)
      report = .message
    case .server: ask(.askServer, wizard, &turn)
    case .status: ask(.status, wizard, &turn)
    case .apply: apply(wizard, &turn)
    case .diff where rest == "cluster": ask(.diff, wizard, &turn)
    case .diff:
      turn.requests.append(.compare)
      report = .differences
    case .save: goToSave(workspace, &turn)
    case .quit: turn.ending = .left
    }
  }

  /// Goes to the last question, which writes.
  mutating func goToSave(_ workspace: Workspace, _ turn: inout Turn) {
    leave(workspace, &turn)
    go(to: ConversationPosition(step: .review, rule: 0))
    pass(all(workspace).dropLast())
  }

  private mutating func goToStep(_ rest: String, _ workspace: Workspace, _ turn: inout Turn) {
    guard let step = Int(rest).flatMap(Step.init) else {
      turn.lines.append("Use a step from 1 to 8, such as :step 4.")
      return
    }
    leave(workspace, &turn)
    go(to: ConversationPosition(step: step, rule: position.rule))
    if !step.isPerRule { position.rule = 0 }
  }

  private mutating func goToRule(_ rest: String, _ workspace: Workspace, _ turn: inout Turn) {
    let count = workspace.form.rules.count
    guard let number = Int(rest), (1...max(1, count)).contains(number), count > 0 else {
      turn.lines.append(count == 0 ? "There is no rule." : "Use a rule from 1 to \(count).")
      return
    }
    leave(workspace, &turn)
    go(
      to: ConversationPosition(
        step: position.step.isPerRule ? position.step : .matches, rule: number - 1))
  }

  private func listing(_ workspace: Workspace) -> [String] {
    let choices = question(workspace)?.choices ?? []
    return choices.enumerated().map { "\($0 + 1) \($1)" }
      + all(workspace).map { "\($0.label), \($0.present)" }
  }

  private func explanation(_ workspace: Workspace) -> [String] {
    guard let address = question(workspace)?.address,
      let property = address.object.resource.property(at: address.path)
    else { return [position.step.summary] }
    let problems = workspace.analysis.problems.filter { $0.address == address }.map(\.text)
    let examples =
      property.examples.isEmpty ? [] : ["For example: " + property.examples.joined(separator: ", ")]
    return
      ([property.facts(of: address.object.resource.project)] + examples + problems
      + ["Its path is \(address)."]).map(\.spoken)
  }

  private mutating func fix(_ workspace: Workspace, _ turn: inout Turn) {
    let problems = workspace.analysis.problems.filter { $0.fixTitle != nil }
    let address = question(workspace)?.address
    guard let problem = problems.first(where: { $0.address == address }) ?? problems.first else {
      turn.lines.append("Nothing can be fixed here.")
      return
    }
    turn.requests.append(.fix(problem.address))
    report = .message
  }

  private mutating func add(_ rest: String, _ workspace: Workspace, _ turn: inout Turn) {
    let additions = all(workspace).filter { if case .addition = $0.kind { true } else { false } }
    let wanted = rest.lowercased()
    let position = self.position
    let found = additions.first { $0.label.lowercased().hasSuffix(wanted) }
    guard let found, case .addition(let edit) = found.kind else {
      turn.lines.append(
        additions.isEmpty
          ? "Nothing can be added in this step."
          : "Use " + additions.map { ":" + $0.label.lowercased() }.joined(separator: " or ") + ".")
      return
    }
    turn.requests.append(.edit(edit))
    report = .message
    // The new row is asked about next.
    pass(all(workspace).prefix { $0.key != found.key })
    openNew(edit, &turn)
    if case .insert(_, FormState.ruleList, let index) = edit {
      go(to: ConversationPosition(step: position.step, rule: index))
    }
  }

  private mutating func clear(_ workspace: Workspace, _ turn: inout Turn) {
    guard let question = question(workspace), let address = question.address else {
      turn.lines.append("The question is not about a field.")
      return
    }
    request(.fill(address, ""), question, &turn)
  }

  /// A field by its path: a text as it is typed, a list or a mapping as YAML.
  private mutating func set(_ rest: String, _ workspace: Workspace, _ turn: inout Turn) {
    guard let equals = rest.firstIndex(of: "="),
      let address = Address(String(rest[..<equals])),
      address.object.resource.property(at: address.path) != nil, !address.path.isRoot
    else {
      turn.lines.append("Use :set and a path of the form, such as :set route.metadata.name=chat.")
      return
    }
    let value = String(rest[rest.index(after: equals)...])
    guard ObjectCard.exists(at: address) else {
      turn.requests.append(.edit(.fill(address, value)))
      report = .message
      return
    }
    let parsed = Parser().parse(Array(value.utf8))
    guard let node = parsed.documents.first?.root, parsed.problems.isEmpty else {
      turn.lines.append("This is not YAML: \(parsed.problems.first?.message ?? value).")
      return
    }
    turn.requests.append(.edit(.replace(address, node)))
    report = .message
  }

  private func simulation(_ rest: String, _ workspace: Workspace) -> [String] {
    let headers = workspace.form.rule(position.rule)?["matches"]?[0]?["headers"]?.items ?? []
    let own = headers.first { $0["name"]?.text == Template.modelHeader }?["value"]?.text
    let model = rest.isEmpty ? own : rest
    let simulator = Simulator(
      documents: workspace.analysis.documents, release: workspace.form.release)
    let answer = simulator.answer(to: Request(model: model))
    return ["A request for \(model ?? "no model"):"]
      + answer.paragraphs.flatMap { ($0.title.isEmpty ? [] : [$0.title + ":"]) + $0.lines }
      .map(\.spoken)
  }
}

extension String {
  /// The lines of a text.
  fileprivate var lines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
