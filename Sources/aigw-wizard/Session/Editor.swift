import Glibc
import Wizard

/// The user's editor, which is given a text in a file. No shell reads its name.
struct Editor {
  /// The program and the arguments before the file's name.
  private let words: [String]

  /// Takes what VISUAL or EDITOR says: the path of a program, or words as a shell would part them.
  init() throws(Failure) {
    let name = ["VISUAL", "EDITOR"].first { Environment[$0] != nil }
    let text = name.flatMap { Environment[$0] } ?? "vi"
    if text.contains("/"), access(text, X_OK) == 0 {
      words = [text]
      return
    }
    guard let words = Self.words(of: text), !words.isEmpty else {
      throw Failure(
        status: Exit.unreadable, message: "\(name ?? "") cannot be read, a quote is open: \(text)")
    }
    self.words = words
  }

  /// The text as the editor leaves it.
  func edit(_ text: String) throws(Failure) -> String {
    let file = try TemporaryFile(holding: text)
    switch ForegroundProcess.run(words + [file.path], onTerminal: true) {
    case .exited(0): break
    case .exited(let status): throw failure("ended with \(status); its text is not taken")
    case .killed(let number): throw failure("was ended by signal \(number); its text is not taken")
    case .notStarted(let code): throw failure("cannot be started: \(Files.errorMessage(for: code))")
    }
    switch Files.read(file.path).content {
    case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .absent: throw failure("removed the file")
    case .unreadable(let why): throw failure("left \(why)")
    }
  }

  private func failure(_ what: String) -> Failure {
    Failure(status: Exit.unreadable, message: "\(words.first ?? "") \(what)")
  }

  /// The words of a command line: parted by blanks, in quotes what has some, a backslash before what
  /// is meant as it is. Nil where a quote is open.
  static func words(of text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case "\\" where quote != "'":
        word = (word ?? "") + (rest.popFirst().map(String.init) ?? "")
      case quote: quote = nil
      case "'" where quote == nil, "\"" where quote == nil:
        quote = character
        word = word ?? ""
      case " " where quote == nil, "\t" where quote == nil:
        if let word { words.append(word) }
        word = nil
      case _: word = (word ?? "") + String(character)
      }
    }
    return quote == nil ? words + (word.map { [$0] } ?? []) : nil
  }
}

/// A file that is gone with its owner.
private final class TemporaryFile {
  let path: String

  init(holding text: String) throws(Failure) {
    let folder = Environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(folder)/aigw-wizard-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw Failure(
        status: Exit.unreadable,
        message: "no file for the editor in \(folder) (TMPDIR): \(Files.errorMessage(for: errno))")
    }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map(String.init(cString:)) ?? "" }
    let isWritten = Streams.write(Array((text + "\n").utf8), to: descriptor)
    let code = errno
    close(descriptor)
    guard isWritten else {
      throw Failure(
        status: Exit.unreadable,
        message: "no room for the editor's file: \(Files.errorMessage(for: code))"
      )
    }
  }

  deinit { unlink(path) }
}
