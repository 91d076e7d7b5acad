import RouteForm
import Screen
import Simulation

extension Wizard {
  /// Whether the cases are seen, so that they have to be known.
  private var showsCases: Bool {
    if case .simulator = panels.top { return true }
    guard panels.top?.isStart != true else { return false }
    // Beside manifests that nobody saved yet there are none, and their name may still be typed.
    let isOnDisk = !workspace.files.isEmpty || workspace.saved != nil
    return navigation.step == .review || isOnDisk && ScreenLayout(size, navigation).hasCases
  }

  /// Reads the cases when they are first shown, and runs them when they or the form became others.
  mutating func followCases() -> [Effect] {
    guard showsCases else { return [] }
    let path = workspace.casesPath
    guard workspace.cases?.path == path else {
      workspace.cases = Cases(path: path)
      return [.read([path], .cases)]
    }
    if navigation.step == .review, let file = workspace.cases?.file {
      workspace.analysis.run(file, in: workspace.form)
    }
    return []
  }

  /// Saves the panel's request as a case, to be answered as it is now.
  mutating func saveCase() -> [Effect] {
    guard !workspace.claims.isEmpty else {
      message = StyledLine(
        "not saved: cases are called after the manifests; name the route first", .warning)
      return []
    }
    if let problem = panels.simulatorForm.problems.first {
      message = StyledLine("not saved: \(problem)", .error)
      return []
    }
    let answer = workspace.analysis.answer(
      to: panels.simulatorForm.request, down: [], in: workspace.form)
    workspace.newCase = Case(recording: answer)
    return [.read([workspace.casesPath], .cases)]
  }

  /// What the cases file holds now; a case that waits for it is added.
  mutating func handleReadCases(_ files: [FileContent]) -> [Effect] {
    guard let found = files.first else { return [] }
    let cases = Cases(path: found.path, content: found.content)
    workspace.cases = cases
    workspace.analysis.simulations.forgetCases()
    guard let item = workspace.newCase else { return [] }
    workspace.newCase = nil
    if let problem = cases.problem {
      message = StyledLine("not saved: \(problem)", .error)
      return []
    }
    let bytes = cases.bytes(with: item, files: workspace.caseFiles)
    return [.write([FileToWrite(path: cases.path, bytes: bytes, over: found.content)])]
  }

  /// What became of the cases file; nil where other files were written.
  mutating func handleWrittenCases(_ results: [WriteResult]) -> [Effect]? {
    guard let result = results.first, results.count == 1, let path = workspace.cases?.path,
      result.path == path
    else { return nil }
    if let failure = result.failure {
      message = StyledLine("not saved: \(path): \(failure)", .error)
      workspace.cases = nil
      return []
    }
    let cases = Cases(path: path, content: .bytes(result.bytes))
    workspace.cases = cases
    workspace.analysis.simulations.forgetCases()
    let count = cases.file?.cases.count ?? 0
    let down = panels.simulatorForm.down.isEmpty ? "" : "; a case does not record what is down"
    message = StyledLine(
      "\(path): \(count) case\(count == 1 ? "" : "s")\(down)", .success)
    return []
  }
}
