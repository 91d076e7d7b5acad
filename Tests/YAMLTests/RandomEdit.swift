import Corpus
@testable import YAML

/// One random edit of a document, and the lines of its text that it may touch.
struct RandomEdit {
  enum Kind: CaseIterable {
    case scalar, typed, subtree, addKey, removeKey, insertItem, removeItem, moveItem, duplicateItem
  }

  var kind: Kind
  var path: Path
  var root: Node
  /// The lines of the file, from 0, that may go or change; nil where all may move.
  var touched: Set<Int> = []

  /// An edit of a document that was read from a text; nil where the document has no place for it.
  init?(_ kind: Kind, of root: Node, _ text: SourceText, _ seeded: inout Seeded) {
    self.kind = kind
    let places = root.places.filter { kind.fits($0.node) }
    guard !places.isEmpty else { return nil }
    let place = seeded.pick(places)
    path = place.path
    self.root = root
    switch kind {
    case .scalar: set(.string(seeded.words()), at: place.path, text)
    case .typed: set(.scalar(seeded.typed()), at: place.path, text)
    case .subtree: set(seeded.node(levels: 2), at: place.path, text)
    case .addKey:
      guard case .mapping(var mapping) = place.node else { return nil }
      let key = seeded.pick(["weight", "zz", "a b", "yes", "é", "app.io/x", seeded.string()])
      guard mapping.index(of: key) == nil else { return nil }
      let at = seeded.pick([
        mapping.entries.count, Int.random(in: 0...mapping.entries.count, using: &seeded),
      ])
      mapping.entries.insert(
        .init(key, seeded.pick([.string(seeded.words()), .integer(5), seeded.node(levels: 2)])),
        at: at)
      touch(insertionInto: place.path, place.node, text)
      self.root = root.replacing(place.path, with: .mapping(mapping))
    case .removeKey:
      guard case .mapping(var mapping) = place.node else { return nil }
      let index = Int.random(in: 0..<mapping.entries.count, using: &seeded)
      touch(removalOf: place.path.appending(mapping.entries[index].key), index, from: place, text)
      mapping.entries.remove(at: index)
      self.root = root.replacing(place.path, with: .mapping(mapping))
    case .insertItem, .removeItem, .moveItem, .duplicateItem:
      editItems(of: place, text, &seeded)
    }
    // A document that is null is none.
    if self.root == root || self.root.scalar?.kind == .null { return nil }
  }

  private mutating func set(_ node: Node, at path: Path, _ text: SourceText) {
    touched.formUnion(text.lines(of: path))
    root = root.replacing(path, with: node)
  }

  private mutating func editItems(
    of place: (path: Path, node: Node), _ text: SourceText, _ seeded: inout Seeded
  ) {
    var items = place.node.items
    let index = items.isEmpty ? 0 : Int.random(in: 0..<items.count, using: &seeded)
    let other = Int.random(in: 0...items.count, using: &seeded)
    switch kind {
    case .insertItem:
      let item = seeded.pick([
        .string(seeded.words()), seeded.node(levels: 2), .map(["name": .string("new")]),
      ])
      items.insert(item, at: other)
      touch(insertionInto: place.path, place.node, text)
    case .duplicateItem:
      items.insert(items[index], at: index + 1)
      touch(insertionInto: place.path, place.node, text)
    case .removeItem:
      items.remove(at: index)
      touch(removalOf: place.path.appending(index), index, from: place, text)
    case .moveItem:
      let item = items.remove(at: index)
      items.insert(item, at: min(other, items.count))
      touched.formUnion(text.lines(of: place.path))
      touched.formUnion(text.commentsAbove(place.path.appending(0)))
    case .scalar, .typed, .subtree, .addKey, .removeKey: break
    }
    root = root.replacing(place.path, with: .sequence(items))
  }

  private mutating func touch(insertionInto path: Path, _ node: Node, _ text: SourceText) {
    if node.childCount == 0 || text.isFlow(path) { touched.formUnion(text.lines(of: path)) }
    if let step = node.step(toChild: 0), text.isInline(Path(path.steps + [step])) {
      touched.insert(text.line(of: Path(path.steps + [step])))
    }
  }

  private mutating func touch(
    removalOf path: Path, _ index: Int, from place: (path: Path, node: Node), _ text: SourceText
  ) {
    touched.formUnion(text.lines(of: path))
    touched.formUnion(text.commentsAbove(path))
    if text.isFlow(place.path) { touched.formUnion(text.lines(of: place.path)) }
    if place.node.childCount == 1 {
      touched.insert(text.line(of: place.path))
      touched.formUnion(text.lines(of: place.path))
    }
    if index == 0, text.isInline(path), let step = place.node.step(toChild: 1) {
      let next = text.line(of: Path(place.path.steps + [step]))
      if next >= text.line(of: path) { touched.formUnion(text.line(of: path)...next) }
    }
  }
}

