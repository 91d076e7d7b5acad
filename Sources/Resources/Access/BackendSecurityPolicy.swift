import Schemas
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
    /// The namespace that the reference writes.
    package let namespace: String?
    /// Whether that counts.
    package let usesNamespace: Bool
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
      let namespace = reference.given("namespace")?.text
      let secretNamespace = place.usesNamespace ? namespace ?? key.namespace : key.namespace
      return SecretUse(
        secret: ObjectKey(secretNamespace, secret), key: place.key, path: path,
        namespace: namespace,
        usesNamespace: place.usesNamespace)
    }
  }

  /// Where Secrets are named, the key that is read from each, and whether the reference's namespace
  /// counts; elsewhere the Secret is looked for in the policy's own (internal/controller/gateway.go,
  /// internal/controller/rotators).
  private static let places: [(path: Path, key: String, usesNamespace: Bool)] =
    [
      (.to("apiKey", "secretRef"), "apiKey", false),
      (.to("anthropicAPIKey", "secretRef"), "apiKey", false),
      (.to("azureAPIKey", "secretRef"), "apiKey", false),
      (.to("awsCredentials", "credentialsFile", "secretRef"), "credentials", false),
      (.to("azureCredentials", "clientSecretRef"), "client-secret", true),
      (.to("gcpCredentials", "credentialsFile", "secretRef"), "service_account.json", true),
    ] + exchanges.map { ($0.appending(.to("oidc", "clientSecret")), "client-secret", true) }

  private static let exchanges: [Path] = [
    .to("awsCredentials", "oidcExchangeToken"), .to("azureCredentials", "oidcExchangeToken"),
    .to("gcpCredentials", "workloadIdentityFederationConfig", "oidcExchangeToken"),
  ]
}

extension BackendSecurityPolicy {
  package var spec: Node { node["spec"] ?? .map([:]) }

  /// The exchanges of an OIDC token that it asks for, with the way to each.
  package var exchanges: [(path: Path, node: Node)] {
    Self.exchanges.compactMap { path in
      let path = Path.to("spec").appending(path)
      return node[path].flatMap { $0.isNull ? nil : (path, $0) }
    }
  }

  /// Whose own identity proves the proxy to the provider: no credential is named.
  package enum Identity: Sendable { case aws, gcp }

  /// Nil where a credential is named, or the provider knows no identity of a proxy.
  package var identity: Identity? {
    switch type {
    case "AWSCredentials":
      spec.given("awsCredentials", "credentialsFile") == nil
        && spec.given("awsCredentials", "oidcExchangeToken") == nil
        && spec.given("awsCredentials") != nil ? .aws : nil
    case "GCPCredentials":
      spec.given("gcpCredentials", "credentialsFile") == nil
        && spec.given("gcpCredentials", "workloadIdentityFederationConfig") == nil
        && spec.given("gcpCredentials") != nil ? .gcp : nil
    case _: nil
    }
  }

  /// The sources of `credentialOverride` that fall back to a credential where none is configured:
  /// the proxy's own identity at Google is found at the time of the request only
  /// (internal/controller/gateway.go).
  package var sourcesWithoutFallback: [String] {
    guard identity == .gcp else { return [] }
    return ["fromRequestHeaders", "fromDynamicMetadata"].filter { source in
      let override = spec.given("credentialOverride", source)
      return override.map { $0.given("fallbackToConfigured")?.bool ?? true } ?? false
    }
  }

  /// Whether the controller exchanges its credential for tokens, which it keeps in a Secret of its
  /// own (internal/controller/backend_security_policy.go).
  package var rotates: Bool {
    type == "AzureCredentials" || type == "GCPCredentials" && identity == nil
      || type == "AWSCredentials" && spec.given("awsCredentials", "oidcExchangeToken") != nil
  }
}
