import Manifest
import RouteForm
import Screen

extension Wizard {
  mutating func startSaving() -> [Effect] {
    if let address = unsettledFocus { navigation.left.insert(address) }
    workspace.revise()
    return [.read(workspace.targetPaths, .save)]
  }

  private var unsettledFocus: Address? {
    if case .field(let address) = navigation.focus { address } else { nil }
  }

  /// What the files hold now: to be compared, or to be saved over.
  mutating func take(_ files: [FileContent], for purpose: Effect.Purpose) -> [Effect] {
    if purpose == .open { return takeOpened(files) }
    if purpose == .cases { return takeCases(files) }
    if purpose == .glance {
      for file in files { panels.take(file) }
      return []
    }
    for file in files { workspace.lastRead[file.path] = file.content }
    let changed = files.filter { file in
      guard let known = workspace.disk[file.path] else { return false }
      return known != file.content
    }
    switch purpose {
    case .open, .glance, .cases: break
    case .compare:
      for file in files where workspace.disk[file.path] == nil {
        workspace.disk[file.path] = file.content
      }
      if panels.isShowingDifferences { panels.showDifferences(workspace.differenceLines) }
    case .save:
      let wasKnown = files.allSatisfy { workspace.disk[$0.path] != nil }
      for file in files where workspace.disk[file.path] == nil {
        workspace.disk[file.path] = file.content
      }
      if changed.isEmpty, workspace.analysis.errors == 0,
        workspace.targets.allSatisfy({ workspace.mark(of: $0) == "=" })
      {
        // An opened file that nobody wrote is not said to have been written.
        let held = workspace.files.isEmpty ? workspace.targets : []
        let effects = take(
          held.map { WriteResult(path: $0.path, bytes: $0.bytes, failure: nil) })
        message = StyledLine("nothing to save: the files hold this already", .success)
        return effects
      }
      panels.open(.dialog(saveDialog(files, changed: wasKnown ? changed : [])), by: .save)
    }
    return []
  }

  /// What saving would change, and what stands against it; the answer that Enter gives is the one
  /// that loses nothing.
  private func saveDialog(_ files: [FileContent], changed: [FileContent]) -> Dialog {
    let errors = workspace.analysis.errors
    let blocked = files.compactMap { file -> StyledLine? in
      guard case .unreadable(let why) = file.content else { return nil }
      return StyledLine("\(file.path): \(why)", .error)
    }
    let strange = strangeFiles(files)
    var lines = blocked
    var choices: [Dialog.Choice] = []
    lines += changed.map {
      StyledLine("\($0.path) was changed by someone else since it was read or saved.", .error)
    }
    lines += strange.map {
      StyledLine(
        "\($0) is there and was not opened: replace it, open it, or save elsewhere", .error)
    }
    if errors > 0 {
      lines.append(
        StyledLine("\(errors == 1 ? "There is" : "There are") \(workspace.counts).", .error))
    }
    if blocked.isEmpty, !changed.isEmpty {
      choices.append(.init(title: "Show both", answer: .reread))
    } else if blocked.isEmpty, !strange.isEmpty {
      choices.append(.init(title: "Save elsewhere...", answer: .saveAs))
    }
    if errors > 0 { choices.append(.init(title: "Go to the first", answer: .firstError)) }
    if blocked.isEmpty { choices += writeChoices(errors, changed: changed, strange: strange) }
    if strange.isEmpty || !changed.isEmpty {
      choices.append(.init(title: "Save as...", answer: .saveAs))
    }
    choices.append(.init(title: "Cancel", answer: .cancel))
    return Dialog(
      title: errors > 0 ? "Save with errors?" : "Save", lines: lines + changes(in: files),
      choices: choices)
  }

  private func writeChoices(
    _ errors: Int, changed: [FileContent], strange: [String]
  ) -> [Dialog.Choice] {
    if !changed.isEmpty {
      let canTake =
        !workspace.files.isEmpty && workspace.files.allSatisfy { !$0.isStandardInput }
      return [.init(title: "Overwrite", answer: .write)]
        + (canTake ? [.init(title: "Take theirs, drop mine", answer: .takeTheirs)] : [])
    }
    if !strange.isEmpty {
      return [.init(title: "Replace it", answer: .write)]
        + (strange.count == 1
          ? [.init(title: "Open it, drop mine", answer: .openFile(strange[0]))] : [])
    }
    return [.init(title: errors > 0 ? "Save anyway" : "Write", answer: .write)]
  }

