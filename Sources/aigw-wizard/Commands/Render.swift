import ArgumentParser
import Glibc
import Schemas
import Lint
import YAML
import RouteForm
import Wizard

/// `aigw-wizard render`: the manifests without a terminal.
struct Render: Subcommand {
  static let configuration = CommandConfiguration.command(
    "render", "[<options>]",
    "Writes the same manifests as the wizard, without a terminal.",
    exit: "0 done, 1 not written, 2 wrong usage, 3 errors, 4 --check found differences")

  @OptionGroup var start: StartOptions
  @OptionGroup var target: TargetOption
  @Flag(help: "Write even if there are errors.")
  var force = false
  @Flag(help: "Write nothing; exit with 4 if the files differ from what would be written.")
  var check = false
  @Flag(help: "Also write a kustomization.yaml (requires -o FOLDER/).")
  var kustomization = false
  @Flag(help: "Print the equivalent answers file instead of the manifests.")
  var printAnswers = false
  @OptionGroup var release: ReleaseOption

  func validate() throws {
    if printAnswers, target.output != nil || check || force || kustomization {
      throw ValidationError(
        "--print-answers prints to stdout; it cannot be combined with -o, --check, "
          + "--force or --kustomization")
    }
    if check, target.output == nil || target.output == OutputFiles.standardOutput {
      throw ValidationError("--check compares with a file or folder: -o FILE or -o FOLDER/")
    }
    if kustomization, target.output?.hasSuffix("/") != true {
      throw ValidationError("--kustomization needs a folder: -o FOLDER/")
    }
  }

  func perform() throws(Failure) -> Int32 {
    var form = try start.form()
    if printAnswers {
      return Streams.write(AnswersFile.bytes(of: form), to: STDOUT_FILENO)
        ? Exit.done : Exit.unreadable
    }
    form.release = release.resolved()
    var derived = Analysis()
    derived.lint(form)
    for problem in derived.problems where !isOwnChoice(problem) {
      Streams.printMessage("\(problem.label) \(problem.address): \(problem.message)")
    }
    if derived.errors > 0 {
      guard force else {
        Streams.printMessage(
          "nothing \(check ? "compared" : "written"): \(derived.errors) "
            + "error\(derived.errors == 1 ? "" : "s"); "
            + "--force \(check ? "compares" : "writes") all the same")
        return Exit.invalid
      }
      form.acceptInvalidTexts()
      derived.lint(form)
    }
    let layout = OutputLayout(
      outputPath: target.output ?? "-", writesKustomization: kustomization)
    let files = layout.files(objects: derived.objects, documents: derived.documents)
    if check { return Self.compare(files, besides: leftovers(besides: files)) }
    let status = Self.write(files)
    for path in leftovers(besides: files) {
      Streams.printMessage("warning: \(path) is there too and not part of this; remove it")
    }
    guard status == Exit.done else { return status }
    for command in Prerequisites(form).commands { Streams.printMessage("next: \(command)") }
    return status
  }

  /// The files in the folder that were written for something else.
  private func leftovers(besides files: [OutputLayout.File]) -> [String] {
    guard let folder = target.output, folder.hasSuffix("/") else { return [] }
    let own = Set(files.map(\.path))
    return (Files.entries(in: folder) ?? []).map(\.name).filter(OutputLayout.isOwn)
      .map { folder + $0 }.filter { !own.contains($0) }
  }

  /// Whether a note is about the API version that nobody asked for.
  private func isOwnChoice(_ problem: FormProblem) -> Bool {
    problem.severity == .info && problem.address == Address(.route, Path([.key("apiVersion")]))
      && start.apiVersion == nil
      && !start.settings.contains { $0.hasPrefix("route.apiVersion") }
  }

  /// Writes the files and says on stderr which; nothing needs to be said of what is on stdout.
  private static func write(_ files: [OutputLayout.File]) -> Int32 {
    if let text = files.first, text.path == "-" {
      return Streams.write(text.bytes, to: STDOUT_FILENO) ? Exit.done : Exit.unreadable
    }
    var status = Exit.done
    for result in Files.write(files.map { FileToWrite($0, over: nil) }) {
      if let why = result.failure {
        let hint =
          why.hasPrefix("a folder") ? "; -o \(result.path)/ writes one file per object" : ""
        Streams.printMessage("aigw-wizard: \(result.path): \(why)\(hint)")
        status = Exit.unreadable
      } else {
        Streams.printMessage("wrote \(result.path)")
      }
    }
    return status
  }

  /// Says which files differ from what would be written, and which would not be there.
  private static func compare(_ files: [OutputLayout.File], besides others: [String]) -> Int32 {
    var status = others.isEmpty ? Exit.done : Exit.different
    for path in others { Streams.printMessage("not part of it: \(path)") }
    for file in files where Files.read(file.path).content != .bytes(file.bytes) {
      Streams.printMessage("differs: \(file.path)")
      status = Exit.different
    }
    return status
  }
}
