import Manifest

/// A BackendSecurityPolicy as the rules see it (domain.md 1.3).
final class Credentials: Sendable {
  struct Target: Sendable {
    let kind: String
    let name: ObjectKey
    let path: Path
  }

  /// A Secret and the key that is read from it.
  struct SecretUse: Sendable {
    let secret: ObjectKey
    let key: String
    let path: Path
  }

  let name: ObjectKey
  let type: String?
  let targets: [Target]
  let secrets: [SecretUse]

  init(_ node: Node, name: ObjectKey) {
    self.name = name
    let spec = node["spec"]
    type = spec?["type"]?.text
    targets = (spec?["targetRefs"]?.items ?? []).enumerated().map { index, target in
      Target(
        kind: target["kind"]?.text ?? "",
        name: ObjectKey(name.namespace, target["name"]?.text ?? ""),
        path: .to("spec", "targetRefs", index))
    }
    secrets = Credentials.places.compactMap { place, key in
      let path = Path.to("spec").appending(place)
      guard let secret = node[path]?["name"]?.text else { return nil }
      return SecretUse(secret: ObjectKey(name.namespace, secret), key: key, path: path)
    }
  }

  /// Where Secrets are named, and the key that is read from each. The Secret is looked for in the
  /// policy's own namespace, whatever the reference says.
  private static let places: [(Path, String)] = [
    (.to("apiKey", "secretRef"), "apiKey"),
    (.to("anthropicAPIKey", "secretRef"), "apiKey"),
    (.to("azureAPIKey", "secretRef"), "apiKey"),
    (.to("awsCredentials", "credentialsFile", "secretRef"), "credentials"),
    (.to("azureCredentials", "clientSecretRef"), "client-secret"),
    (.to("gcpCredentials", "credentialsFile", "secretRef"), "service_account.json"),
  ]
}
