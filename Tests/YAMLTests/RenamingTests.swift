import Testing
import YAML

/// Keys that become others, as the fixes of `check` have it.
@Suite struct RenamingTests {
  /// The text with the value of one key put under another.
  private func renamed(
    _ text: String, _ old: String, _ new: String, _ change: (Node) -> Node = { $0 }
  ) throws -> String {
    let file = SourceFile(Array(text.utf8))
    let known = try #require(file.documents.first)
    let value = try #require(known[old])
    let others = known.entries.filter { $0.key != old }
    let root = Node.mapping(Mapping(others + [Mapping.Entry(new, change(value))]))
    let bytes = file.revised([root], appending: []).bytes
    #expect(Parser().parse(bytes).documents.map(\.root) == [root])
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let text = """
    # head
    first: 1 # on first
    # above
    old: # on old
      # above inner
      inner: 90s # on inner
      more: [a,
        b]   # on more
      # below
    # above last
    last: 2 # on last

    """

  @Test("a key that is renamed keeps its comments and all that stands below it")
  func renaming() throws {
    let moved = try renamed(Self.text, "old", "new")
    for comment in ["above", "on old", "above inner", "on inner", "on more", "below"] {
      #expect(moved.contains("# \(comment)\n"), "\(comment):\n\(moved)")
    }
    #expect(moved.contains("# above\nnew: # on old\n  # above inner\n  inner: 90s # on inner\n"))
    #expect(try renamed("a: 1 # on a\nb: 2\n", "a", "c") == "b: 2\nc: 1 # on a\n")
  }

  @Test(
    "a key behind a question mark keeps the comments around it",
    arguments: [
      ("? old # on old\n: 1 # on 1\n", "? new # on old\n: 1 # on 1\n"),
      ("?   'old'\n# below\n:\n  a: 1\n", "?   new\n# below\n:\n  a: 1\n"),
      ("? # before\n  old\n: [1, 2]\n", "? # before\n  new\n: [1, 2]\n"),
      ("? \"old\" # a\r\n: 1\r\n", "? new # a\r\n: 1\r\n"),
    ])
  func explicit(text: String, expected: String) throws {
    #expect(try renamed(text, "old", "new") == expected)
    #expect(
      try renamed("# head\nfirst: 1\n" + text, "old", "new") == "# head\nfirst: 1\n" + expected)
  }

  @Test("what becomes the only item of a list keeps its comments, further right")
  func wrapping() throws {
    let moved = try renamed(Self.text, "old", "news") { .sequence([$0]) }
    #expect(
      moved.hasSuffix(
        """
        # above
        news: # on old
            # above inner
          - inner: 90s # on inner
            more: [a,
              b]   # on more
            # below

        """), "\(moved)")
    #expect(
      try renamed("a: {b: 1} # on a\n", "a", "c") { .sequence([$0]) } == "c: [{b: 1}] # on a\n")
  }

  @Test("a value of another key is not taken for a renamed one where it may be so by chance")
  func chance() throws {
    let file = SourceFile(Array("a: 1 # on a\nb: 2 # on b\n".utf8))
    let root = Node.map(["c": .integer(2), "d": .integer(3)])
    let text = String(decoding: file.revised([root], appending: []).bytes, as: UTF8.self)
    #expect(text == "c: 2\nd: 3\n")
  }
}
