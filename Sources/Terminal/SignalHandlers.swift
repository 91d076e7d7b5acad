internal import CNcurses
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What the signal handlers know. They run at any moment, so that it is written before they are
/// installed, or a byte at a time while they are, and read without any lock.
private struct SavedTerminal {
  /// The terminal to give back, -1 for none.
  var terminal: Int32 = -1
  var modes = termios()
  var leaving: UnsafeMutableBufferPointer<UInt8>?
  /// The pipe's end that the handlers write to.
  var signalPipe: Int32 = -1
  /// Whether a signal to end came already, and whether another program has the terminal.
  var isEnding = false
  var isAway = false
  /// By number: what a crash was handled by before.
  var former: UnsafeMutablePointer<sigaction>?
}

nonisolated(unsafe) private var watched = SavedTerminal()

/// The signal handlers: signals that are passed on as input, and crashes before which the
/// terminal must be restored.
enum SignalHandlers {
  /// Found out before any handler is installed: what nohup has us ignore stays ignored.
  private static let ends = [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGXCPU,
  ].filter { !screen_is_ignored($0) }
  private static let otherSignals = [SIGWINCH, SIGCONT]
  private static let crashes = [SIGABRT, SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGFPE]

  /// Installs the handlers and gives the end of the pipe that the signals' numbers come out of.
  static func begin(
    terminal: Int32, modes: termios, leaving: [UInt8]
  ) throws(TerminalError) -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .failed("no pipe") }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: leaving.count)
    _ = bytes.initialize(from: leaving)
    let former = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    former.initialize(repeating: sigaction(), count: 65)
    watched = SavedTerminal(
      terminal: terminal, modes: modes, leaving: bytes, signalPipe: ends[1], former: former)
    giveCrashesAStack()
    for number in crashes {
      _ = screen_catch(number, crashed, Int32(bitPattern: crashFlags), former + Int(number))
    }
    installHandlers()
    return ends[0]
  }

  /// Installs the handlers that write signals to the pipe; ncurses and a stop put others there.
  static func installHandlers() {
    for number in ends + otherSignals + [SIGTSTP] {
      _ = screen_catch(number, noted, Int32(SA_RESTART), nil)
    }
  }

  /// Another program has the terminal: ^C and ^Z are meant for it, and ^Z stops us too.
  static func pause() {
    watched.isAway = true
    _ = screen_default(SIGTSTP)
  }

  /// While we show something of our own outside the screen, ^C is handled again.
  static func listen(_ isOn: Bool) {
    watched.isAway = !isOn
    watched.isEnding = false
  }

  static func resume() {
    watched.isAway = false
    installHandlers()
  }

  /// The program is leaving, with a status of its own: ^C is ignored, and does not change it.
  static func ignoreInterrupts() { _ = screen_catch(SIGINT, SIG_IGN, 0, nil) }

  /// The terminal was given back: nothing is to be restored any more.
  static func end() {
    watched.terminal = -1
    for number in ends + otherSignals + [SIGTSTP] where number != SIGINT {
      _ = screen_default(number)
    }
    guard let former = watched.former else { return }
    for number in crashes { _ = sigaction(number, former + Int(number), nil) }
  }

  private static let crashFlags = UInt32(SA_RESETHAND) | UInt32(SA_ONSTACK)

  /// A stack that ran over cannot hold the handler too.
  private static func giveCrashesAStack() {
    var stack = stack_t()
    guard sigaltstack(nil, &stack) == 0, stack.ss_flags & Int32(SS_DISABLE) != 0 else { return }
    stack.ss_size = 65_536
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stack.ss_size, alignment: 16)
    stack.ss_flags = 0
    _ = sigaltstack(&stack, nil)
  }
}

/// Writes a signal's number to the pipe; a second one that says to end ends at once.
private func noted(_ number: Int32) {
  let saved = errno
  switch number {
  case SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGXCPU:
    if watched.isAway, number == SIGINT || number == SIGQUIT { break }
    if watched.isEnding {
      restoreTerminal()
      _ = screen_default(number)
      raise(number)
    }
    watched.isEnding = true
    post(number)
  default: post(number)
  }
  errno = saved
}

private func post(_ number: Int32) {
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(watched.signalPipe, &byte, 1)
}

/// Gives the terminal back, then lets the crash take the course it had without us.
private func crashed(_ number: Int32) {
  restoreTerminal()
  if let former = watched.former { _ = sigaction(number, former + Int(number), nil) }
  var own = sigset_t()
  sigemptyset(&own)
  sigaddset(&own, number)
  _ = sigprocmask(SIG_UNBLOCK, &own, nil)
  raise(number)
  // The handler that was there before us returns from a signal that another process sent.
  _ = screen_default(number)
  raise(number)
}

/// Only what a signal handler may call.
private func restoreTerminal() {
  guard watched.terminal >= 0 else { return }
  if let leaving = watched.leaving {
    _ = write(watched.terminal, leaving.baseAddress, leaving.count)
  }
  _ = tcsetattr(watched.terminal, TCSANOW, &watched.modes)
}

/// Whether ^C was pressed; written by the handler alone, a byte at a time.
nonisolated(unsafe) private var isInterrupted = false

/// ^C where there is no screen: a read that waits ends, and says so.
package enum Interrupts {
  /// Has ^C noted from here on, unless it is to be ignored.
  package static func install() {
    guard !screen_is_ignored(SIGINT) else { return }
    _ = screen_catch(SIGINT, { _ in isInterrupted = true }, 0, nil)
  }

  /// Whether ^C came since it was asked last.
  package static func takeOne() -> Bool {
    defer { isInterrupted = false }
    return isInterrupted
  }
}
