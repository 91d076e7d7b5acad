import Resources
import Schemas
import YAML

extension Rule {
  static let placeholderCredential = Rule(
    "L111", "placeholder-credential", .error, "a placeholder in place of a credential",
    why: "The placeholder is sent to the provider as it is, which answers 401 or 403; with one for "
      + "Google's file AI Gateway gets no token, and requests get 500. An empty "
      + "Azure key is worse: the sidecar refuses its whole configuration, and every backend of the "
      + "Gateway keeps its previous one.",
    bad: "stringData: {apiKey: OPENAI_API_KEY}", good: "stringData: {apiKey: ${OPENAI_API_KEY}}",
    reference: Citation.aiGateway("internal/backendauth/azureapikey.go"),
    .bundle { bundle, report in
      var keys: [ObjectKey: Set<String>] = [:]
      var invalid: [Int: [Path: InvalidSetting]] = [:]
      for (index, credentials) in bundle.credentials {
        for (document, setting) in bundle.invalidSettings(of: credentials) {
          invalid[document, default: [:]][setting.path] = setting
        }
        for use in credentials.secrets { keys[use.secret, default: []].insert(use.key) }
        report.addPlaceholders(in: credentials, at: index)
      }
      for name in bundle.stored("Secret") {
        guard let stored = bundle.stored("Secret", name) else { continue }
        let annotations = bundle.documents[stored.index].node["metadata"]?.given("annotations")
        for entry in stored.entries {
          let isRead = keys[name]?.contains(entry.key) ?? false
          guard let value = entry.value, isRead || usualKeys.contains(entry.key) && !value.isEmpty,
            // `aigw run` fills these in.
            annotations?["substitution.aigw.run/env/\(entry.key)"] == nil,
            annotations?["substitution.aigw.run/file/\(entry.key)"] == nil,
            let what = placeholder(in: value)
          else { continue }
          let path = Path.to(entry.block, entry.key)
          report.add(
            invalid[stored.index]?[path].map { "\($0.effect): \($0.advice)" }
              ?? (entry.key == GoogleKey.fileName
                ? "\(entry.key) \(what), for which the controller refuses the policy, and requests "
                  + "get 500; write the file of a service account"
                : "\(entry.key) \(what), which the provider refuses; write the credential"),
            at: path, in: stored.index)
        }
      }
    })

  private static let usualKeys: Set<String> = [
    "apiKey", "credentials", "client-secret", GoogleKey.fileName,
  ]

  /// What is wrong with a value, nil where it may be a credential; values are not reported.
  private static func placeholder(in value: String) -> String? {
    if value.allSatisfy(\.isWhitespace) { return "is empty" }
    if Credential.isPlaceholder(value) { return "holds a placeholder" }
    let settings = value.split(whereSeparator: \.isNewline).compactMap { line -> String? in
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].drop(while: \.isWhitespace).hasPrefix("aws_") else {
        return nil
      }
      return parts[1].split(separator: "#").first.map(String.init) ?? ""
    }
    return settings.contains(where: Credential.isPlaceholder) ? "holds placeholders" : nil
  }
}

extension Report {
  /// Reports the parts of a policy beside its Secret that nobody has filled in.
  fileprivate mutating func addPlaceholders(in policy: BackendSecurityPolicy, at index: Int) {
    let fields: [(String, String)] = [
      ("awsCredentials", "region"), ("azureCredentials", "clientID"),
      ("azureCredentials", "tenantID"), ("gcpCredentials", "projectName"),
      ("gcpCredentials", "region"),
    ]
    for (block, field) in fields {
      guard let value = policy.spec.given(block, field)?.text, Credential.isPlaceholder(value),
        !value.isEmpty
      else { continue }
      add(
        "\(field) is a placeholder, which the provider does not know; write the real one",
        at: .to("spec", block, field), in: index)
    }
  }
}
