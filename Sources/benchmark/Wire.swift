import Glibc
import RouteForm
import Screen

/// What the real program sends to a terminal.
enum Wire {
  /// The mean number of bytes that a typed key sends, over 40 keys; -1 where no terminal or no
  /// built program is there.
  static func bytesPerKey(form: FormState, size: Size) -> Double {
    let answers = "/tmp/aigw-wizard-benchmark-\(getpid()).yaml"
    guard write(AnswersFile.bytes(of: form), answers) else { return -1 }
    defer { unlink(answers) }
    var own = [CChar](repeating: 0, count: 4096)
    guard readlink("/proc/self/exe", &own, own.count - 1) > 0 else { return -1 }
    var path = own.withUnsafeBufferPointer { $0.baseAddress.map(String.init(cString:)) ?? "" }
    guard let slash = path.lastIndex(of: "/") else { return -1 }
    path = String(path[...slash]) + "aigw-wizard"
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    guard terminal >= 0 else { return -1 }
    defer { close(terminal) }
    var lock: Int32 = 0
    var number: Int32 = 0
    guard ioctl(terminal, unlockTerminal, &lock) == 0, ioctl(terminal, terminalNumber, &number) == 0
    else { return -1 }
    var window = winsize(
      ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &window)
    guard let child = start(path, answers, "/dev/pts/\(number)") else { return -1 }
    _ = drain(terminal, quiet: 500)
    send("\u{14}route.metadata.name\r", terminal)
    _ = drain(terminal, quiet: 300)
    var total = 0
    for turn in 0..<40 {
      send(turn % 2 == 0 ? "x" : "\u{7f}", terminal)
      total += drain(terminal, quiet: 60)
    }
    kill(child, SIGTERM)
    var status: Int32 = 0
    _ = drain(terminal, quiet: 100)
    waitpid(child, &status, 0)
    return Double(total) / 40
  }

  /// Linux's TIOCSPTLCK and TIOCGPTN, macros that Swift does not see.
  private static let unlockTerminal: UInt = 0x4004_5431
  private static let terminalNumber: UInt = 0x8004_5430

  private static func write(_ bytes: [UInt8], _ path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    return fwrite(bytes, 1, bytes.count, file) == bytes.count
  }

  private static func send(_ text: String, _ descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(descriptor, bytes, bytes.count)
  }

  /// Starts the program with the pseudo terminal as its controlling one.
  private static func start(_ path: String, _ answers: String, _ terminal: String) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, 0x80)
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    let words = [path, "--answers", answers, "-o", "/tmp/aigw-wizard-benchmark-output.yaml"]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    setenv("TERM", "xterm-256color", 1)
    setenv("XDG_STATE_HOME", "/tmp/aigw-wizard-benchmark-state", 1)
    var child = pid_t()
    return posix_spawn(&child, path, &actions, &attributes, arguments, environ) == 0 ? child : nil
  }

  /// Reads until nothing comes for so many milliseconds; gives the number of bytes.
  private static func drain(_ descriptor: Int32, quiet: Int32) -> Int {
    var total = 0
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, quiet) > 0 else { return total }
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { return total }
      total += count
    }
  }
}
