import Schemas
import YAML

/// Files with their texts; fixes are applied to copies of the texts.
package struct FixableFiles: Sendable {
  /// An object that the linter counts, and the file it stands in.
  struct Location: Sendable {
    let file: Int
    let object: ManifestFile.Object
  }

  let files: [ManifestFile]
  let texts: [[UInt8]]
  /// Where each object that the linter counts stands.
  let locations: [Location]

  package init(_ files: [ManifestFile], _ texts: [[UInt8]]) {
    self.files = files
    self.texts = texts
    locations = files.indices.flatMap { file in
      files[file].objects.map { Location(file: file, object: $0) }
    }
  }

  /// Whether a file may be changed: it is checked, and all of it could be read.
  func isOpen(_ file: Int) -> Bool {
    files[file].role != .background && !files[file].parsed.problems.contains(where: \.isFatal)
  }

  /// The files that some fixes change, by their place; each fix stands with the place of the file in
  /// which it was reported.
  func edited(making fixes: [(fix: Fix, file: Int)]) -> [Int: EditedFile] {
    var nodes = locations.map(\.object.node)
    lazy var names = TakenNames(in: nodes)
    var added: [Int: [Node]] = [:]
    var touched: Set<Int> = []
    for (fix, file) in fixes {
      for edit in fix.edits {
        if let addition = edit.addition {
          added[file, default: []].append(names.take(addition))
        } else {
          edit.apply(to: &nodes)
        }
        if let document = edit.document { touched.insert(document) }
      }
    }
    var changed: [Int: [(location: Location, node: Node)]] = [:]
    for place in touched.sorted() where nodes.indices.contains(place) {
      guard locations[place].object.node != nodes[place] else { continue }
      changed[locations[place].file, default: []].append((locations[place], nodes[place]))
    }
    return Set(changed.keys).union(added.keys).reduce(into: [:]) { result, file in
      result[file] = edited(file, changed[file] ?? [], added[file] ?? [])
    }
  }

  private func edited(
    _ file: Int, _ changes: [(location: Location, node: Node)], _ added: [Node]
  ) -> EditedFile {
    let sourceFile = SourceFile(texts[file])
    var documents: [Node?] = sourceFile.documents
    let numbers = sourceFile.parsed.documents.map(\.number)
    let namespace = files[file].namespace
    // What is added says it as the others do.
    let isNamed = sourceFile.documents.contains {
      $0["metadata"]?["namespace"]?.text == namespace
    }
    for (location, node) in changes {
      let number = files[file].parsed.documents[location.object.document].number
      guard let place = numbers.firstIndex(of: number) else { continue }
      let base = location.object.base
      let written = node.withoutNamespace(namespace, as: documents[place]?[base])
      if base.isRoot {
        documents[place] = written
      } else {
        documents[place]?.set(written, at: base)
      }
    }
    return sourceFile.revised(
      documents, appending: isNamed ? added : added.map { $0.withoutNamespace(namespace, as: nil) })
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

  var removes: Bool { if case .remove = self { true } else { false } }

  /// The document that it adds, nil where it changes one.
  var addition: Node? {
    switch self {
    case .add(let node): node
    case .set, .remove: nil
    }
  }
}
