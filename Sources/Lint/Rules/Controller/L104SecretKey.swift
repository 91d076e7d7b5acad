import Resources
import Schemas
import YAML

extension Rule {
  static let secretKey = Rule(
    "L104", "secret-key", .error, .controller, "a Secret without the expected key",
    why: "Each type of credentials is read from one key of its Secret: apiKey for API keys, "
      + "credentials for AWS, client-secret for Azure and OIDC, service_account.json for GCP. "
      + "Without it AI Gateway omits the backend, and requests get 500; no status shows this.",
    bad: "stringData: {api-key: sk-...}", good: "stringData: {apiKey: sk-...}",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    repair: .automatic,
    .bundle { bundle, report in
      for reader in bundle.secretReaders {
        for use in reader.secrets {
          guard let stored = bundle.stored("Secret", use.secret), !stored.entries.isEmpty,
            stored.entry(use.key) == nil
          else { continue }
          report.add(
            "Secret \(use.secret.name) has no key \(use.key), which \(reader.what) is read from; "
              + reader.effect, at: use.path, in: reader.index)
          guard let near = use.meant(in: stored) else { continue }
          let path = Path.to(near.block, near.key)
          guard let value = bundle.documents[stored.index].node[path] else { continue }
          report.attach(
            Fix(
              "rename the Secret's key to \(use.key)",
              [
                .remove(document: stored.index, path),
                .set(document: stored.index, .to(near.block, use.key), value),
              ], caution: use.isSpelt(near.key) ? nil : .guess))
        }
      }
    })
}

extension BackendSecurityPolicy.SecretUse {
  /// The entry that was meant for the key: the only one, or the only one with a name like it.
  fileprivate func meant(in stored: StoredData) -> StoredData.Entry? {
    let near = stored.entries.filter { resembles($0.key) }
    if near.count == 1 { return near[0] }
    return stored.entries.count == 1 ? stored.entries.first : nil
  }

  /// Whether a name is like one that people give to the key.
  fileprivate func resembles(_ name: String) -> Bool {
    let name = name.lowercased().filter { !"-_. ".contains($0) }
    return Self.likenesses[key]?.contains { name == $0 || name.hasSuffix($0) } ?? false
  }

  /// Whether a name is that of the key in another spelling.
  fileprivate func isSpelt(_ name: String) -> Bool {
    func letters(_ text: String) -> String { text.lowercased().filter { !"-_. ".contains($0) } }
    return letters(name) == letters(key)
  }

  /// What people call each key, in small letters without marks.
  private static let likenesses: [String: [String]] = [
    "apiKey": ["apikey", "key", "token"],
    "credentials": ["config", "credential", "credentials", "credentialsini"],
    "client-secret": ["clientsecret", "secret"],
    "service_account.json": ["serviceaccount", "serviceaccountjson", "keyjson", "credentialsjson"],
  ]
}
