import Glibc
import Screen

/// The standard streams.
enum Streams {
  /// Data, for stdout.
  static func print(_ text: String) {
    write(Array((shown(text) + "\n").utf8), to: STDOUT_FILENO)
  }

  /// A message, for stderr.
  static func printMessage(_ text: String) {
    write(Array((shown(text) + "\n").utf8), to: STDERR_FILENO)
  }

  /// Whether stdin is a pipe or a file, and not a terminal or nothing at all.
  static var hasPipedInput: Bool {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0 else { return false }
    return [S_IFIFO, S_IFREG, S_IFSOCK].contains(status.st_mode & S_IFMT)
  }

  /// The first argument whose bytes are no UTF-8, with a sign in the place of those.
  static var unreadableArgument: String? {
    for word in UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)) {
      guard let word else { continue }
      if String(validatingCString: word) == nil { return String(cString: word) }
    }
    return nil
  }

  /// A text whose characters that a terminal would run or hide are shown as they are on the screen,
  /// not sent; lines stay lines.
  static func shown(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == UInt8(ascii: "\n") }
    return isPlain ? text : text.spelledOut
  }

  /// Writes all bytes; false when the stream takes no more.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

/// The environment.
enum Environment {
  /// A variable's value; nil where it is unset or empty.
  static subscript(name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}

extension Streams {
  /// Text on its way to a stream, in large pieces.
  struct Output {
    private let stream: Int32
    private var bytes: [UInt8] = []
    private var isWhole = true

    init(to stream: Int32 = STDOUT_FILENO) { self.stream = stream }

    mutating func write(_ text: String) {
      bytes.append(contentsOf: text.utf8)
      if bytes.count >= 1 << 16 { flush() }
    }

    /// Writes the rest; whether all of it could be written.
    mutating func end() -> Bool {
      flush()
      return isWhole
    }

    private mutating func flush() {
      if isWhole { isWhole = Streams.write(bytes, to: stream) }
      bytes.removeAll(keepingCapacity: true)
    }
  }
}
