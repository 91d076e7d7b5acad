import Wizard

/// The files of a session; what is saved to `-` is kept, to be printed at its end.
struct OutputFiles {
  /// The path that stands for stdout.
  static let standardOutput = "-"

  /// What was saved for stdout last.
  private(set) var printed: [UInt8]?

  func read(_ path: String) -> FileContent {
    guard path == Self.standardOutput else { return Files.read(path) }
    return FileContent(path: path, content: printed.map { .bytes($0) } ?? .absent)
  }

  mutating func write(_ files: [FileToWrite]) -> [WriteResult] {
    let results = Files.write(files.filter { $0.path != Self.standardOutput })
    guard results.allSatisfy({ $0.failure == nil }),
      let text = files.first(where: { $0.path == Self.standardOutput })
    else { return results }
    printed = text.bytes
    return results + [WriteResult(path: text.path, bytes: text.bytes, failure: nil)]
  }
}
