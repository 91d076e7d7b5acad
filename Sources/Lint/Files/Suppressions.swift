import YAML

/// The comments of a text that suppress rules: `# aigw-wizard: ignore L33, L43` on a line or above
/// it.
struct Suppressions: Sendable {
  /// The ids that are suppressed, by line from 1.
  private var ids: [Int: [String]] = [:]

  init(in bytes: [UInt8]) {
    guard bytes.contains("#") else { return }
    bytes.withUnsafeBufferPointer { text in
      var line = 1
      var start = 0
      // What stands in comments of their own, for the next line that holds something else.
      var pending: [String] = []
      while start < text.count {
        let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
        read(UnsafeBufferPointer(rebasing: text[start..<end]), line, &pending)
        start = end + 1
        line += 1
      }
    }
  }

  /// Whether a rule is suppressed on a line.
  func suppress(_ rule: String, on line: Int) -> Bool {
    ids[line]?.contains { Rule.id(rule, isOf: $0) } ?? false
  }

  private mutating func read(
    _ line: UnsafeBufferPointer<UInt8>, _ number: Int, _ pending: inout [String]
  ) {
    guard !pending.isEmpty || line.contains(UInt8(ascii: "#")) else { return }
    var isBare = true
    var isAfterBlank = true
    for (index, byte) in line.enumerated() {
      if byte == UInt8(ascii: "#"), isAfterBlank {
        let named = Suppressions.ids(in: line[(index + 1)...])
        if isBare {
          pending += named
          return
        }
        if !named.isEmpty {
          ids[number, default: []] += named
          break
        }
      }
      isAfterBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      if !isAfterBlank, byte != UInt8(ascii: "\r") { isBare = false }
    }
    guard !isBare, !pending.isEmpty else { return }
    ids[number, default: []] += pending
    pending = []
  }

  /// The ids of a comment, none where it is about something else.
  private static func ids(in comment: Slice<UnsafeBufferPointer<UInt8>>) -> [String] {
    var rest = comment.drop { $0 == UInt8(ascii: " ") }
    for word: StaticString in ["aigw-wizard:", "ignore "] {
      let isThere = word.withUTF8Buffer { rest.starts(with: $0) }
      guard isThere else { return [] }
      rest = rest.dropFirst(word.utf8CodeUnitCount).drop { $0 == UInt8(ascii: " ") }
    }
    return rest.split { byte in
      byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\t")
        || byte == UInt8(ascii: "\r")
    }.map { String(decoding: $0, as: UTF8.self) }
  }
}
