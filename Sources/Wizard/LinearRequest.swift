package import RouteForm
import Screen

/// A request of linear mode to the wizard; it needs no panel, focus or key.
package enum LinearRequest: Hashable, Sendable {
  case edit(FormEdit)
  case undo
  case redo
  /// Fixes the problem at a field.
  case fix(Address)
  /// Compares the files with what would be written.
  case compare
  /// Starts a save; the dialog lists conflicts.
  case save
  /// Starts a save to another place.
  case saveAs(String)
  /// Switches between one file and one file per object.
  case switchLayout
  /// Switches between a folder with a kustomization.yaml and one without.
  case switchKustomization
  /// Gives an answer to the open dialog, by its number from 0.
  case choose(Int)
  /// Reads the cluster of a context, or of the current one.
  case connect(String?)
  /// Writes for the release of the cluster's CRDs.
  case useRelease
  /// Runs a command that asks the cluster.
  case cluster(ClusterCommand)
  /// Applies what is saved to the cluster of a context, whose name was typed.
  case apply(String)
  /// Closes whatever is open.
  case close

  /// What a cluster is asked.
  package enum ClusterCommand: String, Sendable {
    case askServer = "ask-server"
    case diff = "diff-cluster"
    case status = "route-status"
    case plan = "apply"
  }
}

extension LinearRequest {
  /// The request as the journal of a session has it.
  var line: String {
    switch self {
    case .edit(let edit): "edit \(edit.line)"
    case .undo: "undo"
    case .redo: "redo"
    case .fix(let address): "fix \(address)"
    case .compare: "compare"
    case .save: "save"
    case .saveAs(let path): "save-as \(path)"
    case .switchLayout: "switch-layout"
    case .switchKustomization: "switch-kustomization"
    case .choose(let number): "choose \(number)"
    case .connect(let name): name.map { "connect \($0)" } ?? "connect"
    case .useRelease: "use-release"
    case .cluster(let command): "cluster \(command.rawValue)"
    case .apply(let name): "apply \(name)"
    case .close: "close"
    }
  }

  /// Reads what `line` gives; nil for anything else.
  init?(line: String) {
    let end = line.firstIndex(of: " ") ?? line.endIndex
    let rest = String(line[end...].dropFirst())
    let request: LinearRequest? =
      switch line[..<end] {
      case "edit": FormEdit(line: rest).map { .edit($0) }
      case "undo": .undo
      case "redo": .redo
      case "fix": Address(rest).map { .fix($0) }
      case "compare": .compare
      case "save": .save
      case "save-as": .saveAs(rest)
      case "switch-layout": .switchLayout
      case "switch-kustomization": .switchKustomization
      case "choose": Int(rest).map { .choose($0) }
      case "connect": .connect(rest.isEmpty ? nil : rest)
      case "use-release": .useRelease
      case "cluster": ClusterCommand(rawValue: rest).map { .cluster($0) }
      case "apply": .apply(rest)
      case "close": .close
      default: nil
      }
    guard let request else { return nil }
    self = request
  }
}

/// A dialog for a session without a screen.
package struct OpenDialog: Sendable {
  package let title: String
  package let lines: [String]
  package let choices: [(title: String, answer: Dialog.Answer)]
}

extension Wizard {
  mutating func carryOut(_ request: LinearRequest) -> [Effect] {
    message = nil
    switch request {
    case .edit(.usePool(let rule, let keeping)):
      return perform(.answer(.pool(rule: rule, keeping: keeping)))
    case .edit(let edit): perform(edit)
    case .undo: undo(again: false)
    case .redo: undo(again: true)
    case .fix(let address):
      lintIfFast()
      fix(workspace.analysis.problems.first { $0.address == address && $0.fixTitle != nil })
    case .compare:
      workspace.revise()
      return [.read(workspace.targetPaths, .compare)]
    case .save: return startSaving()
    case .saveAs(let path): return perform(.answerPrompt(.saveAs, path))
    case .switchLayout: return switchLayout()
    case .switchKustomization: return switchKustomization()
    case .choose(let number): return give(.click(number))
    case .connect(let name): return connect(to: name)
    case .useRelease: useRelease()
    case .cluster(let command): return carryOut(command)
    case .apply(let name): return apply(named: name)
    case .close: while !panels.isEmpty { closePanel() }
    }
    return []
  }

  private mutating func carryOut(_ command: LinearRequest.ClusterCommand) -> [Effect] {
    switch command {
    case .askServer: return run(.askServer)
    case .diff: return run(.diffCluster)
    case .status: return run(.status)
    case .plan:
      go(to: .review)
      return run(.apply)
    }
  }

  /// The name of the context that is connected; nil where none is.
  package var clusterName: String? { workspace.analysis.cluster?.name }

  /// What the open panel shows of the cluster, line by line.
  package var clusterReport: [String] {
    if case .status(let panel)? = panels.top { return panel.texts }
    if case .diff(let panel)? = panels.top, panel.cluster != nil { return panel.lines.map(\.text) }
    if case .dialog(let dialog)? = panels.top {
      return ["\(dialog.title)."] + dialog.lines.map(\.text)
    }
    return []
  }

  /// What the wizard has to say of what was done last.
  package var messageText: String? { message?.text }

  /// The dialog that waits for an answer, if one does.
  package var openDialog: OpenDialog? {
    guard case .dialog(let dialog)? = panels.top else { return nil }
    return OpenDialog(
      title: dialog.title, lines: dialog.lines.map(\.text),
      choices: dialog.choices.map { ($0.title, $0.answer) })
  }

  /// How the program ends where it does here.
  package func ending(keepingDraft: Bool) -> ExitRequest { leaving(keepingDraft: keepingDraft) }
}

extension Workspace {
  /// What saving would change, in words and by line, with words in the place of signs.
  package var differences: [String] {
    differenceLines.compactMap { line in
      switch line.role {
      case .added: "added: \(line.text.dropFirst(2))"
      case .removed: "removed: \(line.text.dropFirst(2))"
      case .hint where line.text.hasPrefix("@@"): nil
      case .heading:
        ["A": "new file", "M": "changed file", "=": "same file", "?": "unreadable file"]
          .first { line.text.hasPrefix("\($0.key) ") }.map { "\($0.value)\(line.text.dropFirst())" }
          ?? line.text
      case .plain, .title, .label, .value, .hint, .error, .warning, .success, .changed, .kept, .key,
        .border, .accent:
        line.text
      }
    }
  }

  /// The route in words, and each line of the checklist.
  package var review: (summary: [String], checklist: Checklist) {
    let routeSummary = routeSummary
    return (routeSummary.summary, routeSummary.checklist)
  }

  /// The opened routes, a line each, by their places.
  package var routes: [(documentIndex: Int, line: String)] {
    zip(form.routePlaces, routeLines).map { ($0, $1.text) }
  }

  /// What a row is called: `rule 2 (gpt-4o)`, `backend 1 (openai)`.
  package func name(ofRow index: Int, in list: Address) -> String {
    Workspace.name(of: list, index, in: form)
  }
}
