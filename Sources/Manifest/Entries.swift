/// The entries of a mapping in the making, which finds its keys in constant time.
struct Entries {
  var entries: [Mapping.Entry] = []
  private var indices: [String: Int] = [:]
  private static let few = 8

  mutating func append(_ key: String, _ value: Node) {
    entries.append(Mapping.Entry(key, value))
    if entries.count == Entries.few + 1 {
      for (index, entry) in entries.enumerated() { indices[entry.key] = index }
    } else if entries.count > Entries.few {
      indices[key] = entries.count - 1
    }
  }

  func index(of key: String) -> Int? {
    entries.count > Entries.few ? indices[key] : entries.firstIndex { $0.key == key }
  }
}
