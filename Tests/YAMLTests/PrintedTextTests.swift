import Corpus
import Testing

@testable import YAML

@Suite("printed text")
struct PrintedTextTests {
  private static let documents = [Sample.policy, Sample.route(rules: 2, backends: 2)]

  @Test(
    "a path finds the lines of its node, its key's line included",
    arguments: [
      (0, "", 0..<4), (0, "spec", 1..<4), (0, "spec.connection.bufferLimit", 3..<4),
      (1, "metadata", 7..<9), (1, "spec.parentRefs", 10..<13), (1, "spec.parentRefs[0]", 11..<13),
      (1, "spec.parentRefs[0].name", 11..<12), (1, "spec.parentRefs[0].kind", 12..<13),
      (1, "spec.rules", 13..<26), (1, "spec.rules[1]", 20..<26), (1, "spec", 9..<26),
      (1, "spec.rules[1].backendRefs", 21..<26),
      (1, "spec.rules[1].backendRefs[1].weight", 25..<26),
    ])
  func lines(document: Int, path: String, lines: Range<Int>) throws {
    var printer = Printer()
    let printedText = printer.print(PrintedTextTests.documents)
    #expect(printedText.lines(of: try #require(Path(path)), in: document) == lines)
  }

  @Test("a path that leads nowhere has no lines")
  func nowhere() {
    var printer = Printer()
    let printedText = printer.print(PrintedTextTests.documents)
    #expect(printedText.lines(of: Path([.key("spec"), .index(0)]), in: 1) == nil)
    #expect(printedText.lines(of: Path([.key("spec"), .key("rules"), .index(2)]), in: 1) == nil)
    #expect(printedText.lines(of: .root, in: 2) == nil)
    #expect(printedText.lines(of: .root, in: -1) == nil)
    #expect(printedText.line(-1).isEmpty && printedText.line(printedText.lineCount).isEmpty)
  }

  @Test(
    "a line knows the innermost node that begins on it",
    arguments: [
      (0, "kind"), (1, "spec"), (3, "spec.connection.bufferLimit"), (10, "spec.parentRefs"),
      (11, "spec.parentRefs[0].name"), (14, "spec.rules[0].name"),
      (15, "spec.rules[0].backendRefs"),
      (16, "spec.rules[0].backendRefs[0].name"), (25, "spec.rules[1].backendRefs[1].weight"),
    ])
  func origin(line: Int, path: String) {
    var printer = Printer()
    let printedText = printer.print(PrintedTextTests.documents)
    #expect(printedText.origin(ofLine: line)?.path.description == path)
  }

  @Test("neither a separator nor a line beyond the end has an origin")
  func noOrigin() {
    var printer = Printer()
    let printedText = printer.print(PrintedTextTests.documents)
    #expect(printedText.origin(ofLine: 4) == nil)
    #expect(printedText.origin(ofLine: printedText.lineCount) == nil)
    #expect(printedText.origin(ofLine: -1) == nil)
  }

  @Test("the lines of a literal block belong to its node")
  func literalBlock() {
    var printer = Printer()
    let printedText = printer.print([.map(["a": .string("x\ny\n"), "b": .integer(1)])])
    #expect(printedText.text == "a: |\n  x\n  y\nb: 1\n")
    #expect(printedText.origin(ofLine: 2)?.path.description == "a")
    #expect(printedText.lines(of: Path([.key("a")]), in: 0) == 0..<3)
  }

  @Test("an edit within one rule leaves the chunks of all others as they are")
  func sharing() throws {
    var printer = Printer()
    let before = printer.print(PrintedTextTests.documents)
    var edited = Sample.route(rules: 2, backends: 2)
    var spec = try #require(edited["spec"])
    spec["rules"] = .sequence([Sample.rule("r0", backends: 2), Sample.rule("x", backends: 2)])
    edited["spec"] = spec
    let after = printer.print([Sample.policy, edited])
    #expect(after.printedDocuments[0] === before.printedDocuments[0])
    let old = before.printedDocuments[1].itemCache.map { ObjectIdentifier($0.printedNode) }
    let new = after.printedDocuments[1].itemCache.map { ObjectIdentifier($0.printedNode) }
    #expect(old.count == 3 && new.count == 3)
    #expect(old[..<2] == new[..<2])
    #expect(old[2] != new[2])
  }

  @Test("characters that Unicode calls equivalent are not mistaken for each other")
  func canonicalEquivalence() {
    var printer = Printer()
    _ = printer.print([.map(["a": .string("\u{E9}")])])
    let printedText = printer.print([.map(["a": .string("e\u{301}")])])
    #expect(printedText.text.unicodeScalars.elementsEqual("a: e\u{301}\n".unicodeScalars))
    let both = Mapping([.init("\u{E9}", .integer(1)), .init("e\u{301}", .integer(2))])
    let read = Parser().parse(printer.print([.mapping(both)]).bytes)
    #expect(read.documents.first?.root == .mapping(both) && read.problems.isEmpty)
  }

