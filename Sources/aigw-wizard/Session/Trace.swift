import Glibc
import Screen
import Wizard

/// A file with every event of a session, one a line, that a test can replay.
final class Trace {
  private let descriptor: Int32
  /// What is being typed: written when another key follows, as a credential is known by its whole.
  private var held: [Input] = []

  /// Makes the file, for nobody else to read; one that is there is never written over.
  init(_ path: String) throws(Failure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor < 0 else { return }
    let why =
      errno == EEXIST
      ? "it is there already; a trace goes to a new file" : Files.errorMessage(for: errno)
    throw Failure(status: Exit.unreadable, message: "--trace \(path): \(why)")
  }

  deinit { close(descriptor) }

  /// Notes an input before it is handled; `credentials` are those of the form, which no trace gets.
  func note(_ input: Input, knowing credentials: @autoclosure () -> [String]) {
    if !input.isOfLine { write(knowing: credentials()) }
    held.append(input)
  }

  /// Writes what was typed last.
  func write(knowing credentials: [String]) {
    for input in TypedRun.redacted(held, knowing: credentials) {
      Streams.write(Array((InputCodec.text(of: input) + "\n").utf8), to: descriptor)
    }
    held = []
  }
}

extension Input {
  /// Whether it may be a part of typing a line of text.
  fileprivate var isOfLine: Bool {
    switch self {
    case .key(.text), .key(.backspace), .key(.delete), .key(.left), .key(.right), .key(.home),
      .key(.end), .paste:
      true
    case .key, .mouse, .resized, .ended, .refused, .torn, .resumed: false
    }
  }
}
