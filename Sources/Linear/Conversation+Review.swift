import Lint
import RouteForm
import Wizard
import YAML

extension Conversation {
  /// What the last step says: the route in words, the checklist, every problem.
  func review(_ workspace: Workspace) -> [String] {
    let (summary, checklist) = workspace.review
    let lines = checklist.lines.map { line in
      let state =
        switch line.state {
        case .done: "Done"
        case .missing: "Missing"
        case .unknown: "Unknown"
        }
      return "\(state): \(line.text), \(line.detail)"
    }
    return (summary + lines + problems(workspace)).map(\.spoken)
  }

  func problems(_ workspace: Workspace) -> [String] {
    let lines = workspace.analysis.problems.map(\.text)
    return lines.isEmpty ? ["No problems."] : lines
  }

  /// With errors, where to go; else whether to write.
  func reviewQuestions(_ workspace: Workspace) -> [Question] {
    guard workspace.analysis.errors == 0 else {
      return [
        Question(
          key: .firstError, label: "Go to the first error", kind: .firstError, hint: "yes or no",
          present: "now no")
      ]
    }
    return layoutQuestions(workspace) + [
      Question(
        key: .write, label: "Write \(workspace.outputPath)?", kind: .write(workspace.outputPath),
        hint: "yes, no, or another path", present: "now yes")
    ]
  }

  /// How what was not opened is laid out in files.
  private func layoutQuestions(_ workspace: Workspace) -> [Question] {
    let output = workspace.output
    guard workspace.files.isEmpty, output.path != "-" else { return [] }
    return [workspace.toggle("One file per object", isOn: output.isFolder, .switchLayout)]
      + (output.isFolder
        ? [
          workspace.toggle(
            "With a kustomization.yaml", isOn: output.writesKustomization, .switchKustomization)
        ] : [])
  }

  mutating func goToError(
    _ answer: String, _ question: Question, _ workspace: Workspace, _ turn: inout Turn
  ) {
    if answer.boolean == true,
      let problem = workspace.analysis.problems.first(where: { $0.severity == .error })
    {
      return go(to: problem.address, in: workspace)
    }
    let errors = workspace.analysis.errors
    turn.lines.append(
      "Nothing was written: \(errors == 1 ? "there is 1 error" : "there are \(errors) errors").")
    turn.ending = .invalid
  }

  mutating func write(
    _ answer: String, _ path: String, _ question: Question, _ turn: inout Turn
  ) {
    if answer.boolean == false {
      turn.ending = .left
      return
    }
    ending = .saving
    let isPlain = answer.isEmpty || answer.boolean == true || answer == path
    turn.requests.append(isPlain ? .save : .saveAs(answer))
  }

  /// What comes of saving: nothing more to ask, or what stands against it.
  mutating func finish(_ wizard: Wizard, _ turn: inout Turn) -> String? {
    if case .applying = ending { return confirmation(wizard) }
    guard let dialog = wizard.openDialog else {
      if !wizard.workspace.isDirty, wizard.workspace.saved != nil {
        guard appliesAfterSaving else {
          turn.ending = .done
          return nil
        }
        appliesAfterSaving = false
        ending = .none
        if let text = wizard.messageText { turn.lines.append(text.spoken) }
        ask(.plan, wizard, &turn)
      } else {
        turn.requests = [.close]
        ending = .none
      }
      return nil
    }
    if case .path = ending { return "Path, empty to stay here: " }
    if case .saving = ending, dialog.title == "Save", dialog.choices.first?.answer == .write {
      turn.requests = [.choose(0)]
      return nil
    }
    if case .saving = ending { turn.lines += [dialog.title + "."] + dialog.lines }
    ending = .dialog
    return
      "\(list(dialog.choices.map(\.title))) (number or name; empty keeps the draft and leaves): "
      .spoken
  }

  /// Takes the answer to what stands against saving.
  mutating func decide(_ answer: String, _ wizard: Wizard, _ turn: inout Turn) {
    if case .applying = ending { return confirm(answer, wizard, &turn) }
    guard let dialog = wizard.openDialog else {
      ending = .none
      return
    }
    if case .path = ending {
      turn.requests = [.close]
      ending = .none
      guard !answer.isEmpty else { return }
      turn.requests.append(.saveAs(answer))
      ending = .saving
      return
    }
    guard !answer.isEmpty else {
      turn.ending = .left
      return
    }
    guard let number = answer.choice(among: dialog.choices.map(\.title)) else {
      turn.lines.append("Wrong: use a number from 1 to \(dialog.choices.count).")
      return
    }
    switch dialog.choices[number].answer {
    case .saveAs: ending = .path
    case .cancel, .firstError, .copyYAML, .copyPath, .copyCommand, .pool, .open, .apply,
      .openClusterRoute:
      turn.requests = [.close]
      ending = .none
    case .keepAndLeave: turn.ending = .left
    case .showBoth:
      turn.requests = [.choose(number), .close, .close]
      report = .differences
      ending = .none
    case .write, .keepFile, .save, .saveAndLeave:
      turn.requests = [.choose(number)]
      ending = .saving
    case .takeTheirs, .openFile, .resume, .discardAndLeave:
      turn.requests = [.choose(number)]
      ending = .none
      go(to: ConversationPosition(step: .review, rule: 0))
    }
  }
}
