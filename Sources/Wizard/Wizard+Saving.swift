import Schemas
import YAML
import RouteForm
import Screen

extension Wizard {
  /// Starts a save: has the files read that are to be saved over, after the linter has finished.
  mutating func startSaving() -> [Effect] {
    if postpones(.answer(.save)) { return [] }
    if let address = unsettledFocus { navigation.left.insert(address) }
    workspace.revise()
    return [.read(workspace.targetPaths, .save)]
  }

  private var unsettledFocus: Address? {
    if case .field(let address) = navigation.focus { address } else { nil }
  }

  /// What the files hold now: to be compared, or to be saved over.
  mutating func handleRead(_ files: [FileContent], for purpose: Effect.Purpose) -> [Effect] {
    if purpose == .open {
      return handleOpened(OpenResult(files, for: workspace.form.release, output: openingOutput))
    }
    if purpose == .cases { return handleReadCases(files) }
    if purpose == .glance {
      for file in files { panels.take(file) }
      return []
    }
    for file in files { workspace.lastRead[file.path] = file.content }
    let conflicts = SaveConflicts(files, in: workspace)
    switch purpose {
    case .open, .glance, .cases: break
    case .compare:
      for file in files where workspace.disk[file.path] == nil {
        workspace.disk[file.path] = file.content
      }
      if panels.isShowingDifferences { panels.showDifferences(workspace.differenceLines) }
    case .save:
      for file in files where workspace.disk[file.path] == nil {
        workspace.disk[file.path] = file.content
      }
      if conflicts.isClear, workspace.analysis.errors == 0,
        workspace.targets.allSatisfy({ workspace.mark(of: $0) == "=" })
      {
        // An opened file that nobody wrote is not said to have been written.
        let held = workspace.files.isEmpty ? workspace.targets : []
        let effects = handleWritten(
          held.map { WriteResult(path: $0.path, bytes: $0.bytes, failure: nil) })
        message = StyledLine("nothing to save: the files are up to date", .success)
        return effects
      }
      panels.open(.dialog(saveDialog(files, conflicts)), by: .save)
    }
    return []
  }

  /// What saving would change, and what stands against it; the answer that Enter gives is the one
  /// that loses nothing.
  private func saveDialog(_ files: [FileContent], _ conflicts: SaveConflicts) -> Dialog {
    let errors = workspace.analysis.errors
    let strange = filesToOverwrite(files)
    var lines = conflicts.lines
    lines += strange.map {
      StyledLine(
        "\($0) is there and was not opened: replace it, open it, or save elsewhere", .error)
    }
    if errors > 0 {
      lines.append(
        StyledLine("\(errors == 1 ? "There is" : "There are") \(workspace.counts).", .error))
    }
    let first = errors > 0 ? [Dialog.Choice(title: "Go to the first", answer: .firstError)] : []
    guard conflicts.blocked.isEmpty else {
      return Dialog(
        title: "Cannot save",
        lines: lines + changes(in: files.filter(\.isReadable), conflicts: conflicts),
        choices: waysOut(of: conflicts.blocked) + first + [.init(title: "Cancel", answer: .cancel)])
    }
    return Dialog(
      title: errors > 0 ? "Save with errors?" : "Save",
      lines: lines + changes(in: files, conflicts: conflicts),
      choices: choices(conflicts, strange: strange, first))
  }

  /// What can be done about files that cannot be written: another place helps where all that is in
  /// the way stands at this one.
  private func waysOut(of blocked: [String]) -> [Dialog.Choice] {
    let isMovable = workspace.files.isEmpty || blocked.allSatisfy { $0 == workspace.outputPath }
    return (isMovable ? [.init(title: "Save as...", answer: .saveAs)] : [])
      + [.init(title: "Try again", answer: .save)]
  }

  private func choices(
    _ conflicts: SaveConflicts, strange: [String], _ first: [Dialog.Choice]
  ) -> [Dialog.Choice] {
    let saveAs = Dialog.Choice(title: "Save as...", answer: .saveAs)
    let cancel = Dialog.Choice(title: "Cancel", answer: .cancel)
    if !conflicts.changed.isEmpty {
      let canTake =
        conflicts.removed.isEmpty && !workspace.files.isEmpty
        && workspace.files.allSatisfy { !$0.isStandardInput }
      return [.init(title: "Show both", answer: .reread)] + first
        + [.init(title: "Overwrite", answer: .write)]
        + (canTake ? [.init(title: "Take theirs, drop mine", answer: .takeTheirs)] : [])
        + [saveAs, cancel]
    }
    if !strange.isEmpty {
      return [.init(title: "Save elsewhere...", answer: .saveAs)] + first
        + [.init(title: "Replace it", answer: .write)]
        + (strange.count == 1
          ? [.init(title: "Open it, drop mine", answer: .openFile(strange[0]))] : [])
        + [cancel]
    }
    let write = first.isEmpty ? "Write" : "Save anyway"
    return first + [.init(title: write, answer: .write), saveAs, cancel]
  }

