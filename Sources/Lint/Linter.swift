package import Kinds
package import Manifest

/// Finds what is wrong with a set of documents, and remembers enough to do it again quickly.
package struct Linter: Sendable {
  private let release: Release

  package init(target release: Release = .v1_1) { self.release = release }

  /// Every finding, sorted by document, then by place in the document.
  package mutating func findings(in documents: [Node]) -> [Finding] { [] }
}
