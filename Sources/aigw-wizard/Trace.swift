import Glibc
import Screen
import Wizard

/// A file with every event of a session, one a line, that a test can replay.
final class Trace {
  private let descriptor: Int32

  init(_ path: String) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  }

  deinit { close(descriptor) }

  func note(_ input: Input) {
    guard descriptor >= 0 else { return }
    Standard.write(Array((TraceLine.text(of: input) + "\n").utf8), to: descriptor)
  }
}