  /// The files that are there with something else in them, and were neither opened nor written in
  /// this session.
  private func strangeFiles(_ files: [FileContent]) -> [String] {
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
  private func changes(in files: [FileContent]) -> [StyledLine] {
    var lines: [StyledLine] = []
    if let before = workspace.saved ?? (workspace.files.isEmpty ? nil : workspace.initial) {
      lines += workspace.words(since: before).map { StyledLine($0, .changed) }
    }
    lines += workspace.reprints.map { StyledLine($0, .warning) }
    for target in workspace.files.isEmpty ? workspace.targets : workspace.changedTargets {
      let content = files.first { $0.path == target.path }?.content
      lines += workspace.difference(of: target, from: content)
    }
    return lines
  }

  mutating func askForPath() {
    panels.open(
      .prompt(Prompt("Save as (a file, or a folder ending in /)", .saveAs, workspace.place)))
  }

  /// What became of the files.
  mutating func take(_ results: [WriteResult]) -> [Effect] {
    for result in results where result.failure == nil {
      workspace.disk[result.path] = .bytes(result.bytes)
      workspace.lastRead[result.path] = .bytes(result.bytes)
      if !workspace.written.contains(result.path) { workspace.written.append(result.path) }
    }
    if let failed = results.first(where: { $0.failure != nil }) {
      workspace.leavesAfterSaving = false
      panels.open(
        .dialog(
          Dialog(
            title: "Not saved",
            lines: [
              StyledLine("\(failed.path): \(failed.failure ?? "")", .error),
              StyledLine("Nothing is lost: the form is as it was, and the old file is whole."),
            ],
            choices: [
              .init(title: "Save as...", answer: .saveAs), .init(title: "Back", answer: .cancel),
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
    message = StyledLine("saved \(names)", .success)
    return workspace.leavesAfterSaving ? [.quit(leaving(keepingDraft: false))] : []
  }

  mutating func askToLeave() -> [Effect] {
    guard workspace.isDirty else { return [.quit(leaving(keepingDraft: false))] }
    panels.open(
      .dialog(
        Dialog(
          title: "Leave with unsaved work?",
          lines: [StyledLine("aigw-wizard recover takes the draft up again.")],
          choices: [
            .init(title: "Save and leave", answer: .saveAndLeave),
            .init(title: "Keep draft and leave", answer: .keepAndLeave),
            .init(title: "Discard changes", answer: .discardAndLeave),
            .init(title: "Stay", answer: .cancel),
          ], selection: 1)))
    return []
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
  func leaving(keepingDraft: Bool) -> Leaving {
    let keeps = keepingDraft && workspace.isDirty
    var lines = workspace.written.map { "wrote \($0)" }
    if !workspace.written.isEmpty {
      lines.append(workspace.applyLine)
      if !workspace.isDirty, let sameCommand = workspace.sameCommand {
        lines += ["the same again:", sameCommand]
      }
    }
    return Leaving(
      status: keeps ? 130 : 0, lines: lines, keepsDraft: keeps)
  }

  /// One file, or one file an object in a folder of the same name.
  mutating func switchLayout() -> [Effect] {
    guard workspace.files.isEmpty else {
      message = StyledLine(
        "opened files stay as they are; save-as FOLDER/ puts new objects there", .warning)
      return []
    }
    let place = workspace.place
    if place.hasSuffix("/") {
      workspace.output.path = String(place.dropLast()) + ".yaml"
    } else if place.hasSuffix(".yaml") || place.hasSuffix(".yml") {
      workspace.output.path = String(place[..<(place.lastIndex(of: ".") ?? place.endIndex)]) + "/"
    } else {
      workspace.output.path = place + "/"
    }
    message = StyledLine(
      workspace.output.isFolder
        ? "one file per object, in \(workspace.place)" : "one file, \(workspace.place)")
    return [.read(workspace.targetPaths, .compare)]
  }

  var copyDialog: Dialog {
    var choices: [Dialog.Choice] = [
      .init(title: "YAML", answer: .copyYAML), .init(title: "Field path", answer: .copyPath),
    ]
    if workspace.sameCommand != nil {
      choices.append(.init(title: "Command", answer: .copyCommand))
    }
    return Dialog(
      title: "Copy", lines: [StyledLine("To the clipboard of the terminal (OSC 52) or of tmux.")],
      choices: choices + [.init(title: "Cancel", answer: .cancel)])
  }
}
