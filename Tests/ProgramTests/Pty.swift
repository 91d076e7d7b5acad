import Glibc
import Testing

/// The wizard on a pseudo-terminal, where every byte it writes and every mode it sets is seen.
final class Pty {
  let program: Started
  private var master: Int32
  private var slave: Int32
  /// All that was written to the terminal.
  private(set) var wire: [UInt8] = []
  /// The modes before the program began.
  let modesBefore: TerminalModes

  /// `output` and `errors` redirect those streams; the terminal otherwise.
  init(
    _ arguments: [String], program name: String = Built.wizard, in sandbox: Sandbox,
    environment changes: [String: String?] = [:], columns: UInt16 = 80, rows: UInt16 = 24,
    input: Int32 = -1, output: Int32 = -1, errors: Int32 = -1
  ) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: Int32 = 0
    // TIOCSPTLCK and TIOCGPTN, which are unlockpt and ptsname.
    guard ioctl(master, 0x4004_5431, &number) == 0, ioctl(master, 0x8004_5430, &number) == 0
    else { throw Failed("no pseudo-terminal") }
    let terminal = "/dev/pts/\(number)"
    slave = open(terminal, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw Failed("no pseudo-terminal") }
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    modesBefore = TerminalModes(of: slave)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    program = try Started(
      [name] + arguments, in: sandbox, environment: sandbox.environment(changes),
      files: [input, output, errors], terminal: terminal)
  }

  deinit { closeTerminal() }

  var modes: TerminalModes { TerminalModes(of: slave) }

  var text: String { String(decoding: wire, as: UTF8.self) }

  /// Types bytes; what does not fit in the terminal's queue waits for room, as long as there is
  /// somebody to read it.
  func type(_ text: String) {
    var rest = Array(text.utf8)[...]
    let deadline = Deadline()
    while !rest.isEmpty, deadline.left > 0 {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      if count < 0, program.end(by: Deadline(0)) != .none { return }
      var wait = pollfd(fd: master, events: Int16(POLLIN | POLLOUT), revents: 0)
      if count < 0, poll(&wait, 1, deadline.left) > 0 { read() }
      if count < 0 { read() }
    }
  }

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Forgets what was written so far.
  func forget() {
    read()
    wire = []
  }

  /// Waits until something was written after the first `start` bytes.
  func wait(
    for wanted: String, after start: Int = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let deadline = Deadline()
    while true {
      read()
      if plain(after: start).contains(wanted) { return }
      var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, deadline.left) > 0, wait.revents & Int16(POLLIN) != 0 else {
        Issue.record(
          "\"\(wanted)\" was never written, but: \(plain(after: start).suffix(1500))",
          sourceLocation: sourceLocation)
        throw Failed("waited for \(wanted)")
      }
    }
  }

  /// Waits for the program's end, reading what it writes.
  func end(by deadline: Deadline = Deadline()) -> Ending {
    let ending = program.end(by: deadline, reading: master) { read() }
    read()
    return ending
  }

  /// Hangs up: the terminal is gone for the program.
  func closeTerminal() {
    if master >= 0 { close(master) }
    if slave >= 0 { close(slave) }
    master = -1
    slave = -1
  }

  private func read() {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    while master >= 0 {
      let count = Glibc.read(master, &bytes, bytes.count)
      if count <= 0 { return }
      wire += bytes[..<count]
    }
  }

  /// What was written, without what only moves and colours.
  func plain(after start: Int = 0) -> String {
    var plain: [UInt8] = []
    var rest = wire[min(start, wire.count)...]
    while let byte = rest.popFirst() {
      if byte == 0x1b {
        let isControl = rest.first == UInt8(ascii: "[")
        rest = rest.dropFirst(isControl ? 1 : 2)
        if isControl {
          let end = rest.firstIndex { (0x40...0x7e).contains($0) } ?? rest.endIndex
          rest = rest[min(end + 1, rest.endIndex)...]
        }
      } else if byte != 0x0f {
        plain.append(byte)
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}

/// A terminal line's modes, to be compared.
struct TerminalModes: Equatable, CustomStringConvertible {
  private let flags: [tcflag_t]
  private let characters: [cc_t]

  init(of file: Int32) {
    var modes = termios()
    tcgetattr(file, &modes)
    flags = [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    characters = withUnsafeBytes(of: modes.c_cc) { Array($0) }
  }

  var description: String {
    "\(flags.map { String($0, radix: 8) }) \(characters)"
  }
}

/// What a screen would have switched on after it was sent some bytes.
struct ScreenModes: Equatable {
  /// Private modes other than the cursor's: alternate screen, mouse, paste, application keys.
  private(set) var on: Set<Int> = []
  private(set) var hidesCursor = false
  /// Whether the last change of rendition was back to normal.
  private(set) var isPlain = true

  static let untouched = ScreenModes(after: [])

  init(after bytes: [UInt8]) {
    var rest = bytes[...]
    while let place = rest.firstIndex(of: 0x1b) {
      rest = rest[(place + 1)...]
      guard rest.first == UInt8(ascii: "[") else { continue }
      rest = rest.dropFirst()
      let end = rest.firstIndex { (0x40...0x7e).contains($0) } ?? rest.endIndex
      let parameters = String(decoding: rest[..<end], as: UTF8.self)
      guard end < rest.endIndex else { return }
      let final = rest[end]
      rest = rest[(end + 1)...]
      let isOn = final == UInt8(ascii: "h")
      if final == UInt8(ascii: "m") {
        isPlain = ["", "0", "39;49", "0;10"].contains(parameters)
      } else if parameters.hasPrefix("?"), isOn || final == UInt8(ascii: "l") {
        for mode in parameters.dropFirst().split(separator: ";").compactMap({ Int($0) }) {
          switch mode {
          case 25: hidesCursor = !isOn
          // A blinking cursor is no mode that anybody misses.
          case 12: break
          default: if isOn { on.insert(mode) } else { on.remove(mode) }
          }
        }
      }
    }
  }
}
