import RouteForm
import Schemas
import Screen

/// Lines drawn below the form of what its values come to: shares, times, the order of the rules.
struct Chart: Sendable {
  /// What it is about.
  struct Subject: Hashable, Sendable {
    let step: Step
    let rule: Int
    /// The backendRef that is taken to be down, by its place.
    let backend: Int?
    let columns: Int
  }

  /// A part of a line in one role.
  struct Piece: Sendable {
    let text: String
    let role: Role
  }

  typealias Line = [Piece]

  /// The first one is the heading.
  private(set) var lines: [Line] = []
  /// The line to keep in view where there is no room for all of them.
  var center: Int?
  /// The line from which on they are shown where there is no room for all of them.
  var essence: Int?

  mutating func add(_ pieces: (text: String, role: Role)...) {
    lines.append(pieces.map { Piece(text: $0.text, role: $0.role) })
  }

  /// Adds a sentence in as many lines as it takes, those below the first further in.
  mutating func add(_ text: String, _ role: Role, indent: Int, columns: Int) {
    for (index, part) in text.wrapped(columns - indent - 2).enumerated() {
      let blanks = String(repeating: " ", count: index == 0 ? indent : indent + 2)
      lines.append([Piece(text: blanks + part, role: role)])
    }
  }

  /// The lines that so many rows show, and whether others follow: from the essence on, or those
  /// around the one to be seen, below the heading. A bar never stands without its own heading.
  func window(_ rows: Int) -> (lines: [Line], goesOn: Bool) {
    guard lines.count > rows, rows > 0 else { return (Array(lines.prefix(max(0, rows))), false) }
    if let essence {
      let whole = lines[..<essence].indices.first {
        lines[$0].first?.role == .heading && lines.count - $0 <= rows
      }
      return part(from: whole ?? essence, rows)
    }
    if rows < 4, let center { return part(from: center, rows) }
    let top = Viewport.top(
      0, showing: center.map { $0 - 1..<$0 } ?? 0..<0, rows: rows - 1, of: lines.count - 1)
    let (shown, goesOn) = part(from: top + 1, rows - 1)
    return ([lines[0]] + shown, goesOn)
  }

  private func part(from start: Int, _ rows: Int) -> (lines: [Line], goesOn: Bool) {
    (Array(lines.dropFirst(start).prefix(rows)), start + rows < lines.count)
  }
}

/// Lengths drawn to scale with letters, which every terminal and every reader has.
struct Scale {
  /// What the whole width stands for.
  let whole: Double
  let columns: Int

  /// The columns up to a value; at least one for anything above nothing.
  func columns(to value: Double) -> Int {
    guard whole > 0, value > 0, columns > 0 else { return 0 }
    let part = min(1, value / whole) * Double(columns)
    return min(columns, max(1, Int(part.rounded())))
  }

  func bar(_ value: Double, _ letter: Character = "#") -> String {
    String(repeating: letter, count: columns(to: value))
  }
}

extension String {
  /// The text cut at blanks into lines of so many columns, as it is drawn: what must not reach a
  /// terminal is spelt out first.
  func wrapped(_ columns: Int) -> [Substring] {
    guard !Credential.isLikely(self) else { return Credential.masked(self).wrapped(columns) }
    let width = max(columns, 8)
    // A byte of plain ASCII is a column, and found without counting.
    return isPlain ? wrapped(bytes: width) : asDrawn.wrapped(drawn: width)
  }

  /// The text in at most so many lines; where it is cut, an ellipsis, then in any case the ending.
  func wrapped(columns: Int, rows: Int, ending: String) -> [String] {
    guard rows > 0 else { return [] }
    let parts = (self + ending).wrapped(columns).map(String.init)
    guard parts.count > rows else { return parts }
    let end = " ...\(ending)"
    let rest = parts[(rows - 1)...].joined(separator: " ")
    return parts.prefix(rows - 1)
      + [String(rest.wrapped(columns - end.utf8.count)[0]) + end]
  }

  private var isPlain: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } }

  private func wrapped(bytes width: Int) -> [Substring] {
    var lines: [Substring] = []
    var start = startIndex
    while let limit = utf8.index(start, offsetBy: width, limitedBy: endIndex), limit < endIndex {
      start = cut(start, before: limit, into: &lines)
    }
    return lines + [self[start...]]
  }

  private func wrapped(drawn width: Int) -> [Substring] {
    var lines: [Substring] = []
    var start = startIndex
    var place = startIndex
    var used = 0
    while place < endIndex {
      let columns = Width.columns(of: self[place])
      if used + columns > width, place > start {
        start = cut(start, before: place, into: &lines)
        (place, used) = (start, 0)
      } else {
        used += columns
        place = index(after: place)
      }
    }
    return lines + [self[start...]]
  }

  /// Ends a line at the last blank before a place, else there; gives the start of the next one.
  private func cut(_ start: Index, before limit: Index, into lines: inout [Substring]) -> Index {
    let blank = UInt8(ascii: " ")
    let end = utf8[start..<limit].lastIndex(of: blank) ?? limit
    lines.append(self[start..<end])
    return utf8[end...].firstIndex { $0 != blank } ?? endIndex
  }

  /// The text, cut where it is longer than a width.
  func shortened(_ width: Int) -> String {
    Width.columns(of: self[...]) > width ? fitted(max(1, width)) : self
  }

  /// The text with spaces up to a width, cut where it is longer.
  func fitted(_ width: Int) -> String {
    let columns = Width.columns(of: self)
    guard columns > width else { return self + String(repeating: " ", count: width - columns) }
    if isPlain { return String(prefix(max(0, width - 1))) + "~" }
    var text = ""
    var used = 0
    for character in asDrawn {
      let columns = Width.columns(of: character)
      guard used + columns < width else { break }
      text.append(character)
      used += columns
    }
    return text + "~" + String(repeating: " ", count: max(0, width - used - 1))
  }
}
