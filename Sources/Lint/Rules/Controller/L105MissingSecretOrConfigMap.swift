import Schemas
import YAML
import Resources

extension Rule {
  static let missingSecretOrConfigMap = Rule(
    "L105", "missing-secret-or-configmap", .warning, .controller,
    "a reference to a missing Secret or ConfigMap",
    why: "If the Secret or ConfigMap does not exist, Envoy Gateway refuses the policy and answers "
      + "500, and AI Gateway sends requests that no provider accepts. A mistake is likely only if "
      + "the documents contain others of the namespace, and certain if no object may have the name.",
    bad: "apiKey: {secretRef: {name: open-ai}}, Secret openai",
    good: "apiKey: {secretRef: {name: openai}}, Secret openai",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    .bundle { bundle, report in
      let presence = [
        "Secret": bundle.knownSecrets,
        "ConfigMap": ObjectPresence(of: bundle.stored("ConfigMap")),
      ]
      let made = Dictionary(grouping: bundle.otherStores, by: \.index).mapValues { $0.map(\.use) }
      for document in bundle.current {
        for use in document.stores + (made[document.index] ?? []) {
          guard let missing = presence[use.kind]?.missingObject(use.object),
            missing.severity <= .warning,
            !bundle.isGenerated(use.kind, use.object)
          else { continue }
          report.add(
            "\(use.kind) \(use.object.name) is not in namespace \(use.object.namespace) here"
              + missing.hint, at: use.path, in: document.index, severity: missing.severity)
        }
      }
    })
}

extension StoreUse {
  fileprivate init(_ ref: CACertificateRef) {
    self.init(kind: ref.kind, object: ref.object, path: ref.path.appending("name"))
  }

  /// A namespace that does not count is reported by L106.
  fileprivate static func all(_ secrets: [BackendSecurityPolicy.SecretUse], from namespace: String)
    -> [StoreUse]
  {
    secrets.filter { $0.namespace == nil || $0.namespace == namespace || $0.usesNamespace }.map {
      StoreUse(kind: "Secret", object: $0.secret, path: $0.path.appending("name"))
    }
  }
}

extension ResourceIndex {
  /// The Secrets and ConfigMaps of which a document does not say by itself whether they are read, with
  /// the documents that name them.
  fileprivate var otherStores: [(index: Int, use: StoreUse)] {
    storesOfMCPRoutes + storesOfGateways
  }

  private var storesOfGateways: [(index: Int, use: StoreUse)] {
    gateways.values.flatMap { entry in
      authorities(of: entry.gateway).map { (entry.index, StoreUse($0)) }
    }
  }

  private var storesOfMCPRoutes: [(index: Int, use: StoreUse)] {
    mcpRoutes.flatMap { route in
      return
        (StoreUse.all(route.secrets, from: route.key.namespace)
        + (route.clientPolicy?.stores ?? []).map {
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
    case .policy(let policy): return policy.stores
    case .backend(let backend): return backend.authorities.map(StoreUse.init)
    case .tlsPolicy(let policy): return policy.authorities.map(StoreUse.init)
    case .route, .httpRoute, .grant, .service, .gateway, .namespace, .installation, .other:
      return []
    }
  }
}
