package import YAML

/// A Secret or ConfigMap that is read.
package struct StoreUse: Sendable {
  package let kind: String
  package let object: ObjectKey
  /// Where its name stands.
  package let path: Path

  package init(kind: String, object: ObjectKey, path: Path) {
    self.kind = kind
    self.object = object
    self.path = path
  }
}

extension Policy {
  /// The Secrets and ConfigMaps that a policy reads (envoyproxy/gateway v1.8.1, api/v1alpha1).
  package var stores: [StoreUse] { placesOfStores.flatMap(uses) }

  private func uses(in path: Path) -> [StoreUse] {
    guard let node = node[path] else { return [] }
    let places = node.items.isEmpty ? [path] : node.items.indices.map { path.appending($0) }
    return places.compactMap { path in
      guard let ref = self.node[path], let name = ref["name"]?.text else { return nil }
      return StoreUse(
        kind: ref.given("kind")?.text ?? "Secret",
        object: ObjectKey(ref.given("namespace")?.text ?? namespace, name),
        path: path.appending("name"))
    }
  }

  /// The places of these references, each of one or of a list.
  private var placesOfStores: [Path] {
    switch kind {
    case .client:
      let validation = Path.to("spec", "tls", "clientValidation")
      return [
        validation.appending("caCertificateRefs"), validation.appending(.to("crl", "refs")),
      ]
    case .security:
      let providers = spec.given("jwt")?.list("providers") ?? []
      let contexts = spec.given("extAuth")?.list("contextExtensions") ?? []
      return [
        .to("spec", "apiKeyAuth", "credentialRefs"), .to("spec", "basicAuth", "users"),
        .to("spec", "oidc", "clientSecret"), .to("spec", "oidc", "clientIDRef"),
      ] + providers.indices.map { .to("spec", "jwt", "providers", $0, "localJWKS", "valueRef") }
        + contexts.indices.map { .to("spec", "extAuth", "contextExtensions", $0, "valueRef") }
    case .backend:
      return spec.list("responseOverride").indices.map {
        .to("spec", "responseOverride", $0, "response", "body", "valueRef")
      }
    case .extensions:
      let sources = ["http", "image"].map { Path.to("code", $0, "tls", "caCertificateRef") }
      return spec.list("lua").indices.map { .to("spec", "lua", $0, "valueRef") }
        + spec.list("wasm").indices.flatMap { index in
          (sources + [.to("code", "image", "pullSecretRef")]).map {
            Path.to("spec", "wasm", index).appending($0)
          }
        }
    }
  }
}
