import ArgumentParser
import Kinds
import Lint
import Manifest
import RouteForm
import Wizard

/// `aigw-wizard render`: the manifests without a terminal.
struct Render: Subcommand {
  static let configuration = CommandConfiguration.command(
    "render", "[<options>]",
    "Writes the same manifests as the wizard, without a terminal.",
    exit: "0 done, 1 not written, 2 usage, 3 not valid, 4 --check found differences")

  @OptionGroup var start: StartOptions
  @OptionGroup var target: TargetOption
  @Flag(help: "Write although there are errors.")
  var force = false
  @Flag(help: "Write nothing; exit with 4 if the files differ from what would be written.")
  var check = false
  @Flag(help: "Write a kustomization.yaml as well (with -o FOLDER/).")
  var kustomization = false
  @OptionGroup var release: ReleaseOption

  func validate() throws {
    if kustomization, target.output?.hasSuffix("/") != true {
      throw ValidationError("--kustomization needs a folder: -o FOLDER/")
    }
  }

  func perform() throws(Failure) -> Int32 {
    var form = try start.form()
    form.release = release.resolved()
    var derived = Analysis()
    derived.judge(form)
    for problem in derived.problems {
      Standard.complain("\(problem.label) \(problem.address): \(problem.message)")
    }
    if derived.errors > 0 {
      guard force else {
        Standard.complain(
          "nothing written: \(derived.errors) error(s); --force writes all the same")
        return Exit.invalid
      }
      form.acceptDrafts()
      derived.judge(form)
    }
    let layout = Layout(
      place: target.output ?? "-", writesKustomization: kustomization)
    let files = layout.files(objects: derived.objects, documents: derived.documents)
    return check ? Self.compare(files) : Self.write(files)
  }

  private static func write(_ files: [Layout.File]) -> Int32 {
    for file in files {
      if file.path == "-" {
        guard Standard.write(file.bytes, to: 1) else { return Exit.unreadable }
        continue
      }
      let result = Files.write(FileToWrite(path: file.path, bytes: file.bytes, over: nil))
      if let why = result.failure {
        Standard.complain("aigw-wizard: \(file.path): \(why)")
        return Exit.unreadable
      }
    }
    return Exit.done
  }

  /// Says which files differ from what would be written.
  private static func compare(_ files: [Layout.File]) -> Int32 {
    var status = Exit.done
    for file in files where Files.read(file.path).content != .bytes(file.bytes) {
      Standard.complain("differs: \(file.path)")
      status = Exit.different
    }
    return status
  }
}
