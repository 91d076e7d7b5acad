import Resources
import Schemas
package import YAML

/// A correction of a finding, as edits of the documents.
///
/// The Problems pane, `check --fix` and SARIF offer the same fixes, `check --fix` without those that
/// need a person. `apply` never fails: an edit whose place is gone does nothing. Callers look first that a
/// fix causes no error and no conflict with another object.
package struct Fix: Hashable, Sendable {
  /// What it does, as an order: `write weight 1000000`.
  package let title: String
  /// Applied one after the other.
  package let edits: [DocumentEdit]
  /// Why a person must decide on it, nil where nobody need.
  package let caution: Caution?

  package enum Caution: Sendable {
    /// The documents leave open that this is what was meant.
    case guess
    /// It lets through what somebody has closed.
    case opening

    /// The caution for writing a word in place of a text: none for a slip of the pen.
    static func writing(_ word: String, for text: String) -> Caution? {
      NearestWord.isSlip(text, of: word) || text.lowercased() == word.lowercased() ? nil : .guess
    }
  }

  package init(_ title: String, _ edits: [DocumentEdit], caution: Caution? = nil) {
    self.title = Credential.masked(title)
    self.edits = edits
    self.caution = caution
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
    case .add(let node):
      var names = TakenNames(in: documents)
      documents.append(names.take(node))
    }
  }
}

/// The objects of some documents, beside which another needs a name of its own.
struct TakenNames {
  private var identities: Set<Document.Identity> = []

  init(in documents: [Node]) {
    for document in documents {
      if let identity = Document.Identity(document) { identities.insert(identity) }
    }
  }

  /// An object under the first name that is free: its own, or with `-2` behind it, and so on.
  mutating func take(_ node: Node) -> Node {
    guard let name = node["metadata"]?["name"]?.text else { return node }
    var named = node
    var number = 2
    while let identity = Document.Identity(named), !identities.insert(identity).inserted {
      named.set(.string("\(name)-\(number)"), at: .to("metadata", "name"))
      number += 1
    }
    return named
  }
}
