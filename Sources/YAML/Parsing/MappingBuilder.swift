/// The entries of a mapping in the making, which finds its keys in constant time.
struct MappingBuilder {
  /// Where an entry came from, and what its key was in the text before it became one of JSON.
  struct Origin {
    /// What a key is to the reader of YAML, to which `5` and `'5'` are two.
    enum Kind { case string, bool, integer, float }

    var kind: Kind
    /// Whether it stands in the mapping itself.
    var isWritten: Bool
    /// Whether a merge key brought it, too.
    var isMerged: Bool { !isWritten || wasMerged }
    fileprivate var wasMerged = false

    static func written(_ kind: Kind) -> Origin { Origin(kind: kind, isWritten: true) }
    static func merged(_ kind: Kind) -> Origin { Origin(kind: kind, isWritten: false) }
  }

  private(set) var entries: [Mapping.Entry] = []
  private(set) var origins: [Origin] = []
  private var indices: [ExactText: Int] = [:]
  private static let few = 8

  mutating func append(_ key: String, _ value: Node, _ origin: Origin) {
    entries.append(Mapping.Entry(key, value))
    origins.append(origin)
    if entries.count == MappingBuilder.few + 1 {
      for (index, entry) in entries.enumerated() { indices[ExactText(text: entry.key)] = index }
    } else if entries.count > MappingBuilder.few {
      indices[ExactText(text: key)] = entries.count - 1
    }
  }

  mutating func replace(_ index: Int, with value: Node, _ origin: Origin) {
    entries[index].value = value
    origins[index].wasMerged = origins[index].isMerged || !origin.isWritten
    origins[index].isWritten = origins[index].isWritten || origin.isWritten
  }

  func index(of key: String) -> Int? {
    entries.count > MappingBuilder.few
      ? indices[ExactText(text: key)] : entries.firstIndex { $0.key.hasBytes(of: key) }
  }
}
