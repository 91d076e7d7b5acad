internal import CNcurses
internal import Screen
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Terminal {
  private static let pasteOn = Array("\u{1b}[?2004h".utf8)
  private static let pasteOff = Array("\u{1b}[?2004l".utf8)
  private static let mouseOn = Array("\u{1b}[?1000h\u{1b}[?1006h".utf8)
  private static let mouseOff = Array("\u{1b}[?1006l\u{1b}[?1000l".utf8)

  /// What switches off all that was switched on beside ncurses.
  static let modesOff = mouseOff + pasteOff

  /// Turns mouse reports on or off, as far as the terminal has them.
  package func setMouse(_ on: Bool) {
    wantsMouse = on
    switchMouse()
  }

  /// Stops the process as Ctrl-Z does and returns when it goes on; false where no shell could
  /// wake it.
  package func suspend() -> Bool {
    getsid(0) != getpid() && stop { kill(0, SIGTSTP) }
  }

  /// Gives the terminal back for a while, to run another program on it.
  package func leave() {
    guard isIn else { return }
    isIn = false
    switchModes(on: false)
    if !capabilities.hasAlternateScreen {
      werase(screen_window())
      wrefresh(screen_window())
    }
    if !isCursorVisible { curs_set(1) }
    endwin()
    // Where we are in the background by now, this would stop us.
    _ = signal(SIGTTOU, SIG_IGN)
    var modes = modes
    tcsetattr(output, TCSADRAIN, &modes)
    _ = signal(SIGTTOU, SIG_DFL)
    SignalHandlers.pause()
  }

  /// Takes the terminal again after `leave` and shows the last frame.
  package func reenter() {
    guard !isIn, !isClosed else { return }
    isIn = true
    SignalHandlers.resume()
    restoreModes()
  }

  /// Puts our modes back, if another program changed them, and repaints.
  func restoreModes() {
    reset_prog_mode()
    isCursorVisible = true
    readSize()
    screen_repaint()
    redraw()
    if shown?.cursor == nil, shown != nil {
      isCursorVisible = false
      curs_set(0)
    }
    switchModes(on: true)
  }

  /// Leaves the screen, stops by `signal` and takes the screen again; false when nothing stopped.
  func stop(by signal: () -> Int32) -> Bool {
    leave()
    // The end of the stop comes by the pipe, from whatever thread the signal was taken.
    drainSignals { _ in }
    _ = signal()
    var wait = pollfd(fd: signalPipe, events: Int16(POLLIN), revents: 0)
    var continued = false
    if poll(&wait, 1, 300) > 0 { drainSignals { if $0 == SIGCONT { continued = true } } }
    reenter()
    return continued
  }

  /// Reads the terminal's size and tells ncurses; whether it changed.
  @discardableResult
  func readSize() -> Bool {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard screen_tty_size(output, &rows, &columns) == 0 else { return false }
    let new = Size(rows: min(Int(rows), 2000), columns: min(Int(columns), 2000))
    guard new != size else { return false }
    size = new
    shown = nil
    // Unlike resizeterm, this queues no key.
    resize_term(Int32(new.rows), Int32(new.columns))
    screen_repaint()
    switchMouse()
    return true
  }

  func switchModes(on: Bool) {
    if capabilities.knowsPaste { send(on ? Terminal.pasteOn : Terminal.pasteOff) }
    switchMouse()
  }

  private func switchMouse() {
    let isWanted =
      isIn && wantsMouse && capabilities.hasMouse
      && !(capabilities.hasNarrowMouse && size.columns > 223)
    if isWanted {
      send(Terminal.mouseOn)
    } else if isMouseOn {
      send(Terminal.mouseOff)
    }
    isMouseOn = isWanted
  }

  /// Writes bytes that ncurses knows nothing of; its own are all written at this point.
  private func send(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = write(output, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 && errno != EINTR { return }
        rest = rest.dropFirst(max(0, count))
      }
    }
  }
}
