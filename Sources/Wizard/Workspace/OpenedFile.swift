package import YAML
internal import Schemas
internal import Lint
internal import RouteForm

/// A file that was opened: its bytes as they were read, and what they hold.
package struct OpenedFile: Sendable {
  /// Where it was read and is saved; `-` for standard input, which is saved elsewhere.
  package let path: String
  private let sourceFile: SourceFile
  /// Its objects in order: the documents, of a list the items.
  package let documents: [Node]
  /// Where each of them stands.
  private let places: [DocumentLocation]

  private struct DocumentLocation: Sendable {
    let document: Int
    /// Which item of a list, nil for a document of its own.
    var item: Int?

    var path: Path { item.map { Path([.key("items"), .index($0)]) } ?? .root }
  }

  package var bytes: [UInt8] { sourceFile.bytes }
  private static let noObject =
    "this is not an object; a manifest is a mapping with apiVersion and kind"

  /// Reads a file's YAML; throws at what cannot be read, with its place.
  package init(path: String, bytes: [UInt8]) throws(OpenError) {
    self.path = path
    if bytes.isUTF16 {
      throw OpenError(path: path, "this is UTF-16; a manifest that can be edited is UTF-8 text")
    }
    sourceFile = SourceFile(bytes)
    let parsed = sourceFile.parsed
    if let problem = parsed.problems.first(where: { $0.severity == .error }) {
      throw OpenError(path: path, position: problem.position, problem.message)
    }
    for document in parsed.documents {
      guard case .mapping = document.root else {
        throw OpenError(path: path, position: document.start, OpenedFile.noObject)
      }
    }
    if let first = parsed.documents.first,
      !parsed.documents.contains(where: { $0.root["kind"] != nil || $0.root["spec"] != nil })
    {
      throw OpenError(path: path, position: first.start, OpenedFile.noObject)
    }
    var documents: [Node] = []
    var places: [DocumentLocation] = []
    for (number, document) in parsed.documents.enumerated() {
      if let items = document.root.listItems {
        documents += items
        places += items.indices.map { DocumentLocation(document: number, item: $0) }
      } else {
        documents.append(document.root)
        places.append(DocumentLocation(document: number))
      }
    }
    self.documents = documents
    self.places = places
  }

  /// Reads what was found at a path; a template is none of what can be edited.
  package init(_ file: FileContent) throws(OpenError) {
    switch file.content {
    case .bytes(let bytes):
      try self.init(path: file.path, bytes: bytes)
      if let problem = sourceFile.parsed.templates(in: bytes).first {
        throw OpenError(path: path, position: problem.position, problem.message)
      }
    case .absent: throw OpenError(path: file.path, "no such file")
    case .unreadable(let why): throw OpenError(path: file.path, why)
    }
  }

  /// Whether it came by standard input, so that it has no place of its own.
  var isStandardInput: Bool { path == Self.standardInput }
  /// The path that stands for stdin.
  package static let standardInput = "-"

  /// Where a value of a document stood when the file was read, or the nearest above it.
  func position(of path: Path, in document: Int) -> Position? {
    guard places.indices.contains(document) else { return nil }
    let place = places[document]
    return sourceFile.parsed.documents[place.document].map
      .nearestSpan(of: place.path.appending(path)).start
  }

  /// A document's own text; nil for an item of a list, which is shown as we would write it.
  func sourceDocument(ofDocument number: Int) -> SourceDocument? {
    guard places.indices.contains(number), places[number].item == nil else { return nil }
    return sourceFile.sourceDocument(ofDocument: places[number].document)
  }

  /// The file with other documents in their place, nil for one that goes, and new ones at its end.
  func revised(_ documents: [Node?], appending new: [Node] = []) -> EditedFile {
    var whole: [Node?] = sourceFile.documents
    var items: [Int: [Node]] = [:]
    for (node, place) in zip(documents, places) {
      if place.item == nil {
        whole[place.document] = node
      } else {
        items[place.document, default: []] += node.map { [$0] } ?? []
      }
    }
    for (number, items) in items where whole[number]?.listItems != items {
      whole[number]?.set(.sequence(items), at: Path([.key("items")]))
    }
    return sourceFile.revised(whole, appending: new)
  }

  /// The kind of the document that a revision is about.
  func kind(ofDocument number: Int) -> String? {
    let read = sourceFile.parsed.documents
    return read.indices.contains(number) ? read[number].root["kind"]?.text : nil
  }
}

/// Why a file cannot be opened, with its place.
package struct OpenError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  /// Nil where it is about the whole file.
  package let position: Position?
  package let message: String

  package init(path: String, position: Position? = nil, _ message: String) {
    self.path = path
    self.position = position
    self.message = message
  }

  /// `file:line:column: message`.
  package var description: String {
    "\(path)\(position.map { ":\($0)" } ?? ""): \(message)"
  }
}

extension [OpenedFile] {
  /// The documents of all files, in order.
  var documents: [OpenedDocument] {
    enumerated().flatMap { index, file in
      file.documents.enumerated().map { OpenedDocument($1, file: index, document: $0) }
    }
  }
}

extension Node {
  /// The objects of a list that can be edited one by one.
  fileprivate var listItems: [Node]? {
    guard let items = listedObjects,
      items.allSatisfy({ if case .mapping = $0 { true } else { false } })
    else { return nil }
    return items
  }
}
