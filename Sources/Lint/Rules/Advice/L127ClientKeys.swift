import Resources
import Schemas
import YAML

extension Rule {
  static let clientKeys = Rule(
    "L127", "client-keys", .warning,
    "a Secret of client API keys that holds a provider's key, or one that nobody can send",
    why: "In a Secret for apiKeyAuth each entry is the name of a client and its key, so an entry "
      + "apiKey is the key of a client called apiKey. If the Secret is the provider's, whoever has "
      + "the provider's key can call the Gateway, and vice versa. A key is compared as it stands "
      + "there, with a line end at its end.",
    bad: "credentialRefs: [{name: openai-apikey}]",
    good: "credentialRefs: [{name: clients}], Secret clients {team-a: ..., team-b: ...}",
    reference: Citation.envoyGateway("internal/gatewayapi/securitypolicy.go"),
    .bundle { bundle, report in
      lazy var provided = Set(bundle.secretReaders.flatMap { $0.secrets.map(\.secret) })
      var reported: Set<Int> = []
      for holder in bundle.clientSecurity {
        let refs = holder.policy.spec.given("apiKeyAuth")?.list("credentialRefs") ?? []
        for (place, ref) in refs.enumerated() {
          guard let name = ref["name"]?.text else { continue }
          let key = ObjectKey(ref.given("namespace")?.text ?? holder.policy.namespace, name)
          let path = holder.source(
            of: .to("spec", "apiKeyAuth", "credentialRefs", place, "name"))
          if let stored = bundle.stored("Secret", key), reported.insert(stored.index).inserted {
            for entry in stored.entries where entry.value?.last?.isNewline == true {
              report.add(
                "the key of client \(entry.key) ends with a line end, which clients cannot send in a "
                  + "header; write it without", at: .to(entry.block, entry.key), in: stored.index)
            }
          }
          if provided.contains(key) {
            report.add(
              "Secret \(name) holds a provider's credential, which would pass as a client's key; "
                + "use a Secret of its own with an entry for each client", at: path,
              in: holder.index)
          } else if let entries = bundle.stored("Secret", key)?.entries,
            let only = entries.first, entries.count == 1, ["apiKey", "api-key"].contains(only.key)
          {
            report.add(
              "each entry is a client: Secret \(name) has one that is called \(only.key); name it "
                + "after the client", at: path, in: holder.index)
          }
        }
      }
    })
}
