// The real terminal through ncurses: input in, frames out, and the terminal given back.
//
// Invariants of this module
// - It alone imports CNcurses; it knows frames and inputs, not the wizard.
// - The terminal is given back as it was found, whatever ends the program.
// - While nothing happens, the process does not run.
// - One Terminal a process, on the main thread. What a signal handler reads is the module's only
//   unsafe shared state.

internal import CNcurses
package import Screen
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The terminal the program was started on: frames out, inputs in. One a process, main thread only.
///
/// `init` takes the terminal over and throws a `TerminalError` with the words for the user where
/// there is none; `close` gives it back, as do the handlers of every deadly signal. `draw` costs
/// the cells that changed, `next` blocks without a timeout where nothing is pending, so that an
/// idle wizard never wakes.
package final class Terminal {
  /// Whether only ASCII can be shown: asked for, or the locale is not UTF-8.
  package let isASCII: Bool
  package let hasColors: Bool
  package internal(set) var size: Size
  /// Whether mouse reports are on.
  package internal(set) var isMouseOn = false

  let capabilities: Capabilities
  let palette: Palette
  /// The terminal for ncurses, and opened again so that reads of it never block.
  let output: Int32
  let input: Int32
  /// Where the numbers of the signals come out.
  let signalPipe: Int32
  /// The modes that the terminal had, to be given back.
  let modes: termios
  let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)

  var decoder: InputDecoder
  /// The frame that the terminal shows, nil when that is not known.
  var shown: Frame?
  var isCursorVisible = true
  /// The size that the reader of the inputs was last told.
  var toldSize: Size
  var wantsMouse: Bool
  /// Whether the terminal is ours at the moment, and whether it was given back for good.
  var isIn = false
  var isClosed = false
  /// A file that ends the wait for input as soon as there is something to read in it; -1 for none.
  package var wakeDescriptor: Int32 = -1
  /// Why there is no more input.
  var endCause: EndCause?

  /// Takes the terminal over: alternate screen, raw keys, bracketed paste, and the mouse if asked.
  package init(_ options: TerminalOptions) throws(TerminalError) {
    let isUTF8 = Terminal.readLocale()
    let path = try Terminal.path()
    guard let file = fopen(path, "r+e") else { throw .noTerminal }
    output = fileno(file)
    input = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    var modes = termios()
    guard input >= 0, tcgetattr(output, &modes) == 0 else { throw .noTerminal }
    self.modes = modes
    capabilities = try Capabilities(terminal: output)
    isASCII = options.ascii || !isUTF8
    wantsMouse = options.mouse
    decoder = InputDecoder(escapeDelay: Terminal.escapeDelay, isUTF8: isUTF8)
    signalPipe = try SignalHandlers.begin(
      terminal: output, modes: modes, leaving: Terminal.modesOff + capabilities.leaving)
    guard newterm(nil, file, file) != nil else {
      SignalHandlers.end()
      throw .failed("ncurses refuses the terminal type \"\(capabilities.name)\"")
    }
    // Until it was left once, ncurses writes at every movement of the cursor instead of once a frame
    // (ncurses v6.4, ncurses/tty/lib_mvcur.c, `_endwin`); the first frame takes the terminal again.
    endwin()
    hasColors = Terminal.startColors(options.color)
    palette = Palette(options.theme, colors: hasColors)
    size = Size(rows: Int(getmaxy(screen_window())), columns: Int(getmaxx(screen_window())))
    toldSize = size
    // Our handlers stay, where ncurses would put its own.
    SignalHandlers.installHandlers()
    CNcurses.raw()
    noecho()
    nonl()
    // Queued keys do not hold a frame up: all of them were read before it was drawn.
    typeahead(-1)
    isIn = true
    readSize()
    toldSize = size
    switchModes(on: true)
  }

  deinit {
    close()
    buffer.deallocate()
  }

  /// Gives the terminal back as it was found; may be called again.
  package func close() {
    guard !isClosed else { return }
    SignalHandlers.ignoreInterrupts()
    leave()
    isClosed = true
    SignalHandlers.end()
  }

  /// Sets the character set as the environment says; whether it is UTF-8.
  private static func readLocale() -> Bool {
    if setlocale(LC_CTYPE, "") == nil {
      // A locale that is not installed here, as after ssh: its name still has the character set.
      let names = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment($0) }
      let name = names.first?.lowercased() ?? ""
      if name.hasSuffix("utf-8") || name.hasSuffix("utf8") { setlocale(LC_CTYPE, "C.UTF-8") }
    }
    guard let codeset = nl_langinfo(nl_item(CODESET)) else { return false }
    return String(cString: codeset) == "UTF-8"
  }

  /// The controlling terminal; where there is none, the one that standard input is.
  private static func path() throws(TerminalError) -> String {
    let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    if terminal >= 0 {
      release(terminal)
      return "/dev/tty"
    }
    guard isatty(STDIN_FILENO) == 1, let name = ttyname(STDIN_FILENO) else { throw .noTerminal }
    return String(cString: name)
  }

  private static var escapeDelay: Int { environment("ESCDELAY").flatMap { Int($0) } ?? 50 }

  private static func startColors(_ wanted: TerminalOptions.Color) -> Bool {
    switch wanted {
    case .never: return false
    case .auto where environment("NO_COLOR") != nil: return false
    case .auto, .always:
      guard has_colors(), start_color() == OK else { return false }
      use_default_colors()
      return true
    }
  }

  /// A variable of the environment, nil when it is empty.
  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}

/// The C function, which the type's own name hides inside it.
private func release(_ file: Int32) { close(file) }
