import Glibc

/// A program run to its end, without a shell.
enum Child {
  /// Runs a program found on PATH with its input from `input` (nil: ours); gives its exit status,
  /// nil when it could not be started or did not exit by itself.
  static func run(_ words: [String], input: [UInt8]? = nil) -> Int32? {
    guard let program = words.first else { return nil }
    var pipe: [Int32] = [-1, -1]
    if input != nil, Glibc.pipe(&pipe) != 0 { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if input != nil {
      posix_spawn_file_actions_adddup2(&actions, pipe[0], STDIN_FILENO)
      posix_spawn_file_actions_addclose(&actions, pipe[0])
      posix_spawn_file_actions_addclose(&actions, pipe[1])
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let started = posix_spawnp(&process, program, &actions, nil, arguments, environ)
    if let input {
      Glibc.close(pipe[0])
      if started == 0 { feed(input, pipe[1]) }
      Glibc.close(pipe[1])
    }
    guard started == 0 else { return nil }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      if errno != EINTR { return nil }
    }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : nil
  }

  /// A child that closes its input early must not end us.
  private static func feed(_ bytes: [UInt8], _ descriptor: Int32) {
    let before = signal(SIGPIPE, SIG_IGN)
    Standard.write(bytes, to: descriptor)
    signal(SIGPIPE, before)
  }
}
