/// The entries of a mapping in the making, which finds its keys in constant time.
struct Entries {
  var entries: [Mapping.Entry] = []
  /// The entries that a merge key brought: a key after it may replace them.
  var merged: Set<Int> = []
  private var indices: [ExactText: Int] = [:]
  private static let few = 8

  mutating func append(_ key: String, _ value: Node) {
    entries.append(Mapping.Entry(key, value))
    if entries.count == Entries.few + 1 {
      for (index, entry) in entries.enumerated() { indices[ExactText(text: entry.key)] = index }
    } else if entries.count > Entries.few {
      indices[ExactText(text: key)] = entries.count - 1
    }
  }

  func index(of key: String) -> Int? {
    entries.count > Entries.few
      ? indices[ExactText(text: key)] : entries.firstIndex { $0.key.hasBytes(of: key) }
  }
}
