import Schemas
package import YAML

/// The Secret with the certificate by which proxies prove themselves to backends with TLS
/// (envoyproxy/gateway v1.8.1, internal/gatewayapi/listener.go, contexts.go, backendtlspolicy.go).
package struct ClientCertificate: Sendable {
  /// Who names it. A Backend's own counts before the Gateway's, and that before the EnvoyProxy's.
  package enum Owner: Sendable { case backend, gateway, envoyProxy }

  /// What keeps it from being shown to backends.
  package enum Problem: Sendable {
    /// Envoy Gateway 1.7 does not look at the Gateway's.
    case ignored
    /// It is not taken, whatever Secrets there are.
    case refused(Path, advice: String)
    /// Its Secret is of a namespace that lets no such object refer to it.
    case elsewhere
    /// Its Secret is not among the documents, which hold others that it could stand among.
    case likelyMissing
    /// Its Secret is among the documents: `lacks tls.key`.
    case incomplete(String)
  }

  package let owner: Owner
  /// The owner's document.
  package let index: Int
  /// The owner's namespace.
  package let namespace: String
  package let secret: ObjectKey
  /// Where the reference stands.
  package let path: Path
  /// Its group and kind, of which Envoy Gateway looks for Secrets only.
  package let kind: GroupKind

  fileprivate init?(
    _ owner: Owner, in document: Node, at path: Path, of index: Int, _ namespace: String
  ) {
    let path = path.appending("clientCertificateRef")
    guard let ref = document[path], let name = ref["name"]?.text else { return nil }
    self.owner = owner
    self.index = index
    self.namespace = namespace
    self.path = path
    secret = ObjectKey(ref.given("namespace")?.text ?? namespace, name)
    kind = GroupKind(ref.given("group")?.text ?? "", ref.given("kind")?.text ?? "Secret")
  }

  /// Why it is not taken, whatever Secrets there are: only what a Gateway names may stand in another
  /// namespace.
  package var refusal: (path: Path, advice: String)? {
    switch owner {
    case .gateway:
      return kind == .secret
        ? nil : (path.appending("kind"), "kind \(kind.kind) is not read; leave group and kind out")
    case .envoyProxy:
      return secret.namespace == namespace
        ? nil
        : (
          path.appending("namespace"),
          "the Secret is of namespace \(secret.namespace); put it into \(namespace), beside the EnvoyProxy"
        )
    // What is said of the Backend as a whole says this too.
    case .backend: return nil
    }
  }
}

extension ResourceIndex {
  /// The certificates that Gateways, EnvoyProxies and Backends among the documents name.
  package var clientCertificates: [ClientCertificate] {
    current.compactMap { document in
      switch document.content {
      case .gateway: gatewayCertificate(in: document)
      case .backend(let backend): clientCertificate(of: backend)
      case .route, .httpRoute, .policy, .grant, .service, .credentials, .tlsPolicy, .namespace,
        .installation:
        nil
      case .other:
        document.kind == GroupKind.envoyProxy.kind ? proxyCertificate(in: document) : nil
      }
    }
  }

  private func gatewayCertificate(in document: Document) -> ClientCertificate? {
    ClientCertificate(
      .gateway, in: document.node, at: .to("spec", "tls", "backend"), of: document.index,
      document.namespace)
  }

  private func proxyCertificate(in document: Document) -> ClientCertificate? {
    ClientCertificate(
      .envoyProxy, in: document.node, at: .to("spec", "backendTLS"), of: document.index,
      document.namespace)
  }

  /// The certificate that the proxies of a Gateway show to backends that have none of their own, as
  /// far as the documents say. Envoy Gateway 1.7 does not look at the Gateway's, which is then
  /// nothing but a wish.
  package func clientCertificate(of gateway: Gateway) -> ClientCertificate? {
    let own = gateways[gateway.name].flatMap { gatewayCertificate(in: documents[$0.index]) }
    if release >= .v0_7, gateway.node.given("spec", "tls", "backend") != nil { return own }
    guard let proxy = knownProxy(of: gateway) else { return own }
    return proxyCertificate(in: documents[proxy.index]) ?? own
  }

  /// That of a Backend itself.
  package func clientCertificate(of backend: Backend) -> ClientCertificate? {
    guard let index = backends[backend.key]?.index else { return nil }
    return ClientCertificate(
      .backend, in: documents[index].node, at: .to("spec", "tls"), of: index,
      backend.key.namespace)
  }

  /// Whether a Backend is spoken to with TLS, as far as the documents say: a BackendTLSPolicy for a
  /// port counts where an AIServiceBackend's reference to the Backend names it.
  package func speaksTLS(to backend: Backend) -> Bool {
    if backend.hasTLS { return true }
    let sections = tlsSections[backend.key] ?? []
    return sections.contains(nil)
      || services.values.contains { entry in
        guard entry.service.backend == backend.key,
          let port = entry.service.node["spec"]?.given("backendRef", "port")?.integer
        else { return false }
        return sections.contains(String(port))
      }
  }

  /// Why Envoy Gateway does not take a Backend for routes of a Gateway: for what it is itself, or
  /// for the certificate that the Gateway's EnvoyProxy would show to it.
  package func refusal(of backend: Backend, through gateway: Gateway?) -> Backend.Refusal? {
    if let refusal = refusal(of: backend) { return refusal }
    guard let gateway, speaksTLS(to: backend), let certificate = clientCertificate(of: gateway),
      certificate.owner == .envoyProxy, let (path, advice) = certificate.refusal
    else { return nil }
    return Backend.Refusal(
      path: path,
      condition: "ClientCertificateRef Secret is not located in the same namespace as EnvoyProxy",
      advice: advice, isTakenOnHost: false)
  }

  /// What keeps a certificate from being shown, nil where nothing here does.
  package func problem(of certificate: ClientCertificate) -> ClientCertificate.Problem? {
    let secret = certificate.secret
    if certificate.owner == .gateway, release < .v0_7 { return .ignored }
    if let (path, advice) = certificate.refusal { return .refused(path, advice: advice) }
    if secret.namespace != certificate.namespace,
      certificate.owner == .backend
        || !grants.allow(
          .gateway, from: certificate.namespace, to: .secret, in: secret.namespace,
          name: secret.name)
    {
      return .elsewhere
    }
    guard let stored = stored("Secret", secret) else {
      return isCertificateLikelyMissing(secret) ? .likelyMissing : nil
    }
    // What comes from elsewhere has other keys.
    if certificate.owner != .gateway, type(of: stored) == "gateway.envoyproxy.io/sds" { return nil }
    let missing = ["tls.crt", "tls.key"].filter { stored.entry($0) == nil }
    return missing.isEmpty ? nil : .incomplete("lacks \(missing.joined(separator: " and "))")
  }
}
