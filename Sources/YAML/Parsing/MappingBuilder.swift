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
    /// The line of the key in the text, the last one where it stands there twice.
    fileprivate(set) var line = 0

    static func written(_ kind: Kind, line: Int) -> Origin {
      Origin(kind: kind, isWritten: true, line: line)
    }

    static func merged(_ kind: Kind) -> Origin { Origin(kind: kind, isWritten: false) }
  }

  private(set) var entries: [Mapping.Entry] = []
  private(set) var origins: [Origin] = []
  /// The number of the entry that each key of the text stands for, nil for none or one of several;
  /// nil at all as long as these are the entries in order.
  private(set) var written: [Int?]?
  /// How many keys the text has so far.
  private var keys = 0
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

  /// Makes room for another mapping, in the same memory.
  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    origins.removeAll(keepingCapacity: true)
    indices.removeAll()
    (written, keys) = (nil, 0)
  }

  mutating func replace(_ index: Int, with value: Node, _ origin: Origin) {
    entries[index].value = value
    origins[index].wasMerged = origins[index].isMerged || !origin.isWritten
    origins[index].isWritten = origins[index].isWritten || origin.isWritten
    if origin.isWritten { origins[index].line = origin.line }
  }

  /// Takes note of a key in the text.
  mutating func noteKey(of entry: Int?) {
    if entry != keys { makeWritten() }
    written?.append(entry)
    keys += 1
  }

  /// Takes note that what the text says of an entry is not what it holds.
  mutating func forgetKey(of entry: Int) {
    makeWritten()
    written = written?.map { $0 == entry ? nil : $0 }
  }

  private mutating func makeWritten() { written = written ?? Array(0..<keys) }

  func index(of key: String) -> Int? {
    entries.count > MappingBuilder.few
      ? indices[ExactText(text: key)] : entries.firstIndex { $0.key.hasBytes(of: key) }
  }
}
