import Schemas
import YAML
import Resources

extension Rule {
  static let missingStore = Rule(
    "L105", "missing-store", .warning, .controller, "a reference to a missing Secret or ConfigMap",
    why: "If the Secret or ConfigMap does not exist, Envoy Gateway refuses the policy and answers "
      + "500, and AI Gateway sends requests that no provider accepts. A mistake is likely only if "
      + "the documents contain others of the namespace.",
    bad: "apiKey: {secretRef: {name: open-ai}}, Secret openai",
    good: "apiKey: {secretRef: {name: openai}}, Secret openai",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    .bundle { bundle, report in
      let presence = [
        "Secret": bundle.knownSecrets,
        "ConfigMap": ObjectPresence(of: bundle.stored("ConfigMap")),
      ]
      guard presence.values.contains(where: { !$0.isEmpty }) else { return }
      let made = Dictionary(grouping: bundle.storesOfMCPRoutes, by: \.index).mapValues {
        $0.map(\.use)
      }
      for document in bundle.current {
        for use in document.stores + (made[document.index] ?? []) {
          guard let missing = presence[use.kind]?.missingObject(use.object),
            missing.severity == .warning,
            !bundle.isGenerated(use.kind, use.object)
          else { continue }
          report.add(
            "\(use.kind) \(use.object.name) is not in namespace \(use.object.namespace) here"
              + missing.hint, at: use.path, in: document.index)
        }
      }
    })
}

/// A Secret or ConfigMap that is read.
private struct StoreUse {
  let kind: String
  let object: ObjectKey
  let path: Path

  init(kind: String, object: ObjectKey, path: Path) {
    self.kind = kind
    self.object = object
    self.path = path
  }

  init(_ ref: CACertificateRef) {
    self.init(kind: ref.kind, object: ref.object, path: ref.path.appending("name"))
  }

  /// A namespace that does not count is reported by L106.
  static func all(_ secrets: [BackendSecurityPolicy.SecretUse], from namespace: String)
    -> [StoreUse]
  {
    secrets.filter { $0.namespace == nil || $0.namespace == namespace || $0.usesNamespace }.map {
      StoreUse(kind: "Secret", object: $0.secret, path: $0.path.appending("name"))
    }
  }
}

extension ResourceIndex {
  /// Those that MCPRoutes read, with the documents of these.
  fileprivate var storesOfMCPRoutes: [(index: Int, use: StoreUse)] {
    mcpRoutes.flatMap { route in
      let policy = route.clientPolicy
      let asked = policy?.placesOfStores.flatMap { policy?.uses(in: $0) ?? [] } ?? []
      return
        (StoreUse.all(route.secrets, from: route.key.namespace)
        + asked.map {
          StoreUse(kind: $0.kind, object: $0.object, path: route.source(of: $0.path))
        }).map { (route.index, $0) }
    }
  }
}

extension Document {
  fileprivate var stores: [StoreUse] {
    switch content {
    case .credentials(let policy):
      return StoreUse.all(policy.secrets, from: namespace)
    case .policy(let policy):
      return policy.placesOfStores.flatMap(policy.uses)
    case .backend(let backend): return backend.authorities.map(StoreUse.init)
    case .tlsPolicy(let policy): return policy.authorities.map(StoreUse.init)
    case .gateway(let gateway):
      var seen: Set<CACertificateRef> = []
      return gateway.listeners.flatMap(gateway.authorities).filter { seen.insert($0).inserted }
        .map(StoreUse.init)
    case .route, .httpRoute, .grant, .service, .namespace, .installation, .other:
      return []
    }
  }
}

extension Policy {
  /// The references at a path, which holds one or a list of them.
  fileprivate func uses(in path: Path) -> [StoreUse] {
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
}

extension Policy {
  /// Where a policy refers to Secrets and ConfigMaps.
  var placesOfStores: [Path] {
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
