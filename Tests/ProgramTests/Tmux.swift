import Foundation
import Glibc
import Testing

/// A terminal: tmux with a server of its own, driven over its control mode, so that nothing has to
/// be polled: it tells when the screen changed.
final class Tmux {
  let sandbox: Sandbox
  private let server: Started
  private let socket: String
  private let commands: Int32
  private let replies: Int32
  private var unread: [UInt8] = []

  /// Runs a shell command in a terminal of a size.
  init(
    _ command: String, in sandbox: Sandbox, columns: Int = 80, rows: Int = 24,
    environment changes: [String: String?] = [:], terminal: String = "screen-256color"
  ) throws {
    self.sandbox = sandbox
    socket = "\(sandbox.path)/\(UUID().uuidString.prefix(8)).tmux"
    let configuration = """
      set -g default-terminal \(terminal)
      set -g default-size \(columns)x\(rows)
      set -g status off
      set -s escape-time 0
      set -g remain-on-exit on
      """
    try sandbox.write("\(socket).conf", configuration)
    let input = try Started.pipe()
    let output = try Started.pipe()
    commands = input[1]
    replies = output[0]
    var environment = sandbox.environment(changes)
    environment["TMUX"] = nil
    defer {
      close(input[0])
      close(output[1])
    }
    server = try Started(
      [
        "tmux", "-S", socket, "-f", "\(socket).conf", "-C", "new-session", "-x", "\(columns)",
        "-y", "\(rows)", command,
      ], in: sandbox, environment: environment, files: [input[0], output[1], output[1]])
    // The answer to new-session itself.
    _ = try reply()
  }

  /// Runs the wizard; its exit status stands on the screen when it has left.
  static func wizard(
    _ arguments: String = "", in sandbox: Sandbox, columns: Int = 80, rows: Int = 24,
    environment: [String: String?] = [:]
  ) throws -> Tmux {
    let tmux = try Tmux(
      "'\(Built.wizard)' \(arguments); echo \"[status $?]\"; exec cat", in: sandbox,
      columns: columns, rows: rows, environment: environment)
    try tmux.wait(until: "the first screen") {
      $0.contains("^G Help") || $0.contains("what do you start from?")
    }
    return tmux
  }

  deinit {
    _ = try? command("kill-server")
    close(commands)
    close(replies)
  }

  // MARK: Keys

  /// Presses keys: `abc<Tab><C-t>` types abc, then Tab, then Ctrl-T; names are tmux's, `<lt>` is `<`.
  func press(_ script: String) throws {
    var words: [String] = []
    var literal = ""
    func flush() {
      if !literal.isEmpty { words.append("send-keys -l -- \(Tmux.quoted(literal))") }
      literal = ""
    }
    var rest = script[...]
    while let first = rest.popFirst() {
      guard first == "<", let end = rest.firstIndex(of: ">") else {
        literal.append(first)
        continue
      }
      let name = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      if name == "lt" {
        literal.append("<")
      } else {
        flush()
        words.append("send-keys \(Tmux.names[name] ?? name)")
      }
    }
    flush()
    for word in words { try command(word) }
  }

  private static let names = [
    "Esc": "Escape", "S-Tab": "BTab", "BS": "BSpace", "Ins": "IC", "Del": "DC",
  ]

  /// Types bytes as they are.
  func type(bytes: [UInt8]) throws {
    try command("send-keys -H " + bytes.map { String($0, radix: 16) }.joined(separator: " "))
  }

  /// Pastes as a terminal does: in brackets, if the program asked for them.
  func paste(_ text: String) throws {
    let file = "\(sandbox.path)/\(UUID().uuidString).paste"
    try sandbox.write(file, text)
    try command("load-buffer \(Tmux.quoted(file))")
    try command("paste-buffer -p -r")
  }

  /// Goes to a field by its path and waits for it.
  func go(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try press("<C-t>\(path)<Enter>")
    try wait(until: "\(path) to have the focus", sourceLocation: sourceLocation) {
      Tmux.place(on: $0) == "\(path)"
    }
  }

  /// Fills a text field by its path, and leaves it for the next.
  func fill(
    _ path: String, _ value: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try go(path, sourceLocation: sourceLocation)
    try press("<C-u>\(value)")
    try move("<Tab>", sourceLocation: sourceLocation)
  }

  /// Presses keys that move the focus, from rest, and waits for it to be elsewhere; the status line
  /// is among the last rows that are drawn.
  @discardableResult
  func move(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let rest = try wait(until: "the focus to be shown", sourceLocation: sourceLocation) {
      !Tmux.place(on: $0).isEmpty
    }
    let before = Tmux.place(on: rest)
    try press(script)
    let screen = try wait(until: "\(script) to leave \(before)", sourceLocation: sourceLocation) {
      let place = Tmux.place(on: $0)
      return place != before && !place.isEmpty
    }
    return Tmux.place(on: screen)
  }

