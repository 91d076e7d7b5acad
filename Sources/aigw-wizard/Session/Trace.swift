import Glibc
import Screen
import Wizard

/// A file with every event of a session, one a line, that a test can replay.
final class Trace {
  private let descriptor: Int32

  /// Makes the file, for nobody else to read; one that is there is never written over.
  init(_ path: String) throws(Failure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor < 0 else { return }
    let why =
      errno == EEXIST
      ? "it is there already; a trace goes to a new file" : Files.words(for: errno)
    throw Failure(status: Exit.unreadable, message: "--trace \(path): \(why)")
  }

  deinit { close(descriptor) }

  func note(_ input: Input) {
    Streams.write(Array((InputCodec.text(of: input) + "\n").utf8), to: descriptor)
  }
}
