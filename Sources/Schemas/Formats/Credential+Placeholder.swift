extension Credential {
  /// Whether a text stands where a credential is still to be filled in: nothing, `<key>`,
  /// `your-key`, `OPENAI_API_KEY`, `sk-...`.
  package static func isPlaceholder(_ text: String) -> Bool {
    let start = text.drop { $0.isWhitespace }
    let end = start.reversed().drop { $0.isWhitespace }
    let text = String(end.reversed())
    let small = text.lowercased()
    if text.isEmpty || words.contains(small) || isName(text) { return true }
    if text.hasPrefix("<") && text.hasSuffix(">") || text.hasSuffix("...") { return true }
    let bytes = Array(small.utf8)
    return Set(bytes).count == 1 && bytes.count > 2
      || stems.contains { stem in
        bytes.indices.contains { bytes[$0...].starts(with: stem) }
      }
  }

  private static let words: Set<String> = [
    "{}", "changeme", "change-me", "change_me", "replaceme", "replace-me", "replace_me", "todo",
    "tbd", "placeholder", "secret", "password", "token", "apikey", "api-key", "key",
  ]

  /// What only placeholders have in them.
  private static let stems = ["your-", "your_", "<your", "xxxx", "placeholder", "replace_with"]
    .map { Array($0.utf8) }

  /// Whether it is a name in capitals of what belongs there.
  private static func isName(_ text: String) -> Bool {
    let parts = text.split(separator: "_")
    guard parts.count > 1, let last = parts.last, nouns.contains(String(last)) else { return false }
    return text.utf8.allSatisfy { $0.isUpper || $0.isDigit || $0 == UInt8(ascii: "_") }
  }

  private static let nouns: Set<String> = [
    "KEY", "SECRET", "TOKEN", "PASSWORD", "CREDENTIAL", "CREDENTIALS", "ID", "NAME", "REGION",
    "PROJECT",
  ]
}
