import Foundation
import Glibc
import Testing

/// A wizard whose process is known, to be killed.
struct WizardProcess {
  let tmux: Tmux
  let process: pid_t

  /// Starts it, by way of the words `through` where those are given.
  init(_ arguments: String, in sandbox: Sandbox, through: String = "") throws {
    let file = "\(sandbox.path)/\(UUID().uuidString.prefix(8)).pid"
    tmux = try Tmux(
      "sh -c 'echo $$ > \(file); exec \(through) \"\(Built.wizard)\" \(arguments)'; "
        + "echo '[ended]'; exec cat",
      in: sandbox, columns: 120, rows: 40)
    try tmux.wait(until: "the first screen") {
      $0.contains("^G Help") || $0.contains("what do you start from?")
    }
    let number = sandbox.file(file).flatMap { pid_t($0.dropLast()) }
    guard let number, number > 1 else { throw Failed("no process number") }
    process = number
  }

  /// Ends it as nothing else does, and gives what was on the screen.
  @discardableResult
  func kill() throws -> String {
    Glibc.kill(process, SIGKILL)
    return try tmux.wait(for: "[ended]")
  }
}
