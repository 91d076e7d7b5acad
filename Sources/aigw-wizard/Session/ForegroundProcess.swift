import Glibc

/// Runs a program to its end, without a shell.
enum ForegroundProcess {
  /// How a program ended, if it began.
  enum Ending: Equatable {
    case exited(Int32)
    case killed(Int32)
    case notStarted(Int32)
  }

  /// Runs a program found on PATH. Its input comes from `input`, else from where ours does; one that
  /// is `onTerminal` has the terminal, whatever our own streams are.
  static func run(_ words: [String], input: [UInt8]? = nil, onTerminal: Bool = false) -> Ending {
    guard let program = words.first else { return .notStarted(EINVAL) }
    var pipe: [Int32] = [-1, -1]
    if input != nil, Glibc.pipe(&pipe) != 0 { return .notStarted(errno) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if input != nil {
      posix_spawn_file_actions_adddup2(&actions, pipe[0], STDIN_FILENO)
      posix_spawn_file_actions_addclose(&actions, pipe[0])
      posix_spawn_file_actions_addclose(&actions, pipe[1])
    } else if onTerminal, access("/dev/tty", R_OK | W_OK) == 0 {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/tty", O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let code = posix_spawnp(&process, program, &actions, nil, arguments, environ)
    if let input {
      Glibc.close(pipe[0])
      if code == 0 { feed(input, pipe[1]) }
      Glibc.close(pipe[1])
    }
    guard code == 0 else { return .notStarted(code) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      if errno != EINTR { return .notStarted(errno) }
    }
    return status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .killed(status & 0x7f)
  }

  /// A child that closes its input early must not end us.
  private static func feed(_ bytes: [UInt8], _ descriptor: Int32) {
    let before = signal(SIGPIPE, SIG_IGN)
    Streams.write(bytes, to: descriptor)
    signal(SIGPIPE, before)
  }
}
