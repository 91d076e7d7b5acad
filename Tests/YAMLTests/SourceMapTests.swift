import Corpus
import YAML
import Testing

@Suite("source maps")
struct SourceMapTests {
  /// A text whose marks 1️⃣–9️⃣ were taken out, and where they stood.
  private struct Marked {
    var text = ""
    var marks: [Character: Position] = [:]

    init(_ marked: String) {
      var line = 1
      var column = 1
      for character in marked {
        if "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣".contains(character) {
          marks[character] = Position(line: line, column: column)
          continue
        }
        text.append(character)
        column += character.unicodeScalars.count
        if character == "\n" { (line, column) = (line + 1, 1) }
      }
    }
  }

  private func map(of marked: Marked) throws -> SourceMap {
    try #require(Parser().parse(Array(marked.text.utf8)).documents.first).map
  }

  @Test("keys and values are found where they begin and end")
  func spans() throws {
    let marked = Marked(
      """
      # a comment
      spec:
        1️⃣rules2️⃣:
          3️⃣- name: é
            port: 4️⃣"abc"5️⃣
          - {6️⃣a7️⃣: [1, 8️⃣29️⃣]}
      """)
    let map = try map(of: marked)
    let rules = try #require(map.span(of: path("spec.rules")))
    #expect(rules.key == range(marked, "1️⃣", "2️⃣"))
    #expect(rules.value.lowerBound == marked.marks["3️⃣"])
    let port = try #require(map.span(of: path("spec.rules[0].port")))
    #expect(port.value == range(marked, "4️⃣", "5️⃣"))
    let flow = try #require(map.span(of: path("spec.rules[1].a")))
    #expect(flow.key == range(marked, "6️⃣", "7️⃣"))
    let item = try #require(map.span(of: path("spec.rules[1].a[1]")))
    #expect(item.value == range(marked, "8️⃣", "9️⃣"))
    #expect(item.key == nil)
  }

  @Test("what came by an alias stands at the alias, what is in it at the anchor")
  func aliases() throws {
    let marked = Marked("a: &x {b: 1️⃣1}\nc: 2️⃣*x\nd: {<<: *x}\n")
    let map = try map(of: marked)
    #expect(map.span(of: path("c"))?.value.lowerBound == marked.marks["2️⃣"])
    #expect(map.span(of: path("c.b"))?.value.lowerBound == marked.marks["1️⃣"])
    #expect(map.span(of: path("d.b"))?.value.lowerBound == marked.marks["1️⃣"])
  }

  @Test("of a key that is there twice the last one counts")
  func duplicates() throws {
    let marked = Marked("a: 1\nb: 2\n1️⃣a: 2️⃣3\n")
    let map = try map(of: marked)
    #expect(map.span(of: path("a"))?.start == marked.marks["1️⃣"])
    #expect(map.span(of: path("a"))?.value.lowerBound == marked.marks["2️⃣"])
  }

  @Test("a path that leads nowhere has no span, but a nearest one")
  func nearest() throws {
    let marked = Marked("a:\n  1️⃣b: 1\n")
    let map = try map(of: marked)
    #expect(map.span(of: path("a.b.c")) == nil)
    #expect(map.nearestSpan(of: path("a.b.c")).start == marked.marks["1️⃣"])
  }

  @Test("places that were not kept are found anew, and are the same")
  func unkeptPlaces() throws {
    let text = "# é\na: &x {b: 1}\n---\nc:\r\n- é: *y\n---\nc: &y [1, é]\nd:\n  - *y\n  - 'e\\'\n"
    let known = Parser().parse(Array(text.utf8)).documents
    let unread = Parser(keepsPlaces: false).parse(Array(text.utf8)).documents
    #expect(known.map(\.number) == [0, 2])
    #expect(unread.map(\.number) == [0, 2])
    for (known, unread) in zip(known, unread) {
      #expect(known.start == unread.start)
      for (path, _) in known.root.leaves(at: .root) {
        #expect(known.map.span(of: path) != nil)
        #expect(known.map.span(of: path) == unread.map.span(of: path), "\(path)")
      }
    }
  }

  @Test("long texts that come again are the same, whatever stands between them")
  func recentTexts() {
    let texts = (0..<2000).map { "a text of some length, \($0 % 700), é\($0 % 3)" }
    let list = texts.map { "- '\($0)'\n" }.joined()
    let read = Parser().parse(Array(list.utf8)).documents.first?.root.items.compactMap(\.text)
    #expect(read == texts)
  }

  @Test("every node of a printed text stands on the lines that the printed text gives it")
  func agreesWithListing() throws {
    var seeded = Seeded(5)
    for _ in 0..<200 {
      let node = Node.map(["a": seeded.node(levels: 4), "b": seeded.node(levels: 3)])
      var printer = Printer()
      let printedText = printer.print([node])
      let map = try #require(Parser().parse(printedText.bytes).documents.first).map
      for (path, _) in node.leaves(at: .root) {
        let span = try #require(map.span(of: path))
        #expect(printedText.lines(of: path, in: 0)?.lowerBound == span.start.line - 1, "\(path)")
      }
    }
  }

  private func path(_ text: String) -> Path { Path(text) ?? .root }

  private func range(_ marked: Marked, _ from: Character, _ to: Character) -> Range<Position>? {
    guard let start = marked.marks[from], let end = marked.marks[to] else { return nil }
    return start..<end
  }
}
