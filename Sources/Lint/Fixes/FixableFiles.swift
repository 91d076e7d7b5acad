import Schemas
import YAML

/// Files with their texts; fixes are applied to copies of the texts.
package struct FixableFiles: Sendable {
  /// An object that the linter counts, and the file it stands in.
  struct Home: Sendable {
    let file: Int
    let object: ManifestFile.Object
  }

  let files: [ManifestFile]
  let texts: [[UInt8]]
  /// Where each object that the linter counts stands.
  let homes: [Home]

  package init(_ files: [ManifestFile], _ texts: [[UInt8]]) {
    self.files = files
    self.texts = texts
    homes = files.indices.flatMap { file in
      files[file].objects.map { Home(file: file, object: $0) }
    }
  }

  /// Whether a file may be changed: it is judged, and all of it could be read.
  func isOpen(_ file: Int) -> Bool {
    files[file].role != .background && !files[file].parsed.problems.contains(where: \.isFatal)
  }

  /// The texts that some fixes make, by the place of their file; each fix stands with the place of
  /// the file that it is told of.
  func texts(making fixes: [(fix: Fix, file: Int)]) -> [Int: [UInt8]] {
    var nodes = homes.map(\.object.node)
    var added: [Int: [Node]] = [:]
    var touched: Set<Int> = []
    for (fix, file) in fixes {
      for edit in fix.edits {
        if let addition = edit.addition {
          added[file, default: []].append(addition)
        } else {
          edit.apply(to: &nodes)
        }
        if let document = edit.document { touched.insert(document) }
      }
    }
    var changed: [Int: [(home: Home, node: Node)]] = [:]
    for place in touched.sorted() where nodes.indices.contains(place) {
      guard homes[place].object.node != nodes[place] else { continue }
      changed[homes[place].file, default: []].append((homes[place], nodes[place]))
    }
    return Set(changed.keys).union(added.keys).reduce(into: [:]) { result, file in
      result[file] = text(of: file, changed[file] ?? [], added[file] ?? [])
    }
  }

  private func text(
    of file: Int, _ changes: [(home: Home, node: Node)], _ added: [Node]
  ) -> [UInt8] {
    let sourceFile = SourceFile(texts[file])
    var documents: [Node?] = sourceFile.documents
    let numbers = sourceFile.parsed.documents.map(\.number)
    for (home, node) in changes {
      let number = files[file].parsed.documents[home.object.document].number
      guard let place = numbers.firstIndex(of: number) else { continue }
      if home.object.base.isRoot {
        documents[place] = node
      } else {
        documents[place]?.set(node, at: home.object.base)
      }
    }
    return sourceFile.revised(documents, appending: added).bytes
  }
}

extension DocumentEdit {
  /// The document that it changes, nil where it adds one.
  var document: Int? {
    switch self {
    case .set(let document, _, _), .remove(let document, _): document
    case .add: nil
    }
  }

  /// The document that it adds, nil where it changes one.
  var addition: Node? {
    switch self {
    case .add(let node): node
    case .set, .remove: nil
    }
  }
}
