import YAML

/// The comments of a text that suppress rules: `# aigw-wizard: ignore L33, L43` on a line or above
/// it.
struct Suppressions: Sendable {
  /// A rule that a comment names, or a comment that names none.
  struct Entry: Hashable, Sendable {
    /// The id as written; empty where the comment names no rule.
    let rule: String
    let position: Position
  }

  /// What is suppressed, by line from 1.
  private var entries: [Int: [Entry]] = [:]

  init(in bytes: [UInt8]) {
    guard bytes.contains("#") else { return }
    bytes.withUnsafeBufferPointer { text in
      var line = 1
      var start = 0
      // What stands in comments of their own, for the next line that holds something else.
      var pending: [Entry] = []
      while start < text.count {
        let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
        read(UnsafeBufferPointer(rebasing: text[start..<end]), line, &pending)
        start = end + 1
        line += 1
      }
      if !pending.isEmpty { entries[line, default: []] += pending }
    }
  }

  /// What suppresses a rule on a line.
  func entries(suppressing rule: String, on line: Int) -> [Entry] {
    entries[line]?.filter { Rule.id(rule, isOf: $0.rule) } ?? []
  }

  var isEmpty: Bool { entries.isEmpty }

  /// All of them, with the line that each is about.
  var all: [(line: Int, entry: Entry)] {
    entries.sorted { $0.key < $1.key }.flatMap { line, entries in entries.map { (line, $0) } }
  }

  private mutating func read(
    _ line: UnsafeBufferPointer<UInt8>, _ number: Int, _ pending: inout [Entry]
  ) {
    guard !pending.isEmpty || line.contains(UInt8(ascii: "#")) else { return }
    var isBare = true
    var isAfterBlank = true
    for (index, byte) in line.enumerated() {
      if byte == UInt8(ascii: "#"), isAfterBlank {
        let named = Suppressions.entries(in: line, from: index, number)
        if isBare {
          pending += named
          return
        }
        if !named.isEmpty {
          entries[number, default: []] += named
          break
        }
      }
      isAfterBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      if !isAfterBlank, byte != UInt8(ascii: "\r") { isBare = false }
    }
    guard !isBare, !pending.isEmpty else { return }
    entries[number, default: []] += pending
    pending = []
  }

  /// What a comment names that begins at a place of a line, nothing where it is about something else.
  private static func entries(
    in line: UnsafeBufferPointer<UInt8>, from start: Int, _ number: Int
  ) -> [Entry] {
    var rest = line[(start + 1)...]
    for word: StaticString in ["aigw-wizard:", "ignore"] {
      rest = rest.drop { $0 == UInt8(ascii: " ") }
      let isThere = word.withUTF8Buffer { rest.starts(with: $0) }
      guard isThere else { return [] }
      rest = rest.dropFirst(word.utf8CodeUnitCount)
    }
    guard rest.first.map(isSeparator) ?? true else { return [] }
    func entry(_ rule: String, at column: Int) -> Entry {
      Entry(rule: rule, position: Position(line: number, column: column + 1))
    }
    // With the places of the line.
    let words: [Slice<UnsafeBufferPointer<UInt8>>] = rest.split(whereSeparator: isSeparator)
    let named = words.map { entry(String(decoding: $0, as: UTF8.self), at: $0.startIndex) }
    return named.isEmpty ? [entry("", at: start)] : named
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\t")
      || byte == UInt8(ascii: "\r")
  }
}