  /// Presses Tab until the focus is where the status line says; the focus must be at rest.
  func tab(to wanted: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    var place = Tmux.place(on: try screen())
    for _ in 0..<40 where !place.hasPrefix(wanted) {
      place = try move("<Tab>", sourceLocation: sourceLocation)
    }
    #expect(place.hasPrefix(wanted), sourceLocation: sourceLocation)
  }

  /// The focus, as the status line above the keys names it: `route.metadata.name`; empty while a
  /// panel covers a part of that line.
  static func place(on screen: String) -> String {
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
    guard let keys = lines.lastIndex(where: { $0.hasPrefix(" ^G Help") }), keys > 0 else {
      return ""
    }
    let status = lines[keys - 1]
    guard !status.contains("└") else { return "" }
    let end = status.firstRange(of: "   ")?.lowerBound ?? status.endIndex
    return String(status[..<end].dropFirst())
  }

  /// Runs a command by its name in the palette.
  func run(_ name: String) throws { try press("<C-g>\(name)<Enter><C-l>") }

  /// Leaves with nothing unsaved and gives what was printed.
  @discardableResult
  func leave(sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    try press("<C-x>")
    return try wait(for: "[status 0]", sourceLocation: sourceLocation)
  }

  /// Asks to save, over a file that is there and was not opened where that is so.
  func confirm(sourceLocation: SourceLocation = #_sourceLocation) throws {
    try press("<C-o>")
    let screen = try wait(until: "the question", sourceLocation: sourceLocation) {
      $0.contains("< Save as... >") || $0.contains("< Replace it >")
    }
    try press(screen.contains("< Replace it >") ? "<Tab><Enter>" : "<Enter>")
  }

  /// Saves; there must be nothing to ask.
  func save(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try confirm(sourceLocation: sourceLocation)
    try wait(for: "saved \(name)", sourceLocation: sourceLocation)
  }

  // MARK: Screen

  /// What the screen shows, its lines without blanks at their ends.
  func screen(_ options: String = "") throws -> String {
    try command("capture-pane -p \(options)").joined(separator: "\n")
  }

  /// A tmux format of the pane, such as `#{cursor_x}`.
  func value(_ format: String) throws -> String {
    try command("display-message -p '\(format)'").joined()
  }

  /// Waits until the screen is as wanted; the first screen that is.
  @discardableResult
  func wait(
    until what: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ isWanted: (String) -> Bool
  ) throws -> String {
    let deadline = Deadline()
    while true {
      let screen = try screen()
      if isWanted(screen) { return screen }
      guard waitForChange(deadline) else {
        Issue.record("waited for \(what) on:\n\(screen)", sourceLocation: sourceLocation)
        throw Failed("waited for \(what)")
      }
    }
  }

  /// Waits until the screen holds a text.
  @discardableResult
  func wait(
    for text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    try wait(until: "\"\(text)\"", sourceLocation: sourceLocation) { $0.contains(text) }
  }

  /// Gives the window another size.
  func resize(columns: Int, rows: Int) throws {
    try command("resize-window -x \(columns) -y \(rows)")
  }

  /// The process in the pane.
  var process: pid_t { get throws { pid_t(try value("#{pane_pid}")) ?? 0 } }

  // MARK: Control mode

  /// Runs a tmux command and gives its output.
  @discardableResult
  func command(_ line: String) throws -> [String] {
    var rest = Array("\(line)\n".utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(commands, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failed("tmux is gone") }
      rest = rest.dropFirst(count)
    }
    return try reply()
  }

  /// The next answer, whatever is told before it.
  private func reply() throws -> [String] {
    let deadline = Deadline()
    var lines: [String]?
    while true {
      guard let line = nextLine(deadline) else {
        throw Failed("tmux does not answer: \(String(decoding: unread, as: UTF8.self))")
      }
      if line.hasPrefix("%begin ") {
        lines = []
      } else if line.hasPrefix("%end ") {
        return lines ?? []
      } else if line.hasPrefix("%error ") {
        throw Failed("tmux: \(lines ?? [])")
      } else {
        lines?.append(line)
      }
    }
  }

  /// Waits until something was written to the screen.
  private func waitForChange(_ deadline: Deadline) -> Bool {
    while let line = nextLine(deadline) {
      if line.hasPrefix("%output ") { return true }
    }
    return false
  }

  private func nextLine(_ deadline: Deadline) -> String? {
    var scanned = 0
    while true {
      if let end = unread[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeSubrange(...end)
        return line
      }
      scanned = unread.count
      var wait = pollfd(fd: replies, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, deadline.left) > 0 else { return nil }
      var bytes = [UInt8](repeating: 0, count: 65_536)
      let count = read(replies, &bytes, bytes.count)
      guard count > 0 else { return nil }
      unread += bytes[..<count]
    }
  }

  static func quoted(_ text: String) -> String {
    "'\(text.replacingOccurrences(of: "'", with: "'\\''"))'"
  }
}
