import YAML
import RouteForm
import Screen
import Simulation

/// The simulator cases beside the manifests, as they were last read.
package struct Cases: Sendable {
  let path: String
  /// What the file held; nil until it was read.
  var content: FileContent.Content?
  /// Its cases; nil where there is no file, or one that cannot be understood.
  var file: CaseFile?
  /// Why it cannot be understood, with its place.
  var problem: String?

  init(path: String) { self.path = path }

  init(path: String, content: FileContent.Content) {
    self.path = path
    self.content = content
    switch content {
    case .absent: break
    case .unreadable(let why): problem = "\(path): \(why)"
    case .bytes(let bytes):
      do throws(CaseFile.CaseFileError) {
        file = try CaseFile(text: bytes)
      } catch {
        problem = "\(path)\(error.position.map { ":\($0)" } ?? ""): \(error.message)"
      }
    }
  }

  /// What became of a case.
  struct Result: Sendable {
    let title: String
    /// What the answer has other than expected; empty where the case passes.
    let differences: String

    var isPassed: Bool { differences.isEmpty }
  }

  /// The file with one more case, or with it in the place of that with the same request; the rest
  /// of the file stays as its author wrote it.
  func bytes(with item: Case, files: [String]) -> [UInt8] {
    var cases = file ?? CaseFile(cases: [], files: files)
    if let place = cases.cases.firstIndex(where: { $0.request == item.request }) {
      cases.cases[place] = Case(
        name: cases.cases[place].name, request: item.request, expectations: item.expectations)
    } else {
      cases.cases.append(item)
    }
    guard case .bytes(let bytes)? = content, file != nil else {
      var printer = Printer()
      return printer.print([cases.node]).bytes
    }
    return SourceFile(bytes).revised([cases.node]).bytes
  }

  /// A file's path as it is written in a cases file.
  static func relative(_ path: String, to cases: String) -> String {
    if path.hasPrefix("/") { return path }
    let folder = cases.split(separator: "/").dropLast()
    var parts = path.split(separator: "/")[...]
    var steps = folder[...]
    while let first = steps.first, parts.count > 1, parts.first == first {
      steps.removeFirst()
      parts.removeFirst()
    }
    if cases.hasPrefix("/") || steps.contains("..") { return path }
    return (steps.map { _ in ".." } + parts.map(String.init)).joined(separator: "/")
  }
}

extension Workspace {
  /// Where the cases of these manifests are.
  var casesPath: String { CaseFile.path(beside: outputPath) }

  /// The manifests as a cases file names them; none where it is the one file of its own name.
  var caseFiles: [String] {
    let cases = casesPath
    var paths = files.filter { !$0.isStandardInput }.map(\.path)
    for path in targetPaths where !paths.contains(path) && !path.hasSuffix("kustomization.yaml") {
      paths.append(path)
    }
    if paths.count == 1, paths[0].hasSuffix(".yaml") { return [] }
    return paths.map { Cases.relative($0, to: cases) }
  }

  /// The cases in the rail, a line each: those that fail first.
  var caseMarks: [StyledLine] {
    guard let cases, cases.path == casesPath else { return [] }
    if let problem = cases.problem { return [StyledLine("! \(problem)", .error)] }
    guard cases.file != nil else { return [] }
    let results = analysis.simulations.shownCases
    return results.filter { !$0.isPassed }.map { StyledLine("! \($0.title)", .error) }
      + results.filter(\.isPassed).map { StyledLine("+ \($0.title)", .success) }
  }

  /// The cases on Review, a line each.
  var caseLines: [StyledLine] {
    guard let cases = cases else { return [] }
    if let problem = cases.problem { return [StyledLine("Simulator cases: \(problem)", .error)] }
    guard let results = analysis.simulations.cases, !results.isEmpty else { return [] }
    let failed = results.count { !$0.isPassed }
    let passed = "\(results.count - failed) passed"
    return [
      StyledLine(
        "Simulator cases: \(failed == 0 ? passed : "\(failed) FAILED, \(passed)")", .heading)
    ]
      + results.map { result in
        result.isPassed
          ? StyledLine("pass  \(result.title)", .success)
          : StyledLine("FAIL  \(result.title): \(result.differences)", .error)
      }
  }
}

extension Analysis {
  /// Runs cases against the documents, where they became others.
  mutating func run(_ file: CaseFile, in form: FormState) {
    guard simulations.cases == nil else { return }
    let own = simulator(of: form)
    let simulator =
      file.gateway == nil || file.gateway == own.gateway
      ? own
      : Simulator(
        documents: everything(in: form), gateway: file.gateway, release: form.release)
    simulations.cases = file.cases.map { item in
      let answer = simulator.answer(to: item.request)
      return Cases.Result(
        title: item.title,
        differences: item.differences(from: answer).map(\.message).joined(separator: "; "))
    }
  }
}
