import RouteForm
import Screen

/// Looking for a text in lines, around their end.
struct LineSearch {
  /// The bytes of the text, ASCII letters in either case.
  let needle: [UInt8]
  let isForward: Bool

  init(_ text: String, forward: Bool) {
    needle = Array(text.utf8)
    isForward = forward
  }

  /// The next of so many lines that holds the text, starting beside a line.
  func next(from start: Int, of count: Int, line: (Int) -> ArraySlice<UInt8>) -> Int? {
    (0..<count).lazy.map { distance in
      (isForward ? start + 1 + distance : start - 1 - distance + 2 * count) % count
    }.first { line($0).contains(needle) }
  }

  /// The same among texts.
  func next(from start: Int, in texts: [String]) -> Int? {
    next(from: start, of: texts.count) { Array(texts[$0].utf8)[...] }
  }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes hold others, ASCII letters in either case.
  func contains(_ needle: [UInt8]) -> Bool {
    guard let first = needle.first, needle.count <= count else { return needle.isEmpty }
    func fold(_ byte: UInt8) -> UInt8 {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    for start in startIndex...(endIndex - needle.count) where fold(self[start]) == fold(first) {
      if needle.indices.allSatisfy({ fold(self[start + $0]) == fold(needle[$0]) }) { return true }
    }
    return false
  }
}

extension FormPage {
  /// The lines that can have the focus, each with its text and that of the lines that go on with it.
  var searchedLines: [(line: Int, text: String)] {
    lines.indices.compactMap { index in
      guard lines[index].width > 0 else { return nil }
      let rest = lines[(index + 1)...].prefix { $0.goesOn }
      return (index, ([lines[index]] + rest).map(\.text).joined(separator: " "))
    }
  }
}

extension FormLine {
  /// What stands in the line but for values.
  fileprivate var text: String {
    switch content {
    case .heading(let text): text
    case .note(let line), .jump(_, let line, _): line.text
    case .fields(let fields): fields.map(\.label).joined(separator: " ")
    case .toggle(let title, _, _): title
    case .buttons(let buttons): buttons.map(\.title).joined(separator: " ")
    case .table(let table): table.columns.map(\.title).joined(separator: " ")
    }
  }
}
