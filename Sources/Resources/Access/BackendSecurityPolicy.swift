package import YAML

/// A BackendSecurityPolicy: how AI Gateway proves itself to a provider (envoyproxy/ai-gateway
/// v1.1.0, api/v1beta1/backendsecurity_policy.go).
package final class BackendSecurityPolicy: Sendable {
  package struct Target: Sendable {
    package let kind: String
    package let object: ObjectKey
    package let path: Path
  }

  /// A Secret and the key that is read from it.
  package struct SecretUse: Sendable {
    package let secret: ObjectKey
    package let key: String
    package let path: Path
  }

  package let node: Node
  package let key: ObjectKey
  package let type: String?
  package let targets: [Target]
  package let secrets: [SecretUse]

  package init(_ node: Node) {
    let key = ObjectKey(of: node)
    self.node = node
    self.key = key
    let spec = node["spec"]
    type = spec?["type"]?.text
    targets = (spec?["targetRefs"]?.items ?? []).enumerated().map { index, target in
      Target(
        kind: target["kind"]?.text ?? "",
        object: ObjectKey(key.namespace, target["name"]?.text ?? ""),
        path: .to("spec", "targetRefs", index))
    }
    secrets = BackendSecurityPolicy.places.compactMap { place in
      let path = Path.to("spec").appending(place.path)
      guard let reference = node[path], let secret = reference["name"]?.text else { return nil }
      let other = place.heedsNamespace ? reference.given("namespace")?.text : nil
      return SecretUse(
        secret: ObjectKey(other ?? key.namespace, secret), key: place.key, path: path)
    }
  }

  /// Where Secrets are named, the key that is read from each, and whether the reference's namespace
  /// counts; elsewhere the Secret is looked for in the policy's own (internal/controller/gateway.go,
  /// internal/controller/rotators).
  private static let places: [(path: Path, key: String, heedsNamespace: Bool)] = [
    (.to("apiKey", "secretRef"), "apiKey", false),
    (.to("anthropicAPIKey", "secretRef"), "apiKey", false),
    (.to("azureAPIKey", "secretRef"), "apiKey", false),
    (.to("awsCredentials", "credentialsFile", "secretRef"), "credentials", false),
    (.to("azureCredentials", "clientSecretRef"), "client-secret", true),
    (.to("gcpCredentials", "credentialsFile", "secretRef"), "service_account.json", true),
  ]
}
