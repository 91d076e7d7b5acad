import YAML

/// What a Secret or ConfigMap holds.
package struct StoredData: Sendable {
  package struct Entry: Sendable {
    package let key: String
    /// The field that it stands in, such as `stringData`.
    package let block: String
    /// Nil where it is no text, or not to be read here.
    package let value: String?
  }

  /// The object's document.
  package let index: Int
  package let entries: [Entry]

  /// Reads a Secret or ConfigMap, nil for other kinds.
  init?(_ document: Document) {
    guard document.apiVersion == "v1", let kind = document.kind,
      let blocks = StoredData.blocks[kind]
    else { return nil }
    index = document.index
    var entries: [Entry] = []
    var seen: Set<String> = []
    for (block, isEncoded) in blocks {
      for entry in document.node[block]?.entries ?? [] where seen.insert(entry.key).inserted {
        let text = entry.value.text.flatMap { Variable.isIn($0) ? nil : $0 }
        entries.append(
          Entry(
            key: entry.key, block: block,
            value: isEncoded ? text.flatMap(StoredData.decoded) : text))
      }
    }
    self.entries = entries
  }

  /// The value of a key, or where there is but one key, its value, as Envoy Gateway looks for
  /// certificates (envoyproxy/gateway v1.8.1, internal/gatewayapi/helpers.go).
  package func entry(_ key: String, orOnly: Bool = false) -> Entry? {
    entries.first { $0.key == key } ?? (orOnly && entries.count == 1 ? entries[0] : nil)
  }

  /// The fields that hold entries, those that win first, and whether they are in base64.
  private static let blocks: [String: [(String, Bool)]] = [
    "Secret": [("stringData", false), ("data", true)],
    "ConfigMap": [("data", false), ("binaryData", true)],
  ]

  private static func decoded(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8 where byte != UInt8(ascii: "=") && byte != UInt8(ascii: "\n") {
      guard let place = alphabet.firstIndex(of: byte) else { return nil }
      bits = bits << 6 | UInt32(place)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
