/// Reads YAML into documents as Kubernetes does, and says what is wrong with it.
package struct Parser: Sendable {
  /// What a text may ask of the reader.
  package struct Limits: Sendable {
    /// How deep collections may stand in each other, counted after aliases are resolved.
    package var depth = 100
    /// How many nodes aliases and merge keys may add.
    package var aliasedNodes = 100_000

    package init() {}
  }

  package var limits = Limits()

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// The documents of a text in UTF-8, empty ones left out, and everything found wrong with it.
  ///
  /// After an error in the syntax nothing more is read; the documents before it are there.
  package func parse(_ bytes: [UInt8]) -> Parsed {
    bytes.withUnsafeBufferPointer { text in
      var composer = Composer(EventReader(text), limits: limits)
      return composer.parsed()
    }
  }
}

/// What a text in YAML holds.
package struct Parsed: Sendable {
  /// A document that is not empty.
  package struct Document: Sendable {
    package var root: Node
    package var map: SourceMap
    /// Where its first node begins.
    package var start: Position
  }

  package var documents: [Document] = []
  /// In the order of the text.
  package var problems: [Problem] = []

  /// Whether the text cannot be used as it is.
  package var hasErrors: Bool { problems.contains { $0.severity == .error } }
}