extension RandomEdit.Kind {
  fileprivate func fits(_ node: Node) -> Bool {
    switch (self, node) {
    case (.scalar, .scalar), (.typed, .scalar), (.subtree, _), (.addKey, .mapping),
      (.insertItem, .sequence):
      true
    case (.removeKey, .mapping), (.removeItem, .sequence), (.moveItem, .sequence),
      (.duplicateItem, .sequence):
      node.childCount > 0
    default: false
    }
  }
}

/// A text, its lines, and where its nodes stand in it.
struct SourceText {
  let lines: [ArraySlice<UInt8>]
  let map: SourceMap

  init(_ bytes: [UInt8], _ map: SourceMap) {
    lines = SourceText.lines(of: bytes)
    self.map = map
  }

  /// The lines of a text without its byte order mark, ended as libyaml sees it.
  static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.byteOrderMark.count
    while start < bytes.count {
      let end = bytes.lineEnd(from: start)
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  /// The lines of a node, its key's line included.
  func lines(of path: Path) -> Range<Int> {
    guard let span = map.span(of: path) else { return 0..<0 }
    let end = span.value.upperBound
    let last = end.column == 1 && end.line > span.start.line ? end.line - 1 : end.line
    var first = span.start.line - 1
    // The dash of an item may stand on a line above it.
    while first > 0, case .index? = path.last, span.key == nil, !startsWithDash(first, span) {
      first -= 1
    }
    let isBlock = span.value.lowerBound.line > span.start.line || span.key == nil
    return first..<max(first + 1, isBlock ? endOfComments(from: last, under: first) : last)
  }

  /// The end of the comments that stand in the block of an entry, further to the right than it.
  private func endOfComments(from line: Int, under entry: Int) -> Int {
    let column = lines[entry].prefix { Byte.isBlank($0) }.count
    var end = line
    var line = line
    while line < lines.count {
      let indent = lines[line].prefix { $0 <= Byte.space }.count
      if indent < lines[line].count {
        guard lines[line].dropFirst(indent).first == Byte.hash, indent > column else { break }
        end = line + 1
      }
      line += 1
    }
    return end
  }

  private func startsWithDash(_ line: Int, _ span: SourceMap.Span) -> Bool {
    let text = lines[line]
    let head = line == span.start.line - 1 ? text.prefix(span.start.column - 1) : text
    return head.contains(UInt8(ascii: "-")) || head.contains(UInt8(ascii: "["))
      || head.contains(UInt8(ascii: ","))
  }

  func line(of path: Path) -> Int { lines(of: path).lowerBound }

  /// The comment lines right above a node.
  func commentsAbove(_ path: Path) -> Range<Int> {
    let line = line(of: path)
    var first = line
    while first > 0, lines[first - 1].first(where: { !Byte.isBlank($0) }) == Byte.hash {
      first -= 1
    }
    return first..<line
  }

  /// Whether anything but blanks stands before a node on its line.
  func isInline(_ path: Path) -> Bool {
    guard let span = map.span(of: path) else { return false }
    let line = lines[span.start.line - 1]
    let head = String(decoding: line, as: UTF8.self).unicodeScalars.prefix(span.start.column - 1)
    let isItem = if case .index? = path.last { true } else { false }
    let dashes = head.filter { $0 == "-" }.count
    return isItem ? dashes != 1 || head.first == "-" && path.count > 1 : head.contains { $0 != " " }
  }

  func isFlow(_ path: Path) -> Bool {
    guard let span = map.span(of: path) else { return false }
    let line = String(decoding: lines[span.value.lowerBound.line - 1], as: UTF8.self)
    let rest = line.unicodeScalars.dropFirst(span.value.lowerBound.column - 1)
    return rest.first == "[" || rest.first == "{"
  }
}

extension Node {
  /// All nodes with their paths.
  var places: [(path: Path, node: Node)] { places(at: .root) }

  private func places(at path: Path) -> [(path: Path, node: Node)] {
    [(path, self)]
      + (0..<childCount).flatMap { number -> [(path: Path, node: Node)] in
        guard let child = child(number), let step = step(toChild: number) else { return [] }
        return child.places(at: Path(path.steps + [step]))
      }
  }

  func replacing(_ path: Path, with node: Node) -> Node {
    guard let first = path.steps.first else { return node }
    let rest = Path(Array(path.steps.dropFirst()))
    switch (self, first) {
    case (.mapping(var mapping), .key(let key)):
      if let index = mapping.index(of: key) {
        mapping.entries[index].value = mapping.entries[index].value.replacing(rest, with: node)
      }
      return .mapping(mapping)
    case (.sequence(var items), .index(let index)):
      items[index] = items[index].replacing(rest, with: node)
      return .sequence(items)
    default: return self
    }
  }
}

extension Seeded {
  mutating func words() -> String {
    pick([
      "new", "a-b", "x y", "50Mi", "7", "true", "it's", "say \"hi\"", "a: b", "# no",
      "two\nlines\n", "é", string(),
    ])
  }

  mutating func typed() -> Scalar {
    pick([
      Scalar("5", .integer), Scalar("true", .bool), Scalar("null", .null), Scalar("0.5", .float),
    ])
  }
}
