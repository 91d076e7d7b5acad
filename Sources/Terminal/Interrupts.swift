internal import CNcurses
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Whether ^C was pressed; written by the handler alone, a byte at a time.
nonisolated(unsafe) private var isInterrupted = false

/// ^C where there is no screen: a read that waits ends, and says so.
package enum Interrupts {
  /// Has ^C noted from here on, unless it is to be ignored.
  package static func catchThem() {
    guard !screen_is_ignored(SIGINT) else { return }
    _ = screen_catch(SIGINT, { _ in isInterrupted = true }, 0, nil)
  }

  /// Whether ^C came since it was asked last.
  package static func takeOne() -> Bool {
    defer { isInterrupted = false }
    return isInterrupted
  }
}

extension Terminal {
  /// Whether a session is to do without a screen: stdin is a terminal that cannot move its cursor,
  /// or the user says that a screen is of no use.
  package static var prefersLines: Bool {
    guard isatty(STDIN_FILENO) == 1 else { return false }
    if let wish = getenv("ACCESSIBLE"), wish.pointee != 0 { return true }
    guard getenv("TERM") != nil else { return false }
    do throws(TerminalError) {
      _ = try Capabilities(terminal: STDIN_FILENO)
      return false
    } catch {
      if case .noCursorAddressing = error { return true }
      return false
    }
  }
}
