import Resources
import Schemas
import YAML

extension Rule {
  static let malformedAPIKey = Rule(
    "L111.shape", "malformed-api-key", .error, "credentials in a form that nobody takes",
    why: "AI Gateway sends a key as it stands in the Secret, for OpenAI behind Bearer: quotes, a "
      + "Bearer of its own or a second base64 go along, and the provider answers 401. AI Gateway "
      + "cuts line ends off from providers' keys, and from nothing else. Google's credentials are "
      + "a file in JSON, without which the controller refuses the policy and requests get 500.",
    bad: "stringData: {apiKey: Bearer sk-abc}", good: "stringData: {apiKey: sk-abc}",
    reference: Citation.aiGateway("internal/backendauth/api_key.go"),
    .bundle { bundle, report in
      var seen: Set<Use> = []
      // Secrets with keys of MCP servers.
      var reported: Set<Int> = []
      for (_, policy) in bundle.credentials {
        for use in policy.secrets
        where seen.insert(Use(secret: use.secret, key: use.key)).inserted {
          guard case let (stored, entry, value)? = bundle.stored(use),
            let problem = problem(with: value, under: use.key)
          else { continue }
          report.add("\(use.key) \(problem)", at: .to(entry.block, entry.key), in: stored.index)
        }
      }
      for route in bundle.mcpRoutes {
        for (document, setting) in bundle.invalidSettings(of: route)
        where reported.insert(document).inserted {
          report.add("\(setting.effect): \(setting.advice)", at: setting.path, in: document)
        }
        for use in route.secrets {
          guard case let (stored, entry, value)? = bundle.stored(use),
            value.last?.isNewline == true, reported.insert(stored.index).inserted
          else { continue }
          report.add(
            "apiKey ends with a line end, with which requests to MCP servers fail unless Envoy is new "
              + "enough to cut it off; write it without", at: .to(entry.block, entry.key),
            in: stored.index, severity: .warning)
        }
      }
    })

  private struct Use: Hashable {
    let secret: ObjectKey
    let key: String
  }

  /// What is wrong with the value of a key that a policy reads, and what would be right.
  private static func problem(with value: String, under key: String) -> String? {
    switch key {
    case "apiKey":
      shape(of: value).map { "\($0), and the provider refuses it; write the key alone" }
    case "client-secret":
      value.last?.isNewline == true
        ? "ends with a line end, which is sent as well: no token is issued; write it without" : nil
    case GoogleKey.fileName:
      Credential.isPlaceholder(value)
        ? nil
        : GoogleKey.problem(in: value).map {
          "\($0), for which the controller refuses the policy, and requests get 500; write the file "
            + "of a service account"
        }
    case _: nil
    }
  }

  /// What is wrong with the form of a key, nil where nothing is; keys are not told.
  private static func shape(of key: String) -> String? {
    let text = key.trimmed
    if text.lowercased().hasPrefix("bearer ") { return "begins with Bearer, which is sent twice" }
    if let first = text.first, first == text.last, first == "\"" || first == "'" {
      return "is in quotes, which are sent as well"
    }
    if text.contains(where: \.isNewline) {
      return "has a line end within, which no header can have"
    }
    guard !Credential.isLikely(text), let bytes = Base64.bytes(text),
      let decoded = String(validating: bytes, as: UTF8.self), Credential.isLikely(decoded)
    else { return nil }
    return "is a key in base64, which is sent as it is"
  }
}

extension ResourceIndex {
  /// What a Secret holds under the key that is read, as far as it is known.
  fileprivate func stored(_ use: BackendSecurityPolicy.SecretUse)
    -> (stored: StoredData, entry: StoredData.Entry, value: String)?
  {
    guard let stored = stored("Secret", use.secret), let entry = stored.entry(use.key),
      let value = entry.value
    else { return nil }
    return (stored, entry, value)
  }
}
