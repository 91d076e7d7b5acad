import ArgumentParser
import Schemas
import Resources
import YAML
import Simulation
import Wizard

/// `aigw-wizard test`: runs the test cases saved beside manifests.
struct Test: Subcommand {
  static let configuration = CommandConfiguration.command(
    "test", "[<options>] <file> ...",
    "Runs the saved test cases of a route.",
    exit: "0 all passed, 1 unreadable, 2 wrong usage, 3 a case is not valid, 4 a case failed")
  static let formats = ReportFormat.names

  @Argument(
    help: ArgumentHelp(
      "Manifest files with cases beside them, the *.cases.yaml files themselves, or folders.",
      valueName: "file"),
    completion: .manifests)
  var files: [String] = []
  @Option(help: ArgumentHelp("The output format.", valueName: "format"))
  var format = ReportFormat.text
  @OptionGroup var place: NamespaceOption
  @OptionGroup var release: ReleaseOption

  func validate() throws {
    try Self.checkFiles(files, readsInput: false)
    if files.contains("-") {
      throw ValidationError("test needs a file: the cases are stored beside it")
    }
  }

  /// A test case and its outcome.
  private struct Result {
    let file: String
    let number: Int
    let item: Case
    let differences: [Difference]
    /// What could change the answer and cannot be evaluated from the documents.
    let reservations: [String]
  }

  func perform() throws(Failure) -> Int32 {
    let results = try results(for: files, release.resolved())
    let text = format == .json ? Self.json(results) : Self.lines(results)
    guard Streams.write(Array((text + "\n").utf8), to: 1) else { return Exit.unreadable }
    let failed = results.count { !$0.differences.isEmpty }
    Streams.printMessage("\(results.count - failed) passed, \(failed) failed")
    return failed > 0 ? Exit.different : Exit.done
  }

  // MARK: Files

  /// Runs the cases files that are named, those in folders and those beside the manifests that are
  /// named.
  private func results(for words: [String], _ release: Release) throws(Failure) -> [Result] {
    let files = words.filter { !ManifestTree.isFolder($0) }
    let manifests = files.filter { !$0.hasSuffix(CaseFile.suffix) }
    var caseFiles = files.filter { $0.hasSuffix(CaseFile.suffix) }
    for folder in words where ManifestTree.isFolder(folder) {
      caseFiles += try Self.caseFiles(below: folder).filter { !caseFiles.contains($0) }
    }
    let beside = manifests.map(CaseFile.path).filter {
      !caseFiles.contains($0) && Files.read($0).content != .absent
    }
    guard !caseFiles.isEmpty || !beside.isEmpty else {
      let missing = manifests.map(CaseFile.path)
      throw Failure(
        status: Exit.unreadable,
        message: "no cases: \(missing.joined(separator: ", ")): no such file")
    }
    var results: [Result] = []
    for file in caseFiles + beside {
      results += try self.results(
        of: file, with: manifests, isBeside: beside.contains(file), release)
    }
    return results
  }

  /// The cases files in a folder and those below it.
  private static func caseFiles(below folder: String) throws(Failure) -> [String] {
    let tree = ManifestTree(below: folder)
    if let failure = tree.failures.first {
      throw Failure(status: Exit.unreadable, message: failure)
    }
    let found = tree.files.filter { $0.hasSuffix(CaseFile.suffix) }
    guard !found.isEmpty else {
      throw InputFile.failure(folder, "no *\(CaseFile.suffix) is in it")
    }
    return found
  }

  /// Runs the cases of a file. The files that it lists count where no manifests are named, and beside
  /// those by which it was found.
  private func results(
    of file: String, with manifests: [String], isBeside: Bool, _ release: Release
  ) throws(Failure) -> [Result] {
    let cases = try Self.caseFile(file)
    let folder = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(file[...$0]) } ?? ""
    let listed = cases.files.map { $0.hasPrefix("/") ? $0 : folder + $0 }
    var names = manifests
    if isBeside || manifests.isEmpty { names = listed.filter { !manifests.contains($0) } + names }
    if names.isEmpty { names = [String(file.dropLast(CaseFile.suffix.count)) + ".yaml"] }
    let simulator = Simulator(
      documents: try Manifests(in: names, namespace: place.namespace).documents,
      gateway: cases.gateway, release: release)
    if let gateway = cases.gateway, !simulator.gateways.contains(gateway) {
      let known = simulator.gateways.map(\.description)
      throw Failure(
        status: Exit.invalid,
        message: "\(file): no route is on Gateway \(gateway); use "
          + (known.isEmpty ? "one that a route names" : known.alternatives))
    }
    return cases.cases.enumerated().map { index, item in
      let answer = simulator.answer(to: item.request)
      return Result(
        file: file, number: index, item: item, differences: item.differences(from: answer),
        reservations: answer.reservations)
    }
  }

  private static func caseFile(_ name: String) throws(Failure) -> CaseFile {
    let bytes = try InputFile.bytes(of: name)
    do throws(CaseFile.CaseFileError) {
      return try CaseFile(text: bytes)
    } catch {
      let place = error.position.map { ":\($0)" } ?? ""
      throw Failure(status: Exit.invalid, message: "\(name)\(place): \(error.message)")
    }
  }

  // MARK: Output

  private static func lines(_ results: [Result]) -> String {
    results.map { result in
      let title = Streams.shown("\(result.file): \(result.item.title)")
      guard !result.differences.isEmpty else { return "pass  \(title)" }
      let text = result.differences.map(\.message).joined(separator: "; ")
      let reservations = result.reservations.map { "; reservation: \($0)" }.joined()
      return "FAIL  \(title): \(Streams.shown(text + reservations))"
    }.joined(separator: "\n")
  }

  private static func json(_ results: [Result]) -> String {
    Node.sequence(
      results.map { result in
        .map([
          "file": .string(result.file), "case": .integer(result.number),
          "name": .string(result.item.title), "passed": .bool(result.differences.isEmpty),
          "reservations": .sequence(result.reservations.map(Node.string)),
          "differences": .sequence(
            result.differences.map {
              .map([
                "field": .string($0.field), "expected": .string($0.expected),
                "actual": .string($0.actual),
              ])
            }),
        ])
      }
    ).json
  }
}
