import Foundation
import Glibc
import Synchronization

/// A moment that waiting ends at.
struct Deadline {
  private let end: UInt64

  /// Some seconds from now; far longer than anything waited for takes, on a busy machine too.
  init(_ seconds: UInt64 = 60) { end = Deadline.now + seconds * 1000 }

  private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds / 1_000_000 }

  /// Milliseconds left, 0 when it has passed.
  var left: Int32 { Int32(clamping: end > Deadline.now ? end - Deadline.now : 0) }
}

/// How a program ended.
enum Ending: Equatable {
  case exit(Int32)
  case signal(Int32)
  case none
}

/// A program that a test started; killed when the test lets it go.
final class Started {
  let process: pid_t
  /// Comes to its end with the program.
  private let life: Int32
  /// Its folders stay as long as it runs.
  private let sandbox: Sandbox
  private var ending: Ending?

  /// Starts a program with the given files as 0, 1 and 2, in a session of its own; `terminal` is
  /// that session's terminal.
  init(
    _ words: [String], in sandbox: Sandbox, environment: [String: String],
    files: [Int32], terminal: String? = nil
  ) throws {
    // A program that has gone makes writing to it fail, not end the tests.
    signal(SIGPIPE, SIG_IGN)
    let ends = try Started.pipe()
    life = ends[0]
    self.sandbox = sandbox
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // First what is open here, as what is opened below may take the number of one of these.
    for (place, file) in files.enumerated() where file >= 0 {
      posix_spawn_file_actions_adddup2(&actions, file, Int32(place))
    }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 19)
    if let terminal {
      // The session's leader gets the first terminal that it opens.
      posix_spawn_file_actions_addopen(&actions, 20, terminal, O_RDWR, 0)
      for (place, file) in files.enumerated() where file < 0 {
        posix_spawn_file_actions_adddup2(&actions, 20, Int32(place))
      }
      posix_spawn_file_actions_addclose(&actions, 20)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGPIPE, SIGHUP, SIGINT, SIGQUIT] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(Started.setsid | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let words = ["env", "-C", sandbox.work] + words
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process = pid_t()
    let code = Started.spawning.withLock { _ in
      posix_spawnp(&process, words[0], &actions, &attributes, &arguments, &variables)
    }
    close(ends[1])
    guard code == 0 else {
      close(life)
      throw Failed("cannot start \(words[0]): \(String(cString: strerror(code)))")
    }
    self.process = process
  }

  /// POSIX_SPAWN_SETSID, which Swift does not see.
  private static let setsid: Int32 = 0x80

  /// Held while a file is open that a program started meanwhile would inherit.
  private static let spawning = Mutex(())

  /// A pipe that no program inherits by itself: its reading and its writing end.
  static func pipe() throws -> [Int32] {
    var ends: [Int32] = [-1, -1]
    let isMade = spawning.withLock { _ in
      guard Glibc.pipe(&ends) == 0 else { return false }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return true
    }
    guard isMade else { throw Failed("no pipe") }
    return ends
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      _ = reap()
    }
    close(life)
  }

  /// Waits for its end; `none` where it did not come in time. `meanwhile` takes what it writes.
  func end(
    by deadline: Deadline = Deadline(), reading file: Int32 = -1, meanwhile: () -> Void = {}
  ) -> Ending {
    while ending == nil {
      var waits = [
        pollfd(fd: life, events: Int16(POLLIN), revents: 0),
        pollfd(fd: file, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&waits, 2, deadline.left) == 0 { return .none }
      if waits[1].revents != 0 { meanwhile() }
      if waits[0].revents != 0 { return reap() }
    }
    return ending ?? .none
  }

  private func reap() -> Ending {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let found: Ending =
      status & 0x7f == 0 ? .exit((status >> 8) & 0xff) : .signal(status & 0x7f)
    ending = found
    return found
  }
}

/// A program run to its end without a terminal.
struct Run {
  let ending: Ending
  let output: String
  let errors: String

  /// Runs the wizard, or any other program, in a session without a terminal.
  init(
    _ arguments: [String], program: String = Built.wizard, in sandbox: Sandbox, input: String = "",
    environment changes: [String: String?] = [:]
  ) throws {
    let streams = try ["in", "out", "err"].map { name in
      let file = open(
        "\(sandbox.path)/\(UUID().uuidString).\(name)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw Failed("no file for a stream") }
      return file
    }
    defer { for file in streams { close(file) } }
    let bytes = Array(input.utf8)
    guard write(streams[0], bytes, bytes.count) == bytes.count else { throw Failed("no input") }
    lseek(streams[0], 0, SEEK_SET)
    let started = try Started(
      [program] + arguments, in: sandbox, environment: sandbox.environment(changes), files: streams)
    ending = started.end()
    output = Run.text(of: streams[1])
    errors = Run.text(of: streams[2])
  }

  private static func text(of file: Int32) -> String {
    lseek(file, 0, SEEK_SET)
    return String(
      decoding: FileHandle(fileDescriptor: file, closeOnDealloc: false).readDataToEndOfFile(),
      as: UTF8.self)
  }
}
