import Lint
import Schemas
import YAML
import RouteForm
import Screen

extension Wizard {
  /// What saving would change, and what stands against it; the answer that Enter gives is the one
  /// that loses nothing.
  func saveDialog(_ files: [FileContent], _ conflicts: SaveConflicts) -> Dialog {
    let errors = workspace.analysis.errors
    let strange = filesToOverwrite(files)
    var lines = conflicts.lines
    lines += strange.map {
      StyledLine(
        "\($0) is there and was not opened: replace it, open it, or save elsewhere", .error)
    }
    if let former = workspace.formerFile {
      lines.append(
        StyledLine(
          "The route is called \(workspace.title) now, and goes to \(workspace.outputPath). "
            + "\(former), written before, stays as it is: remove it, or keep that name.", .warning))
    }
    if errors > 0 {
      lines.append(
        StyledLine("\(errors == 1 ? "There is" : "There are") \(workspace.counts).", .error))
      let all = workspace.analysis.problems.filter { $0.severity == .error }
      lines += all.prefix(5).map { StyledLine("- \($0.text)", .error) }
      if all.count > 5 { lines.append(StyledLine("- and \(all.count - 5) more", .error)) }
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
  func waysOut(of blocked: [String]) -> [Dialog.Choice] {
    let isMovable = workspace.files.isEmpty || blocked.allSatisfy { $0 == workspace.outputPath }
    return (isMovable ? [.init(title: "Save as...", answer: .saveAs)] : [])
      + [.init(title: "Try again", answer: .save)]
  }

  private func choices(
    _ conflicts: SaveConflicts, strange: [String], _ first: [Dialog.Choice]
  ) -> [Dialog.Choice] {
    let saveAs = Dialog.Choice(title: "Save as...", answer: .saveAs)
    let cancel = Dialog.Choice(title: "Cancel", answer: .cancel)
    let former = workspace.formerFile.map {
      [Dialog.Choice(title: "Keep \($0)", answer: .keepFile($0))]
    }
    if !conflicts.changed.isEmpty {
      let canTake =
        conflicts.removed.isEmpty && !workspace.files.isEmpty
        && workspace.files.allSatisfy { !$0.isStandardInput }
      return [.init(title: "Show both", answer: .showBoth)] + first
        + [.init(title: "Overwrite", answer: .write)]
        + (canTake ? [.init(title: "Take theirs, drop mine", answer: .takeTheirs)] : [])
        + (former ?? []) + [saveAs, cancel]
    }
    if !strange.isEmpty {
      return [.init(title: "Save elsewhere...", answer: .saveAs)] + (former ?? []) + first
        + [.init(title: "Replace it", answer: .write)]
        + (strange.count == 1
          ? [.init(title: "Open it, drop mine", answer: .openFile(strange[0]))] : [])
        + [cancel]
    }
    let write =
      first.isEmpty ? former == nil ? "Write" : "Write \(workspace.outputPath)" : "Save anyway"
    return first + [.init(title: write, answer: .write)] + (former ?? []) + [saveAs, cancel]
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
    lines += workspace.changedTargets.filter(\.bytes.isEmpty).map {
      StyledLine("\($0.path) becomes empty: remove it", .warning)
    }
    if workspace.formerFile == nil, let warning = workspace.leftoverWarning {
      lines.append(StyledLine(warning, .warning))
    }
    for target in workspace.files.isEmpty ? workspace.targets : workspace.changedTargets {
      guard let file = files.first(where: { $0.path == target.path }) else { continue }
      lines += workspace.difference(of: target, from: file.content)
    }
    return lines
  }
}

/// Whether the files to be saved have changed on disk since they were read.
struct SaveConflicts {
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
