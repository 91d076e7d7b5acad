import Glibc
import Lint

/// Reads the inputs of a command: files, pipes and stdin.
enum InputFile {
  private enum Source { case stdin, file, pipe }

  /// The bytes behind a name, `-` for stdin.
  static func bytes(of name: String) throws(Failure) -> [UInt8] {
    if name == "-" { return try bytes(of: STDIN_FILENO, named: "stdin", .stdin) }
    let descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      let code = errno
      throw failure(
        name,
        code == ENOENT ? "no such file" : Files.kind(of: name) ?? Files.errorMessage(for: code))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw failure(name, Files.errorMessage(for: errno))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard status.st_size <= Files.limit else { throw failure(name, Files.tooLarge) }
      return try bytes(of: descriptor, named: name, .file, expecting: Int(status.st_size))
    case S_IFIFO: return try bytes(of: descriptor, named: name, .pipe)
    case S_IFDIR: throw failure(name, "a folder; name the files in it")
    default: throw failure(name, Files.kind(ofMode: status.st_mode) ?? "")
    }
  }

  private static func bytes(
    of descriptor: Int32, named name: String, _ source: Source, expecting size: Int = 0
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var mayOpen = source == .pipe
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 {
        guard bytes.count + count <= Files.limit else { throw failure(name, Files.tooLarge) }
        bytes.append(contentsOf: buffer[..<count])
      } else if count == 0 {
        // A pipe that nobody has open for writing yet looks like an empty one.
        guard mayOpen, bytes.isEmpty else { return bytes }
        mayOpen = false
        guard isReady(descriptor, within: 1000) else {
          throw failure(name, "a pipe that nobody writes to")
        }
      } else if errno == EAGAIN {
        guard isReady(descriptor, within: source == .stdin ? -1 : 10_000) else {
          throw failure(name, "a pipe that nobody wrote to for 10 s")
        }
      } else if errno != EINTR {
        throw failure(name, Files.errorMessage(for: errno))
      }
    }
  }

  /// Whether something can be read within so many milliseconds; -1 waits as long as it takes.
  private static func isReady(_ descriptor: Int32, within time: Int32) -> Bool {
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wait, 1, time) != 0
  }

  static func failure(_ name: String, _ why: String) -> Failure {
    Failure(status: Exit.unreadable, message: "\(name): \(why)")
  }
}
