// Invariants of this module
// - It works on documents, never on form state, and knows no screen and no file.
// - What it says follows domain.md sections 2 and 3; creation times are taken to be equal, so that
//   routes of one Gateway go by namespace and name.
// - Everything is a value made once from documents; answering a request changes nothing.
// - Nothing here judges: whatever is wrong with a document is read as if it were left out.

package import Manifest

/// The namespace and name by which a namespaced object is known.
package struct ObjectKey: Hashable, Sendable, CustomStringConvertible {
  /// As written, or `default`, where kubectl puts objects that name none.
  package let namespace: String
  package let name: String

  package init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// The name of a document.
  package init(of document: Node) {
    let metadata = document["metadata"]
    self.init(
      namespace: metadata?["namespace"]?.text ?? ObjectKey.fallback,
      name: metadata?["name"]?.text ?? "")
  }

  /// Reads `namespace/name`, or a name in the namespace `default`.
  package init(_ text: String) {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      self.init(namespace: ObjectKey.fallback, name: text)
      return
    }
    self.init(
      namespace: String(text[..<slash]), name: String(text[text.utf8.index(after: slash)...]))
  }

  static let fallback = "default"

  package var description: String { "\(namespace)/\(name)" }
}

extension Node {
  /// The value of a key, nil where it is absent or null.
  func given(_ key: String) -> Node? {
    guard let value = self[key], value.scalar?.kind != .null else { return nil }
    return value
  }

  /// The items of a list, none where it is absent or no list.
  func list(_ key: String) -> [Node] { self[key]?.items ?? [] }
}
