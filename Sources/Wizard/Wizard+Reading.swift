import RouteForm
import Screen

extension Wizard {
  /// What files hold, read for the purpose for which it was asked.
  mutating func handleRead(_ files: [FileContent], for purpose: Effect.Purpose) -> [Effect] {
    switch purpose {
    case .open:
      return handleOpened(OpenResult(files, for: workspace.form.release, output: openingOutput))
    case .cases:
      return handleReadCases(files)
    case .glance:
      for file in files { panels.take(file) }
      return []
    case .compare:
      remember(files)
      if panels.isShowingDifferences { panels.showDifferences(workspace.differenceLines) }
      return []
    case .save:
      let conflicts = SaveConflicts(files, in: workspace)
      remember(files)
      return save(over: files, conflicts)
    }
  }

  /// Takes note of what the targets of the next save hold; what they held at first stays known.
  private mutating func remember(_ files: [FileContent]) {
    for file in files {
      workspace.lastRead[file.path] = file.content
      if workspace.disk[file.path] == nil { workspace.disk[file.path] = file.content }
    }
  }
}
