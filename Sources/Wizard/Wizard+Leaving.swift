import Schemas
import YAML
import RouteForm
import Screen

/// How a session ends.
extension Wizard {
  mutating func askToLeave() -> [Effect] {
    guard workspace.isDirty else { return [.quit(leaving(keepingDraft: false))] }
    let isKept = workspace.draft != .failing
    var choices: [Dialog.Choice] = [
      .init(title: "Save and leave", answer: .saveAndLeave),
      .init(title: "Discard changes", answer: .discardAndLeave),
      .init(title: "Stay", answer: .cancel),
    ]
    choices.insert(
      isKept
        ? .init(title: "Keep draft and leave", answer: .keepAndLeave)
        : .init(title: "Save as...", answer: .saveAs), at: 1)
    panels.open(
      .dialog(
        Dialog(
          title: "Leave with unsaved work?",
          lines: [
            isKept
              ? StyledLine("aigw-wizard recover resumes the draft.")
              : StyledLine("The draft cannot be written: what is not saved is lost.", .error)
          ], choices: choices, selection: isKept ? 1 : 3)))
    return []
  }

  /// Asks whether to go on with a draft that was left behind; whatever is answered, it stays.
  mutating func askToResume(_ draft: DraftNote) {
    panels.open(
      .dialog(
        Dialog(
          title: "Resume a draft?",
          lines: [
            StyledLine("A draft of this file was left behind: \(draft.name)"),
            StyledLine(draft.description),
            StyledLine("Later: aigw-wizard recover \(Shell.quoted(draft.name))", .hint),
          ],
          choices: [
            .init(title: "Resume", answer: .resume(draft.name)),
            .init(title: "Not now", answer: .cancel),
          ])))
  }

  /// ^C closes what is open; with nothing open it asks to leave, and once more leaves.
  mutating func interrupt() -> [Effect] {
    if isInterrupted { return [.quit(leaving(keepingDraft: true))] }
    if panels.top?.isStart == true { return [.quit(leaving(keepingDraft: true))] }
    if !panels.isEmpty {
      closePanel()
      return []
    }
    isInterrupted = true
    message = StyledLine("^C again leaves and keeps the draft", .warning)
    guard workspace.isDirty else {
      panels.open(
        .dialog(
          Dialog(
            title: "Leave?", lines: [StyledLine("Nothing is unsaved.")],
            choices: [
              .init(title: "Leave", answer: .discardAndLeave),
              .init(title: "Stay", answer: .cancel),
            ])))
      return []
    }
    return askToLeave()
  }

  /// How the program ends from here.
  func leaving(keepingDraft: Bool) -> ExitRequest {
    let keeps = keepingDraft && workspace.isDirty
    var lines = workspace.written.map { "wrote \($0)" }
    if let warning = workspace.leftoverWarning { lines.append(warning) }
    if !workspace.written.isEmpty {
      lines += Prerequisites(workspace.form).commands + [workspace.applyLine]
      if !workspace.isDirty, let sameCommand = workspace.sameCommand {
        lines += ["the same again:", Credential.masked(sameCommand)]
      }
    }
    return ExitRequest(
      status: keeps ? 130 : 0, lines: lines, keepsDraft: keeps)
  }
}