  /// The files that are there with something else in them, and were neither opened nor written in
  /// this session.
  private func filesToOverwrite(_ files: [FileContent]) -> [String] {
    let known = Set(workspace.files.map(\.path) + workspace.written)
    return files.compactMap { file in
      guard case .bytes(let bytes) = file.content, !bytes.isEmpty, !known.contains(file.path),
        let target = workspace.targets.first(where: { $0.path == file.path }),
        target.bytes != bytes
      else { return nil }
      return file.path
    }
  }

  /// What saving would change, in words and by line.
  private func changes(
    in files: [FileContent], conflicts: SaveConflicts
  ) -> [StyledLine] {
    var lines: [StyledLine] = []
    if !conflicts.changed.isEmpty {
      for path in conflicts.changed {
        let texts = workspace.changes(of: path, since: files)
        if texts.isEmpty { continue }
        lines.append(StyledLine("In words, against what \(path) holds now", .heading))
        lines += texts.map { StyledLine($0, .changed) }
      }
    } else if let before = workspace.saved ?? (workspace.files.isEmpty ? nil : workspace.initial) {
      lines += workspace.changes(since: before).map { StyledLine($0, .changed) }
    }
    lines += workspace.reprints.map { StyledLine($0, .warning) }
    for target in workspace.files.isEmpty ? workspace.targets : workspace.changedTargets {
      guard let file = files.first(where: { $0.path == target.path }) else { continue }
      lines += workspace.difference(of: target, from: file.content)
    }
    return lines
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
            choices: waysOut(of: failed.map(\.path)) + [
              .init(title: "Back", answer: .cancel),
              .init(title: "Keep draft and leave", answer: .keepAndLeave),
            ])))
      return []
    }
    workspace.saved = workspace.form
    workspace.formerOutput = nil
    workspace.drafted = nil
    workspace.cases = nil
    workspace.analysis.markFromHere()
    let names = results.map(\.path).joined(separator: ", ")
    message = StyledLine(
      names.isEmpty
        ? "nothing written: no valid value differs from the files" : "saved \(names)", .success)
    return workspace.leavesAfterSaving ? [.quit(leaving(keepingDraft: false))] : []
  }

  mutating func askToLeave() -> [Effect] {
    guard workspace.isDirty else { return [.quit(leaving(keepingDraft: false))] }
    panels.open(
      .dialog(
        Dialog(
          title: "Leave with unsaved work?",
          lines: [StyledLine("aigw-wizard recover resumes the draft.")],
          choices: [
            .init(title: "Save and leave", answer: .saveAndLeave),
            .init(title: "Keep draft and leave", answer: .keepAndLeave),
            .init(title: "Discard changes", answer: .discardAndLeave),
            .init(title: "Stay", answer: .cancel),
          ], selection: 1)))
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
    if !workspace.written.isEmpty {
      lines += Prerequisites(workspace.form).commands + [workspace.applyLine]
      if !workspace.isDirty, let sameCommand = workspace.sameCommand {
        lines += ["the same again:", Credential.masked(sameCommand)]
      }
    }
    return ExitRequest(
      status: keeps ? 130 : 0, lines: lines, keepsDraft: keeps)
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

/// Whether the files to be saved have changed on disk since they were read.
private struct SaveConflicts {
  /// Those in whose place no file can be written, with the reason.
  private(set) var reasons: [(path: String, why: String)] = []
  /// The files that hold something else now, or are gone.
  private(set) var changed: [String] = []
  private(set) var removed: [String] = []

  init(_ files: [FileContent], in workspace: Workspace) {
    let isKnown = files.allSatisfy { workspace.disk[$0.path] != nil }
    for file in files {
      let known = workspace.disk[file.path]
      switch (file.content, known) {
      case (.unreadable(let why), _): reasons.append((file.path, why))
      case (_, nil), (_, .unreadable?): break
      case (.absent, .bytes?): if isKnown { removed.append(file.path) }
      case (.bytes, _), (.absent, .absent?):
        if isKnown, known != file.content { changed.append(file.path) }
      }
    }
  }

  var blocked: [String] { reasons.map(\.path) }
  /// Whether nothing stands against saving.
  var isClear: Bool { reasons.isEmpty && changed.isEmpty && removed.isEmpty }

  var lines: [StyledLine] {
    reasons.map { StyledLine("\($0.path): \($0.why)", .error) }
      + changed.map {
        StyledLine("\($0) was changed by someone else since it was read or saved.", .error)
      }
      + removed.map {
        StyledLine("\($0) was removed by someone else since it was read or saved.", .error)
      }
  }
}

extension FileContent {
  fileprivate var isReadable: Bool { if case .unreadable = content { false } else { true } }
}
