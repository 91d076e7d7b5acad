package import Manifest
internal import RouteForm

/// A file that was opened: its bytes as they were read, and what they hold.
package struct OpenedFile: Sendable {
  /// Where it was read and is saved; `-` for standard input, which is saved elsewhere.
  package let path: String
  let manuscript: Manuscript
  /// Its documents, in order.
  package let documents: [Node]

  package var bytes: [UInt8] { manuscript.bytes }

  /// Reads a file's YAML; throws at what cannot be read, with its place.
  package init(path: String, bytes: [UInt8]) throws(OpenFault) {
    self.path = path
    manuscript = Manuscript(bytes)
    let parsed = manuscript.parsed
    if let problem = parsed.problems.first(where: { $0.severity == .error }) {
      throw OpenFault(path: path, position: problem.position, problem.message)
    }
    for document in parsed.documents {
      guard case .mapping = document.root else {
        throw OpenFault(
          path: path, position: document.start,
          "this is no object; a manifest is a mapping with apiVersion and kind")
      }
    }
    documents = manuscript.documents
  }

  /// Reads what was found at a path.
  package init(_ file: FileContent) throws(OpenFault) {
    switch file.content {
    case .bytes(let bytes): try self.init(path: file.path, bytes: bytes)
    case .absent: throw OpenFault(path: file.path, "no such file")
    case .unreadable(let why): throw OpenFault(path: file.path, why)
    }
  }

  /// Whether it came by standard input, so that it has no place of its own.
  var isStandardInput: Bool { path == "-" }

  /// Where a value of a document stood when the file was read, or the nearest above it.
  func position(of path: Path, in document: Int) -> Position? {
    let read = manuscript.parsed.documents
    return read.indices.contains(document) ? read[document].map.nearestSpan(of: path).start : nil
  }
}

/// Why a file cannot be opened, with its place.
package struct OpenFault: Error, Hashable, Sendable, CustomStringConvertible {
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
