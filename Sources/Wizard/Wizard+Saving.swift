import Schemas
import YAML
import RouteForm
import Screen

extension Wizard {
  /// Starts a save: has the files read that are to be saved over, after the linter has finished.
  mutating func startSaving() -> [Effect] {
    if postpones(.answer(.save)) { return [] }
    if let address = navigation.focusedField { navigation.left.insert(address) }
    workspace.revise()
    return [.read(workspace.targetPaths, .save)]
  }

  /// Asks whether to save over what the files hold now, unless they hold it already.
  mutating func save(over files: [FileContent], _ conflicts: SaveConflicts) -> [Effect] {
    guard conflicts.isClear, workspace.analysis.errors == 0,
      workspace.targets.allSatisfy({ workspace.mark(of: $0) == "=" })
    else {
      panels.open(.dialog(saveDialog(files, conflicts)), by: .save)
      return []
    }
    // An opened file that nobody wrote is not said to have been written.
    let held = workspace.files.isEmpty ? workspace.targets : []
    let effects = handleWritten(
      held.map { WriteResult(path: $0.path, bytes: $0.bytes, failure: nil) })
    message =
      workspace.leftoverWarning.map { StyledLine($0, .warning) }
      ?? StyledLine("nothing to save: the files are up to date", .success)
    ignoresEnter = true
    return effects
  }

  mutating func askForPath() {
    panels.open(
      .prompt(Prompt("Save as (a file, or a folder ending in /)", .saveAs, workspace.outputPath)))
  }

  /// What became of the files.
  mutating func handleWritten(_ results: [WriteResult]) -> [Effect] {
    for result in results where result.failure == nil {
      workspace.disk[result.path] = .bytes(result.bytes)
      workspace.lastRead[result.path] = .bytes(result.bytes)
      if !workspace.written.contains(result.path) { workspace.written.append(result.path) }
    }
    let failed = results.filter { $0.failure != nil }
    guard failed.isEmpty else {
      workspace.leavesAfterSaving = false
      panels.open(
        .dialog(
          Dialog(
            title: "Not saved",
            lines: failed.map { StyledLine("\($0.path): \($0.failure ?? "")", .error) } + [
              StyledLine("Nothing is lost: the form is as it was, and the old file is whole.")
            ],
            choices: waysOut(of: failed.map(\.path)) + [.init(title: "Back", answer: .cancel)]
              + (workspace.draft == .failing
                ? [] : [.init(title: "Keep draft and leave", answer: .keepAndLeave)]))))
      return []
    }
    workspace.saved = workspace.form
    workspace.formerOutput = nil
    if workspace.draft != .failing { workspace.draft = .none }
    workspace.cases = nil
    workspace.analysis.markFromHere()
    let names = results.map(\.path).joined(separator: ", ")
    message = StyledLine(
      names.isEmpty
        ? "nothing written: no valid value differs from the files" : "saved \(names)", .success)
    if let warning = workspace.leftoverWarning { message = StyledLine(warning, .warning) }
    return workspace.leavesAfterSaving ? [.quit(leaving(keepingDraft: false))] : []
  }

  /// One file, or one file an object in a folder of the same name.
  mutating func switchLayout() -> [Effect] {
    guard workspace.files.isEmpty else {
      message = StyledLine(
        "opened files stay as they are; save-as FOLDER/ puts new objects there", .warning)
      return []
    }
    let place = workspace.outputPath
    if place.hasSuffix("/") {
      workspace.output.path = String(place.dropLast()) + ".yaml"
    } else if place.hasSuffix(".yaml") || place.hasSuffix(".yml") {
      workspace.output.path = String(place[..<(place.lastIndex(of: ".") ?? place.endIndex)]) + "/"
    } else {
      workspace.output.path = place + "/"
    }
    message = StyledLine(
      workspace.output.isFolder
        ? "one file per object, in \(workspace.outputPath)" : "one file, \(workspace.outputPath)")
    return [.read(workspace.targetPaths, .compare)]
  }

  mutating func switchKustomization() -> [Effect] {
    workspace.output.writesKustomization.toggle()
    message = StyledLine(
      workspace.output.writesKustomization ? "with a kustomization.yaml" : "no kustomization.yaml")
    return [.read(workspace.targetPaths, .compare)]
  }

  var copyDialog: Dialog {
    var choices: [Dialog.Choice] = [
      .init(title: "YAML", answer: .copyYAML), .init(title: "Field path", answer: .copyPath),
    ]
    if workspace.files.isEmpty {
      choices.append(.init(title: "Command", answer: .copyCommand))
    }
    return Dialog(
      title: "Copy", lines: [StyledLine("To the clipboard of the terminal (OSC 52) or of tmux.")],
      choices: choices + [.init(title: "Cancel", answer: .cancel)])
  }
}
