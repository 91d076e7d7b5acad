import YAML

/// What a Secret or ConfigMap holds.
package struct StoredData: Sendable {
  package struct Entry: Sendable {
    package let key: String
    /// The field that it stands in, such as `stringData`.
    package let block: String
    /// Nil where it is no text, or not to be read here.
    package let value: String?
    /// Whether it is bytes that are no text.
    let isBinary: Bool
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
    let isEncrypted = document.node.given("sops") != nil
    var entries: [Entry] = []
    var seen: Set<String> = []
    for (block, isEncoded) in blocks {
      for entry in document.node[block]?.entries ?? [] where seen.insert(entry.key).inserted {
        let text = entry.value.text.flatMap {
          isEncrypted || Variable.isIn($0) || StoredData.isTemplate($0) ? nil : $0
        }
        let bytes = isEncoded ? text.flatMap(Base64.bytes) : nil
        let value = isEncoded ? bytes.flatMap { String(validating: $0, as: UTF8.self) } : text
        entries.append(
          Entry(
            key: entry.key, block: block,
            value: value.flatMap { StoredData.isFetched($0) ? nil : $0 },
            isBinary: bytes != nil && value == nil))
      }
    }
    self.entries = entries
  }

  /// Whether a text has the marks of a template in it, two braces.
  private static func isTemplate(_ text: String) -> Bool {
    let brace = UInt8(ascii: "{")
    return zip(text.utf8, text.utf8.dropFirst()).contains { $0 == brace && $1 == brace }
  }

  /// Whether a text says where to fetch the secret that is put in its place (helmfile/vals,
  /// bank-vaults/vault-secrets-webhook, 1Password/connect).
  private static func isFetched(_ text: String) -> Bool {
    ["ref+", "vault:", ">>vault:", "op://"].contains(where: text.hasPrefix)
  }

  package func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

  /// Whether a key is missing or has nothing under it.
  package func lacks(_ key: String) -> Bool { entry(key).map { $0.value == "" } ?? true }

  /// The entries that are texts; what a ConfigMap has in binary Envoy Gateway does not look at.
  private var texts: [Entry] { entries.filter { $0.block != "binaryData" } }

  /// Whether nothing in it is looked at.
  package var hasNoText: Bool { texts.isEmpty }

  /// The certificates in it.
  package var authorities: Entry? { text("ca.crt") }

  /// What is looked for under a key, or under the only one (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/helpers.go).
  func text(_ key: String) -> Entry? {
    let texts = texts
    return texts.first { $0.key == key } ?? (texts.count == 1 ? texts[0] : nil)
  }

  /// The fields that hold entries, those that win first, and whether they are in base64.
  static let blocks: [String: [(String, Bool)]] = [
    "Secret": [("stringData", false), ("data", true)],
    "ConfigMap": [("data", false), ("binaryData", true)],
  ]
}
