import YAML

extension Node {
  /// Whether some text in it is one that is looked for.
  func hasText(where isWanted: (String) -> Bool) -> Bool {
    switch self {
    case .scalar(let scalar): scalar.kind == .string && isWanted(scalar.text)
    case .sequence(let items): items.indices.contains { items[$0].hasText(where: isWanted) }
    case .mapping(let mapping):
      // Without a copy of each entry.
      mapping.entries.indices.contains { mapping.entries[$0].value.hasText(where: isWanted) }
    }
  }

  /// Shows every mapping and text in it with the way to it.
  func visit(at path: Path = .root, _ look: (Path, Node) -> Void) {
    switch self {
    case .scalar: look(path, self)
    case .sequence(let items):
      for (index, item) in items.enumerated() { item.visit(at: path.appending(index), look) }
    case .mapping(let mapping):
      look(path, self)
      for entry in mapping.entries { entry.value.visit(at: path.appending(entry.key), look) }
    }
  }
}
