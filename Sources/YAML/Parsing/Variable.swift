/// Variables such as `${NAME}` and `${NAME:=10s}`, which Flux and envsubst replace before a server
/// sees the text.
package enum Variable {
  /// One of them in a text, from `$` to `}`.
  package struct Occurrence {
    package let name: String
    package let range: Range<String.UTF8View.Index>
  }

  package static func isIn(_ text: String) -> Bool { !occurrences(in: text).isEmpty }

  /// The variables of a text in order; `$${` stands for the two characters themselves.
  package static func occurrences(in text: String) -> [Occurrence] {
    guard text.withBytes({ $0.place(of: Byte.dollar, from: 0) != nil }) else { return [] }
    var occurrences: [Occurrence] = []
    let bytes = text.utf8
    var index = bytes.startIndex
    while let dollar = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
      index = bytes.index(after: dollar)
      guard let next = bytes[index...].first else { break }
      if next == UInt8(ascii: "$") {
        index = bytes.index(after: index)
      } else if next == UInt8(ascii: "{"), let occurrence = occurrence(from: dollar, in: bytes) {
        occurrences.append(occurrence)
        index = occurrence.range.upperBound
      }
    }
    return occurrences
  }

  /// The variable that begins at `${`, nil where none does.
  private static func occurrence(
    from dollar: String.UTF8View.Index, in bytes: String.UTF8View
  ) -> Occurrence? {
    var rest = bytes[dollar...].dropFirst(2)
    if rest.first == UInt8(ascii: "#") { rest = rest.dropFirst() }
    let name = rest.prefix(while: isWord)
    guard let first = name.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
      let operation = rest[name.endIndex...].first, "}:=-+?/#%^,".utf8.contains(operation),
      let end = rest[name.endIndex...].firstIndex(of: UInt8(ascii: "}"))
    else { return nil }
    return Occurrence(name: String(name) ?? "", range: dollar..<bytes.index(after: end))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension String {
  /// The text with something in place of each variable.
  package func substituting(_ value: (String) -> String) -> String {
    var text = ""
    var start = utf8.startIndex
    for occurrence in Variable.occurrences(in: self) {
      text += self[start..<occurrence.range.lowerBound] + value(occurrence.name)
      start = occurrence.range.upperBound
    }
    return text + self[start...]
  }
}

extension Node {
  /// Whether any text in it holds a variable.
  package var hasVariables: Bool {
    switch self {
    case .scalar: text.map(Variable.isIn) == true
    case .sequence(let items): items.contains(where: \.hasVariables)
    case .mapping(let mapping):
      mapping.entries.contains { Variable.isIn($0.key) || $0.value.hasVariables }
    }
  }

  /// How many texts in it hold variables, and where the first of them stands; nil for none.
  package func countVariables() -> (count: Int, first: Path)? {
    var count = 0
    var trail: [Path.Step] = []
    var first = Path.root
    visitVariables(&trail) { trail in
      if count == 0 { first = Path(trail) }
      count += 1
    }
    return count > 0 ? (count, first) : nil
  }

  private func visitVariables(_ trail: inout [Path.Step], _ visit: ([Path.Step]) -> Void) {
    switch self {
    case .scalar: if text.map(Variable.isIn) == true { visit(trail) }
    case .sequence(let items):
      for (index, item) in items.enumerated() {
        trail.append(.index(index))
        item.visitVariables(&trail, visit)
        trail.removeLast()
      }
    case .mapping(let mapping):
      for entry in mapping.entries {
        trail.append(.key(entry.key))
        if Variable.isIn(entry.key) { visit(trail) }
        entry.value.visitVariables(&trail, visit)
        trail.removeLast()
      }
    }
  }
}
