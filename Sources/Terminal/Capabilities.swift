internal import CNcurses
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What the terminal's description says about what is used beside ncurses.
struct Capabilities {
  let name: String
  let hasAlternateScreen: Bool
  let hasMouse: Bool
  /// The bytes that leave the screen, for when ncurses cannot be asked any more.
  let leaving: [UInt8]

  /// Reads the description of `$TERM`; the terminal is an open file.
  init(terminal: Int32) throws(TerminalError) {
    guard let type = getenv("TERM"), type.pointee != 0 else { throw .noType }
    name = String(cString: type)
    var problem: Int32 = 0
    guard setupterm(type, terminal, &problem) == OK else { throw .unknownType(name) }
    guard Capabilities.string("cup") != nil else { throw .noCursorAddressing(name) }
    hasMouse = Capabilities.string("kmous") != nil
    let back = Capabilities.string("rmcup")
    hasAlternateScreen = back != nil
    var leaving: [UInt8] = []
    for piece in ["sgr0", "rmacs", "cnorm"] { leaving += Capabilities.string(piece) ?? [] }
    self.leaving = leaving + (back ?? Capabilities.string("clear") ?? [])
    // newterm reads it again into a place of its own.
    del_curterm(set_curterm(nil))
  }

  /// Whether the terminal may print the request for bracketed paste instead of executing it.
  var knowsPaste: Bool {
    !["linux", "vt", "ansi", "cons", "dumb"].contains { name.hasPrefix($0) }
  }

  /// Whether mouse reports go wrong beyond column 223.
  var hasNarrowMouse: Bool {
    ["screen", "tmux", "linux"].contains { name.hasPrefix($0) }
  }

  /// A capability's bytes without its delays, nil where the terminal has none.
  private static func string(_ name: String) -> [UInt8]? {
    guard let found = tigetstr(name), Int(bitPattern: found) != -1 else { return nil }
    var bytes: [UInt8] = []
    var isDelay = false
    var place = found
    while place.pointee != 0 {
      let byte = UInt8(bitPattern: place.pointee)
      if byte == UInt8(ascii: "$"), place[1] == CChar(bitPattern: UInt8(ascii: "<")) {
        isDelay = true
      }
      if !isDelay { bytes.append(byte) }
      if byte == UInt8(ascii: ">") { isDelay = false }
      place += 1
    }
    return bytes
  }
}

extension Terminal {
  /// Whether a session is to do without a screen: stdin is a terminal that cannot move its cursor or of
  /// which nothing is known, or the user says that a screen is of no use.
  package static var prefersLines: Bool {
    guard isatty(STDIN_FILENO) == 1 else { return false }
    if let wish = getenv("ACCESSIBLE"), wish.pointee != 0 { return true }
    guard getenv("TERM") != nil else { return false }
    do throws(TerminalError) {
      _ = try Capabilities(terminal: STDIN_FILENO)
      return false
    } catch {
      return switch error {
      case .noCursorAddressing, .unknownType: true
      case .noTerminal, .noType, .failed: false
      }
    }
  }
}
