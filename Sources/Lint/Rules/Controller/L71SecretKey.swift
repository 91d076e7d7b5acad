import Schemas
import YAML
import Resources

extension Rule {
  static let secretKey = Rule(
    "L71", "secret-key", .error, .controller, "a Secret without the key that is read from it",
    why: "Each type of credentials is read from one key of its Secret: apiKey for API keys, "
      + "credentials for AWS, client-secret for Azure, service_account.json for GCP.",
    bad: "stringData: {key: sk-...}", good: "stringData: {apiKey: sk-...}",
    reference: Upstream.aiGateway("internal/controller/rotators/aws_common.go"),
    .bundle { bundle, report in
      guard !bundle.credentials.isEmpty else { return }
      for (index, credentials) in bundle.credentials {
        for use in credentials.secrets {
          guard let stored = bundle.stored("Secret", use.secret), !stored.entries.isEmpty,
            !stored.entries.contains(where: { $0.key == use.key })
          else { continue }
          report.add(
            "Secret \(use.secret.name) has no key \(use.key), which "
              + "\(credentials.type ?? "the policy") is read from", at: use.path, in: index)
          guard stored.entries.count == 1, let only = stored.entries.first else { continue }
          let path = Path.to(only.block, only.key)
          guard let value = bundle.documents[stored.index].node[path] else { continue }
          report.attach(
            Fix(
              "rename the Secret's key to \(use.key)",
              [
                .remove(document: stored.index, path),
                .set(document: stored.index, .to(only.block, use.key), value),
              ]))
        }
      }
    })
}
