import Schemas
package import YAML

/// A correction of a finding, as edits of the documents.
///
/// The Problems pane, `check --fix` and SARIF offer the same fixes, `check --fix` without the
/// guesses. `apply` never fails: an edit whose place is gone does nothing. Callers look first that a
/// fix brings no other error.
package struct Fix: Hashable, Sendable {
  /// What it does, as an order: `write weight 1000000`.
  package let title: String
  /// Applied one after the other.
  package let edits: [DocumentEdit]
  /// Whether the documents leave open that this is what was meant, so that a person must decide.
  package let isGuess: Bool

  package init(_ title: String, _ edits: [DocumentEdit], isGuess: Bool = false) {
    self.title = Credential.masked(title)
    self.edits = edits
    self.isGuess = isGuess
  }

  /// Makes the edits in the documents; an edit whose place is gone does nothing.
  package func apply(to documents: inout [Node]) {
    for edit in edits { edit.apply(to: &documents) }
  }
}

/// One change to a set of documents.
package enum DocumentEdit: Hashable, Sendable {
  /// Sets the node at a path of a document; mappings on the way are made, new keys go where the
  /// kind prints them.
  case set(document: Int, Path, Node)
  /// Removes the entry or item at a path of a document.
  case remove(document: Int, Path)
  /// Adds a document behind the others.
  case add(Node)

  package func apply(to documents: inout [Node]) {
    switch self {
    case .set(let document, let path, let node):
      guard documents.indices.contains(document) else { return }
      let kind = documents[document]["kind"]?.text ?? ""
      documents[document].set(node, at: path, in: ResourceKind.find(kind: kind)?.schema ?? .any)
    case .remove(let document, let path):
      guard documents.indices.contains(document) else { return }
      documents[document].remove(at: path)
    case .add(let node): documents.append(node)
    }
  }
}
