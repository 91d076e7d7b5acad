/// Distinguishes a template of Helm, or another one with `{{ … }}`, from YAML that cannot be read.
struct TemplateSyntax {
  /// How such a text becomes one that can be read.
  static let message =
    "this is a template with {{ … }}, such as Helm's, and no YAML yet; \(rendering)"
  fileprivate static let rendering = "render it first: helm template . | aigw-wizard check -"

  /// Where the first action of a template stands outside of quotes, comments and blocks of text; nil
  /// where none does. In YAML that can be read, only those of Helm that nothing else has count.
  static func place(in text: UnsafeBufferPointer<UInt8>, isYAML: Bool) -> Position? {
    guard text.contains("{{") else { return nil }
    var walk = TemplateSyntax(text: text, isYAML: isYAML)
    return walk.place()
  }

  private let text: UnsafeBufferPointer<UInt8>
  private let isYAML: Bool
  /// The column of the key whose block of text is passed.
  private var block: Int?

  private init(text: UnsafeBufferPointer<UInt8>, isYAML: Bool) {
    self.text = text
    self.isYAML = isYAML
  }

  private mutating func place() -> Position? {
    var start = 0
    var number = 1
    while start < text.count {
      let end = text[start...].firstIndex(of: Byte.newline) ?? text.count
      if let column = column(in: start..<end) { return Position(line: number, column: column + 1) }
      start = end + 1
      number += 1
    }
    return nil
  }

  /// The column of an action in a line, from 0.
  private mutating func column(in line: Range<Int>) -> Int? {
    let indent = text[line].prefix { $0 == Byte.space }.count
    if let block {
      let isBlank = text[line].allSatisfy(Byte.isSpace)
      if isBlank || indent > block { return nil }
      self.block = nil
    }
    var quote: UInt8?
    var before = Byte.space
    for index in line {
      let byte = text[index]
      if let open = quote {
        if byte == open, !(open == Byte.quote && before == Byte.backslash) { quote = nil }
      } else if byte == Byte.hash, Byte.isSpace(before) {
        return nil
      } else if isAction(at: index, within: line) {
        return text[line.lowerBound..<index].count { $0 & 0xC0 != 0x80 }
      } else if byte == Byte.quote || byte == Byte.apostrophe, !isWord(before) {
        quote = byte
      }
      before = byte == Byte.backslash && before == Byte.backslash ? 0 : byte
    }
    if opensBlock(line) { block = indent }
    return nil
  }

  /// Whether `{{` begins something that only a template has.
  private func isAction(at index: Int, within line: Range<Int>) -> Bool {
    guard text[index...].starts(with: [Byte.braces.open, Byte.braces.open]) else { return false }
    var rest = text[min(index + 2, line.upperBound)..<line.upperBound]
    if rest.first == Byte.dash { rest = rest.dropFirst() }
    rest = rest.drop(while: Byte.isBlank)
    guard !isYAML else { return TemplateSyntax.helm.contains { rest.starts(with: $0.utf8) } }
    guard let first = rest.first else { return true }
    return isWord(first)
      || [Byte.dot, Byte.dollar, Byte.slash, Byte.quote, Byte.open].contains(first)
  }

  /// Whether a text has an action that only Helm knows.
  static func isHelm(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      let walk = TemplateSyntax(text: buffer, isYAML: true)
      return buffer.indices.contains { walk.isAction(at: $0, within: 0..<buffer.count) }
    }
  }

  private static let helm = [
    ".Values", ".Release", ".Chart", ".Capabilities", ".Template", ".Files", "include ",
  ]

  private func isWord(_ byte: UInt8) -> Bool {
    Byte.isDigit(byte) || byte >= 0x80
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Whether a block of text begins behind a line.
  private func opensBlock(_ line: Range<Int>) -> Bool {
    var rest = text[line]
    while let last = rest.last, Byte.isSpace(last) { rest.removeLast() }
    while let last = rest.last, last == Byte.dash || last == Byte.plus || Byte.isDigit(last) {
      rest.removeLast()
    }
    guard let mark = rest.popLast(), mark == Byte.pipe || mark == Byte.greater else { return false }
    return rest.last.map(Byte.isBlank) ?? true
  }
}

extension Problem {
  /// That a document is a template, though its text can be read as YAML.
  package static func template(at place: Position, in document: Int) -> Problem {
    var problem = Problem(
      place, "this is a Helm template and no manifest yet; \(TemplateSyntax.rendering)")
    (problem.document, problem.isFatal) = (document, true)
    return problem
  }
}

extension Node {
  /// The path of a text with an action of Helm's, nil where there is none; annotations may be for
  /// others.
  package var helmAction: Path? { helmAction(at: .root) }

  private func helmAction(at path: Path) -> Path? {
    switch self {
    case .scalar(let scalar):
      let isAction =
        scalar.text.utf8.contains(Byte.braces.open) && TemplateSyntax.isHelm(scalar.text)
      return isAction ? path : nil
    case .sequence(let items):
      return items.enumerated().lazy.compactMap { $1.helmAction(at: path.appending($0)) }.first
    case .mapping(let mapping):
      return mapping.entries.lazy.filter { $0.key != "annotations" }
        .compactMap { $0.value.helmAction(at: path.appending($0.key)) }.first
    }
  }
}
