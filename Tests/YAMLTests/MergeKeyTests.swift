import Testing

@testable import YAML

/// Edits of mappings with a merge key.
@Suite("edits beside merge keys")
struct MergeKeyTests {
  private static let text = """
    base: &base
      a: 1 # one
      b: {c: 2}
    items:
      # the first
      - <<: *base # merged
        # own
        d: x # mine
        a: 3

      # the last
      - e: 5
    end: here

    """

  private func revised(_ path: Path, _ value: Node) -> (text: String, reprinted: [Path]) {
    let sourceFile = SourceFile(Array(Self.text.utf8))
    var documents = sourceFile.documents
    documents[0] = documents[0].replacing(path, with: value)
    let revision = sourceFile.revised(documents)
    #expect(Parser().parse(revision.bytes).documents.map(\.root) == documents)
    return (String(decoding: revision.bytes, as: UTF8.self), revision.reprinted.map(\.path))
  }

  private let item: Path = Path([.key("items"), .index(0)])

  @Test("a value that stands beside it is edited in its place")
  func beside() {
    let revised = revised(item.appending("d"), .string("new"))
    #expect(revised.text == Self.text.replacing("d: x # mine", with: "d: new # mine"))
    #expect(revised.reprinted == [])
    #expect(
      self.revised(item.appending("a"), .integer(4)).text
        == Self.text.replacing("a: 3", with: "a: 4"))
  }

  @Test("a value that it brings gets a key of its own, and nothing else changes")
  func brought() {
    let revised = revised(item.appending("b"), .map(["c": .integer(7)]))
    #expect(
      revised.text == Self.text.replacing("    a: 3\n", with: "    a: 3\n    b:\n      c: 7\n"))
    #expect(revised.reprinted == [])
  }

  @Test(
    "a new key is one more line where it belongs, and nothing else changes",
    arguments: [
      ("d", "    # own\n", "    z: 9\n    # own\n"), (nil, "    a: 3\n", "    a: 3\n    z: 9\n"),
    ])
  func added(before key: String?, old: String, new: String) {
    let sourceFile = SourceFile(Array(Self.text.utf8))
    var root = sourceFile.documents[0]
    guard case .mapping(var mapping)? = root[item] else {
      Issue.record("no mapping")
      return
    }
    let place = key.flatMap(mapping.index) ?? mapping.entries.count
    mapping.entries.insert(Mapping.Entry("z", .integer(9)), at: place)
    root = root.replacing(item, with: .mapping(mapping))
    let revision = sourceFile.revised([root])
    #expect(
      String(decoding: revision.bytes, as: UTF8.self) == Self.text.replacing(old, with: new))
    #expect(Parser().parse(revision.bytes).documents.map(\.root) == [root])
    #expect(revision.reprinted.isEmpty)
  }
}
