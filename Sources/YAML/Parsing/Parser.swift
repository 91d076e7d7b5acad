/// Reads YAML into documents as Kubernetes does, and says what is wrong with it.
///
/// `Parser().parse(bytes)` gives the documents with their nodes, the positions of these, and a
/// problem with a line for all that could not be read; it never throws, since what is around a
/// broken document still counts. libyaml splits and resolves the text in one pass; what
/// sigs.k8s.io/yaml reads differently is settled on its events. The cost is linear in the text, and
/// `Limits` bound what aliases, nesting and size may ask for.
package struct Parser: Sendable {
  /// What a text may ask of the reader.
  package struct Limits: Sendable {
    /// How deep collections may stand in each other, counted after aliases are resolved. An API
    /// server reads 10000 levels, but no kind has fields below 30.
    package var depth = 100
    /// How many nodes aliases and merge keys may add to a document.
    package var aliasedNodes = 100_000
    /// How many bytes a document may have. An API server takes 3 MiB, but of a list only the items.
    package var bytes = 16 << 20
    /// How many nodes a document may have; more where it has 8 bytes for each.
    package var nodes = 100_000
    /// How many problems of a document are reported.
    package var problems = 1000
    /// How many anchors a document may have.
    package var anchors = 10_000
    /// How many directives may stand before a document.
    package var directives = 100
    /// How many documents a text may have; more where it has 100 bytes for each.
    package var documents = 10_000

    package init() {}
  }

  package var limits = Limits()
  /// Whether the place of each node is kept, which takes more memory than the text itself. Where it
  /// is not, a document is read once more when its places are asked for.
  package var keepsPlaces = true

  package init(limits: Limits = Limits(), keepsPlaces: Bool = true) {
    self.limits = limits
    self.keepsPlaces = keepsPlaces
  }

  /// The documents of a text in UTF-8, empty ones left out, and everything found wrong with it.
  ///
  /// A document with an error in its syntax is left out; those before and after it are there.
  package func parse(_ bytes: [UInt8]) -> Parsed {
    bytes.withUnsafeBufferPointer { text in
      let partition = DocumentSplitter(text, most: max(limits.documents, text.count / 100))
      var parsed = Parsed()
      parsed.parts = partition.parts.fitted
      parsed.documents.reserveCapacity(partition.parts.count)
      var number = 0
      let recent = RecentTexts()
      let unplaced =
        keepsPlaces ? nil : UnplacedText(bytes: bytes, parts: parsed.parts, limits: limits)
      for (index, part) in partition.parts.enumerated() {
        var composer = Composer(
          part, of: bytes, at: text, number: number, limits: limits, recent: recent)
        composer.compose()
        if let (root, start) = composer.document {
          parsed.documents.append(
            Parsed.Document(
              root: root, places: unplaced.map { .unread($0) } ?? .known(composer.map),
              start: start, number: number, part: index))
        }
        parsed.problems += composer.problems
        number = composer.number
      }
      if let cut = partition.cut {
        let line = text[..<cut].count { $0 == Byte.newline } + 1
        var problem = Problem(
          Position(line: line, column: 1),
          "the text has more than \(partition.parts.count) documents; cut it into several")
        (problem.document, problem.isFatal) = (number, true)
        parsed.problems.append(problem)
        parsed.parts.append(DocumentRange(unread: cut..<text.count))
      }
      if let place = TemplateSyntax.place(in: text, isYAML: !parsed.hasErrors) {
        var problem = Problem(place, TemplateSyntax.message)
        problem.isFatal = true
        parsed.documents = []
        parsed.problems = [problem]
      }
      return parsed
    }
  }
}

/// What a text in YAML holds.
package struct Parsed: Sendable {
  /// A document that is not empty.
  package struct Document: Sendable {
    /// Where its nodes stand, or what tells it.
    enum NodePositions {
      indirect case known(SourceMap)
      case unread(UnplacedText)
    }

    package var root: Node
    let places: NodePositions
    /// Where its first node begins.
    package var start: Position
    /// Which of the text's documents it is, from 0; empty ones do not count, broken ones do.
    package var number: Int
    /// Which of the text's parts holds it.
    let part: Int

    /// Where its nodes stand: to be kept where it is asked for often.
    package var map: SourceMap {
      switch places {
      case .known(let map): map
      case .unread(let text): text.map(ofPart: part)
      }
    }
  }

  package var documents: [Document] = []
  /// In the order of the text.
  package var problems: [Problem] = []
  /// What the text was cut into, all of it.
  var parts: [DocumentRange] = []

  /// Whether a part of the text is written as JSON.
  package var isJSON: Bool { parts.contains(where: \.isJSON) }
  /// Whether the text cannot be used as it is.
  package var hasErrors: Bool { problems.contains { $0.severity == .error } }
}

/// A text whose documents are read once more to find out where their nodes stand.
final class UnplacedText: Sendable {
  private let bytes: [UInt8]
  private let parts: [DocumentRange]
  private let limits: Parser.Limits

  init(bytes: [UInt8], parts: [DocumentRange], limits: Parser.Limits) {
    self.bytes = bytes
    self.parts = parts
    self.limits = limits
  }

  /// Where the nodes of a part's document stand.
  func map(ofPart part: Int) -> SourceMap {
    bytes.withUnsafeBufferPointer { text in
      var composer = Composer(
        parts[part], of: bytes, at: text, number: 0, limits: limits, recent: RecentTexts())
      composer.compose()
      return composer.map
    }
  }
}
