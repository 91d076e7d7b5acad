package import Manifest

/// A text with manifests: its documents, and the comments in it that silence findings.
package struct ManifestFile: Sendable {
  /// As it was named, to be said with every finding.
  package let name: String
  package let parsed: Parsed
  let ignores: Ignores

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    parsed = Parser().parse(bytes)
    ignores = Ignores(in: bytes)
  }

  /// Whether it holds no document at all, not even one that cannot be read.
  package var isEmpty: Bool {
    parsed.documents.isEmpty && parsed.problems.isEmpty
  }

  /// One object that is judged, and the path to it from the root of its document.
  struct Object {
    let document: Parsed.Document
    let base: Path
    let node: Node
  }

  /// The objects that are judged: each document, of a `kind: List` each item.
  var objects: [Object] {
    var objects: [Object] = []
    objects.reserveCapacity(parsed.documents.count)
    for document in parsed.documents {
      guard document.root["kind"]?.text == "List", document.root["apiVersion"]?.text == "v1",
        case .sequence(let items)? = document.root["items"]
      else {
        objects.append(Object(document: document, base: .root, node: document.root))
        continue
      }
      for (index, item) in items.enumerated() {
        objects.append(Object(document: document, base: .to("items", index), node: item))
      }
    }
    return objects
  }
}