  @Test("printing on after an edit gives what printing anew gives")
  func incremental() {
    var seeded = Seeded(7)
    var printer = Printer()
    var documents = PrintedTextTests.documents
    for step in 0..<600 {
      // Edits wear the documents down; the ones to begin with come back now and then.
      if step % 12 == 0 { documents = [Sample.policy, Sample.route(rules: 3, backends: 4)] }
      documents = seeded.edited(documents)
      let printedText = printer.print(documents)
      var fresh = Printer()
      let expected = fresh.print(documents)
      #expect(printedText.bytes == expected.bytes)
      expectSameLines(printedText, expected)
      expectPathsAndLinesAgree(printedText, documents)
    }
  }

  private func expectSameLines(_ printedText: PrintedText, _ expected: PrintedText) {
    #expect(printedText.lineCount == expected.lineCount)
    let lines = printedText.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .dropLast()
    #expect(
      (0..<printedText.lineCount).map { Array(printedText.line($0)) } == lines.map { Array($0) })
  }

  /// Every node's lines are found again from each of them, and only from them.
  private func expectPathsAndLinesAgree(_ printedText: PrintedText, _ documents: [Node]) {
    for (index, document) in documents.enumerated() {
      var covered = 0
      for (path, node) in document.leaves(at: .root) {
        guard let lines = printedText.lines(of: path, in: index) else {
          Issue.record("\(path) has no lines")
          continue
        }
        for line in lines { #expect(printedText.origin(ofLine: line)?.path == path, "\(node)") }
        covered += lines.count
      }
      let origins = (0..<printedText.lineCount).compactMap { printedText.origin(ofLine: $0) }
        .filter { $0.document == index }
      #expect(origins.count == printedText.lines(ofDocument: index)?.count)
      #expect(covered <= origins.count)
    }
  }
}

extension Node {
  /// The value of a key of a mapping; setting it does nothing to any other node.
  fileprivate subscript(key: String) -> Node? {
    get { if case .mapping(let mapping) = self { mapping[key] } else { nil } }
    set {
      guard case .mapping(var mapping) = self else { return }
      mapping[key] = newValue
      self = .mapping(mapping)
    }
  }

  /// The scalars and empty collections below a node.
  func leaves(at path: Path) -> [(Path, Node)] {
    switch self {
    case .scalar: [(path, self)]
    case .sequence(let items):
      items.isEmpty
        ? [(path, self)]
        : items.enumerated().flatMap { $1.leaves(at: path.appending($0)) }
    case .mapping(let mapping):
      mapping.isEmpty
        ? [(path, self)]
        : mapping.entries.flatMap { $0.value.leaves(at: path.appending($0.key)) }
    }
  }
}

extension Seeded {
  /// Documents with one random change somewhere in them.
  mutating func edited(_ documents: [Node]) -> [Node] {
    var documents = documents
    let place = Int.random(in: 0...documents.count, using: &self)
    switch Int.random(in: 0..<20, using: &self) {
    case 0 where documents.count < 5: documents.insert(node(levels: 3), at: place)
    case 1 where documents.count > 1: documents.remove(at: min(place, documents.count - 1))
    case 2 where documents.count > 1: documents.shuffle(using: &self)
    default:
      let index = min(place, documents.count - 1)
      documents[index] = edited(documents[index])
    }
    return documents
  }

  /// A place among children, rather that of a collection than that of a scalar.
  private mutating func place(among children: [Node]) -> Int {
    let collections = children.indices.filter { children[$0].scalar == nil }
    let isDeep = !collections.isEmpty && Int.random(in: 0..<8, using: &self) > 0
    return pick(isDeep ? collections : Array(children.indices))
  }

  private mutating func edited(_ node: Node) -> Node {
    switch node {
    case .scalar: return self.node(levels: 1)
    case .sequence(var items):
      guard !items.isEmpty else { return .sequence([self.node(levels: 2)]) }
      let index = place(among: items)
      switch Int.random(in: 0..<10, using: &self) {
      case 0: items.insert(pick(items), at: index)
      case 1: items.remove(at: index)
      case 2: items.swapAt(index, 0)
      case 3: items.append(pick(items))
      default: items[index] = edited(items[index])
      }
      return .sequence(items)
    case .mapping(var mapping):
      guard !mapping.isEmpty else { return .map(["new": self.node(levels: 2)]) }
      let index = place(among: mapping.entries.map(\.value))
      switch Int.random(in: 0..<10, using: &self) {
      case 0: mapping[string()] = self.node(levels: 2)
      case 1: mapping.entries.remove(at: index)
      default: mapping.entries[index].value = edited(mapping.entries[index].value)
      }
      return .mapping(mapping)
    }
  }
}
