import Glibc
import Kinds
import Lint
import Manifest
import RouteForm
import Wizard

/// `aigw-wizard render`: the manifests without a terminal.
enum Render {
  static func run(_ arguments: Arguments) -> Int32 {
    var form: FormState
    do {
      form = try arguments.form()
      form.release = arguments.release
    } catch {
      Standard.complain("aigw-wizard: \(error.message)")
      return error.status
    }
    var derived = Analysis()
    derived.judge(form)
    for problem in derived.problems {
      Standard.complain("\(problem.label) \(problem.address): \(problem.message)")
    }
    if derived.errors > 0 {
      guard arguments.isForced else {
        Standard.complain(
          "nothing written: \(derived.errors) error(s); --force writes all the same")
        return Exit.invalid
      }
      form.acceptDrafts()
      derived.judge(form)
    }
    let layout = Layout(
      place: arguments.output ?? "-", writesKustomization: arguments.writesKustomization)
    let files = layout.files(objects: derived.objects, documents: derived.documents)
    return arguments.isCheck ? check(files) : write(files)
  }

  /// Writes the files and says on stderr which; nothing needs to be said of what is on stdout.
  private static func write(_ files: [Layout.File]) -> Int32 {
    if let text = files.first, text.path == "-" {
      return Standard.write(text.bytes, to: STDOUT_FILENO) ? Exit.done : Exit.unreadable
    }
    var status = Exit.done
    for result in Files.write(files.map { FileToWrite($0, over: nil) }) {
      if let why = result.failure {
        Standard.complain("aigw-wizard: \(result.path): \(why)")
        status = Exit.unreadable
      } else {
        Standard.complain("wrote \(result.path)")
      }
    }
    return status
  }

  /// Says which files differ from what would be written.
  private static func check(_ files: [Layout.File]) -> Int32 {
    var status = Exit.done
    for file in files where Files.read(file.path).content != .bytes(file.bytes) {
      Standard.complain("differs: \(file.path)")
      status = Exit.different
    }
    return status
  }
}
