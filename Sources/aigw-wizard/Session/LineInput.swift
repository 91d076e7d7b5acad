import Glibc
import Terminal

/// Lines from stdin, asked for one by one; the terminal itself edits them.
struct LineInput {
  private static let limit = 1 << 20

  private let output: Int32
  private let isTerminal = isatty(STDIN_FILENO) == 1
  private var rest: [UInt8] = []
  private var isAtEnd = false

  /// Asks on `output`, where answers from a pipe are repeated, so that the transcript can be read.
  init(echo output: Int32) {
    self.output = output
    Interrupts.install()
  }

  /// Asks, and gives the next line; nil at the end of the input, and where ^C came twice on end.
  mutating func line(asking prompt: String) -> String? {
    var interrupts = 0
    write(prompt)
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = text(rest[..<end])
        rest.removeSubrange(...end)
        if !isTerminal { write(line + "\n") }
        return line
      }
      guard !isAtEnd else { return last() }
      switch read() {
      case .more: break
      case .end: isAtEnd = true
      case .interrupted:
        interrupts += 1
        rest = []
        write("\n")
        if interrupts == 2 { return nil }
        write("Control-C again leaves and keeps the draft.\n" + prompt)
      }
    }
  }

  /// What stands behind the last line end: a last line without one.
  private mutating func last() -> String? {
    defer { rest = [] }
    if rest.isEmpty {
      write("\n")
      return nil
    }
    let line = text(rest[...])
    write(line + "\n")
    return line
  }

  /// Whether ^C came since it was last looked for.
  var isInterrupted: Bool { Interrupts.takeOne() }

  private enum Read { case more, end, interrupted }

  private mutating func read() -> Read {
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      if Interrupts.takeOne() { return .interrupted }
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0, rest.count < Self.limit else { return .end }
      rest += buffer[..<count]
      return .more
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String {
    let line = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    return String(decoding: line.filter { $0 >= 0x20 || $0 == UInt8(ascii: "\t") }, as: UTF8.self)
  }

  private func write(_ text: String) {
    Streams.write(Array(Streams.shown(text).utf8), to: output)
  }
}
