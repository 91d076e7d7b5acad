import Resources
import Schemas
import YAML

extension Rule {
  static let misshapenKey = Rule(
    "L111.shape", "misshapen-key", .error, "an API key that is sent with more than the key",
    why: "AI Gateway sends the key as it stands in the Secret, for OpenAI behind Bearer: quotes, a "
      + "Bearer of its own or a second base64 go along, and the provider answers 401.",
    bad: "stringData: {apiKey: Bearer sk-abc}", good: "stringData: {apiKey: sk-abc}",
    reference: Citation.aiGateway("internal/backendauth/api_key.go"),
    .bundle { bundle, report in
      var seen: Set<ObjectKey> = []
      for (_, policy) in bundle.credentials {
        for use in policy.secrets where use.key == "apiKey" && seen.insert(use.secret).inserted {
          guard let stored = bundle.stored("Secret", use.secret),
            let entry = stored.entry(use.key), let shape = entry.value.flatMap(shape)
          else { continue }
          report.add(
            "apiKey \(shape), and the provider refuses it; write the key alone",
            at: .to(entry.block, entry.key), in: stored.index)
        }
      }
    })

  /// What is wrong with the form of a key, nil where nothing is; keys are not told.
  private static func shape(of key: String) -> String? {
    let text = key.trimmed
    if text.lowercased().hasPrefix("bearer ") { return "begins with Bearer, which is sent twice" }
    if let first = text.first, first == text.last, first == "\"" || first == "'" {
      return "is in quotes, which are sent as well"
    }
    guard !Credential.isLikely(text), let bytes = StoredData.bytes(ofBase64: text),
      let decoded = String(validating: bytes, as: UTF8.self), Credential.isLikely(decoded)
    else { return nil }
    return "is a key in base64, which is sent as it is"
  }
}
