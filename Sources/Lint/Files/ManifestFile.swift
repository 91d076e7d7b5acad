import Resources
package import YAML

/// A text with manifests: its documents, and its comments that suppress findings.
package struct ManifestFile: Sendable {
  /// Why a text is read.
  package enum Role: Comparable, Sendable {
    /// Context only (`--with`).
    case background
    /// Found in a folder: checked if it is a manifest of a known kind.
    case found
    /// Named: always checked.
    case named
  }

  /// The name as given, for every finding.
  package let name: String
  package let role: Role
  package let parsed: Parsed
  let ignores: Suppressions
  /// The namespace of objects that name none; nil where it is not known.
  package var namespace: String?
  /// The documents that are skipped as a whole, by their number.
  private(set) var foreign: [Int: SkipReason]
  /// Objects that come from no text.
  package private(set) var background: [Node] = []

  /// The size in bytes from which a text with all its places would take too much memory.
  private static let longText = 4 << 20

  /// Objects that are context only.
  package init(name: String, background objects: [Node]) {
    self.name = name
    role = .background
    ignores = Suppressions(in: [])
    parsed = Parser().parse([])
    foreign = [:]
    self.background = objects
  }

  package init(name: String, bytes: [UInt8], role: Role = .named) {
    self.name = name
    self.role = role
    ignores = Suppressions(in: bytes)
    let isSealed = role != .named && SkipReason.isEncrypted(bytes)
    let parser = Parser(keepsPlaces: bytes.count < ManifestFile.longText)
    var parsed = parser.parse(isSealed ? [] : bytes)
    if isSealed {
      foreign = [0: .encrypted]
    } else if role == .named {
      let templates = parsed.templates(in: bytes)
      parsed.problems += templates
      foreign = Dictionary(templates.map { ($0.document, .template) }) { first, _ in first }
    } else {
      foreign = SkipReason.documents(of: parsed, in: bytes)
    }
    self.parsed = parsed
  }

  /// The same as a patch of kustomize, which holds parts of objects only.
  package func asPatch() -> ManifestFile {
    var file = self
    file.foreign = Dictionary(parsed.documents.map { ($0.number, .patch) }) { first, _ in first }
    return file
  }

  /// The files that a Kustomization in it names as patches, as written.
  package var patches: [String] {
    parsed.documents.map(\.root).filter { $0["kind"]?.text == "Kustomization" }.flatMap { root in
      let lists = ["patches", "patchesJson6902"].flatMap { root.list($0) }
      return lists.compactMap { $0.given("path")?.text }
        + root.list("patchesStrategicMerge").compactMap(\.text)
    }
  }

  /// Whether it holds no document at all, not even one that cannot be read.
  package var isEmpty: Bool {
    parsed.documents.isEmpty && parsed.problems.isEmpty
  }

  /// One object, and the path to it from the root of its document.
  struct Object {
    /// The place of its document among those of the file.
    let document: Int
    let base: Path
    let node: Node
    /// Why it is skipped, nil where it is checked.
    let foreignness: SkipReason?
  }

  /// The objects that are checked together: each document, of a list each item.
  var objects: [Object] {
    var objects: [Object] = []
    objects.reserveCapacity(parsed.documents.count)
    for (place, document) in parsed.documents.enumerated() where foreign[document.number] == nil {
      guard let items = document.root.listedObjects else {
        objects.append(object(document.root, of: place, at: .root))
        continue
      }
      for (index, item) in items.enumerated() {
        objects.append(object(item, of: place, at: .to("items", index)))
      }
    }
    return objects
  }

  private func object(_ node: Node, of document: Int, at base: Path) -> Object {
    Object(
      document: document, base: base, node: node.placed(in: namespace),
      foreignness: role == .named ? nil : SkipReason(of: node))
  }

  /// Whether nothing in it is checked or reported.
  package var isForeign: Bool { objects.allSatisfy { $0.foreignness != nil } && problems.isEmpty }
}
