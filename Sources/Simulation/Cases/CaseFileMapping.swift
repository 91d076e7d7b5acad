import Resources
import Schemas
import YAML

/// A mapping of a case file with the keys that it may have.
struct CaseFileMapping {
  private let mapping: Mapping
  private let path: Path

  init(_ node: Node, at path: Path, keys: [String]) throws(CaseFile.FieldError) {
    guard case .mapping(let mapping) = node else {
      throw CaseFile.FieldError(
        path: path, message: "this has to be a mapping with \(keys.joined(separator: ", "))")
    }
    for entry in mapping.entries where !keys.contains(entry.key) {
      let near = NearestWord.match(for: entry.key, among: keys)
      throw CaseFile.FieldError(
        path: path.appending(entry.key),
        message: "unknown key \(entry.key); "
          + (near.map { "did you mean \($0)?" } ?? "use \(keys.joined(separator: ", "))"))
    }
    self.mapping = mapping
    self.path = path
  }

  /// The value of a key, nil where it is absent or null.
  subscript(key: String) -> Node? { Node.mapping(mapping).given(key) }

  /// A text, also one that YAML takes for a number or a bool.
  func text(_ key: String) throws(CaseFile.FieldError) -> String? {
    guard let value = self[key] else { return nil }
    guard let scalar = value.scalar else {
      throw CaseFile.FieldError(path: path.appending(key), message: "\(key) has to be a string")
    }
    return scalar.text
  }

  static func texts(_ node: Node, at path: Path) throws(CaseFile.FieldError) -> [String] {
    var texts: [String] = []
    if case .sequence(let items) = node { texts = items.compactMap { $0.scalar?.text } }
    guard case .sequence(let items) = node, items.count == texts.count else {
      throw CaseFile.FieldError(path: path, message: "this has to be a list of strings")
    }
    return texts
  }
}

extension Request {
  /// A number of bytes, `1048576` or `1Mi`; nil for any other text.
  package static func size(_ text: String) -> Int64? {
    if let bytes = Int64(text) { return bytes >= 0 ? bytes : nil }
    return Quantity.bytes(text)
  }
}
