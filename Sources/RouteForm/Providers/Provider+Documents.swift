internal import Resources
internal import Schemas
internal import YAML

/// The objects that follow from what was said of a provider (envoyproxy/ai-gateway v1.1.0,
/// examples/basic; internal/controller/gateway.go for what is read of each).
extension FormState.Provider {
  /// The objects that a backend needs, in the order in which they are applied.
  func parts(isPool: Bool) -> [BackendPart] {
    guard let preset else { return [] }
    let credentialParts: [BackendPart] = credentials == .none ? [] : [.credentials]
    if isPool { return credentialParts + (preset.family == .custom ? [.pool] : []) }
    if preset.family == .pool { return [] }
    return [.backend] + (usesTLS ? [.tls] : []) + credentialParts + [.service]
  }

  /// One of its objects, without what the user set of it; `namespace` is where the objects go,
  /// nil for where kubectl puts them.
  func base(
    _ part: BackendPart, in namespace: String?, isPool: Bool, for release: Release
  ) -> Node {
    let spec: Node =
      switch part {
      case .backend: backendSpec(in: namespace)
      case .tls: tlsSpec(in: namespace)
      case .credentials: credentialsSpec(in: namespace, isPool: isPool)
      case .service: serviceSpec
      case .pool: poolSpec
      }
    var metadata = Mapping([.init("name", .string(part == .tls ? "\(name)-tls" : name))])
    metadata["namespace"] = namespace.map(Node.string)
    let kind = part.resource
    return .map([
      "apiVersion": .string(kind.apiVersions(for: release).first ?? ""), "kind": .string(kind.kind),
      "metadata": .mapping(metadata),
      "spec": spec.ordered(
        by: kind.property(at: Path([.key("spec")]))?.schema ?? .any),
    ])
  }

  /// The host that requests go to, nil as long as a part of it is missing.
  func host(in namespace: String?) -> String? {
    if let host = self[.host] { return host }
    guard let preset else { return nil }
    let place = self[.namespace] ?? namespace ?? WellKnown.defaultNamespace
    if preset.family == .google { return self[.region].map(ProviderHost.vertex) }
    var host = ""
    for piece in preset.host.split(separator: "{", omittingEmptySubsequences: false) {
      guard let end = piece.firstIndex(of: "}") else {
        host += piece
        continue
      }
      let slot = piece[..<end]
      guard
        let value = slot == "namespace"
          ? place : ProviderSetting(rawValue: String(slot)).flatMap({ self[$0] })
      else { return nil }
      host += value + piece[piece.index(after: end)...]
    }
    return host
  }

  private func backendSpec(in namespace: String?) -> Node {
    var address = Mapping()
    address["hostname"] = host(in: namespace).map(Node.string)
    address["port"] = .integer(port)
    return .map(["endpoints": .sequence([.map(["fqdn": .mapping(address)])])])
  }

  private func tlsSpec(in namespace: String?) -> Node {
    var validation = Mapping()
    validation["hostname"] = host(in: namespace).map(Node.string)
    validation["wellKnownCACertificates"] = .string("System")
    return .map([
      "targetRefs": .sequence([reference(to: .backend)]), "validation": .mapping(validation),
    ])
  }

  private var serviceSpec: Node {
    var schema = Mapping([.init("name", .string(preset?.schema.rawValue ?? ""))])
    schema["prefix"] = apiPrefix.map(Node.string)
    schema["version"] = apiVersion.map(Node.string)
    return .map(["schema": .mapping(schema), "backendRef": reference(to: .backend)])
  }

  private var poolSpec: Node {
    .map([
      "selector": .map(["matchLabels": .map(["app": .string(name)])]),
      "targetPorts": .sequence([
        .map(["number": .integer(settings[ProviderSetting.port.rawValue]?.integer ?? 8000)])
      ]),
      "endpointPickerRef": .map([
        "name": .string(self[.service] ?? "\(name)-epp"), "port": .map(["number": .integer(9002)]),
      ]),
    ])
  }

  private func reference(to kind: GroupKind) -> Node {
    .map([
      "group": .string(kind.group), "kind": .string(kind.kind), "name": .string(name),
    ])
  }

  private func credentialsSpec(in namespace: String?, isPool: Bool) -> Node {
    let authentication = authentication(in: namespace)
    return .map([
      "targetRefs": .sequence([reference(to: isPool ? .inferencePool : .aiServiceBackend)]),
      "type": .string(authentication.type), authentication.field: authentication.value,
    ])
  }

  /// The type of a BackendSecurityPolicy, the field that it asks for, and what stands there.
  private func authentication(in namespace: String?) -> (type: String, field: String, value: Node) {
    let secret = secret.map { Node.map(["name": .string($0.name)]) } ?? .map([:])
    let key = Node.map(["secretRef": secret])
    switch preset?.family {
    case .aws:
      var value = Mapping()
      value["region"] = self[.region].map(Node.string)
      if credentials == .key { value["credentialsFile"] = key }
      if credentials == .oidc {
        var exchange = Mapping()
        exchange["awsRoleArn"] = self[.role].map(Node.string)
        exchange["oidc"] = oidc(in: namespace)
        value["oidcExchangeToken"] = .mapping(exchange)
      }
      return ("AWSCredentials", "awsCredentials", .mapping(value))
    case .google:
      return ("GCPCredentials", "gcpCredentials", googleAuthentication(key, in: namespace))
    case .azure where credentials != .key:
      var value = Mapping()
      value["clientID"] = self[.clientID].map(Node.string)
      value["tenantID"] = self[.tenant].map(Node.string)
      if credentials == .oidc {
        value["oidcExchangeToken"] = .map(["oidc": oidc(in: namespace)])
      } else {
        value["clientSecretRef"] = secret
      }
      return ("AzureCredentials", "azureCredentials", .mapping(value))
    case .azure: return ("AzureAPIKey", "azureAPIKey", key)
    case .apiKey("AnthropicAPIKey"): return ("AnthropicAPIKey", "anthropicAPIKey", key)
    case .apiKey, .selfHosted, .pool, .custom, nil: return ("APIKey", "apiKey", key)
    }
  }

  private func googleAuthentication(_ key: Node, in namespace: String?) -> Node {
    var value = Mapping()
    value["projectName"] = self[.project].map(Node.string)
    value["region"] = self[.region].map(Node.string)
    if credentials == .key { value["credentialsFile"] = key }
    if credentials == .federation {
      var federation = Mapping()
      federation["projectID"] = self[.projectID].map(Node.string)
      federation["workloadIdentityPoolName"] = self[.pool].map(Node.string)
      federation["workloadIdentityProviderName"] = self[.poolProvider].map(Node.string)
      federation["oidcExchangeToken"] = .map(["oidc": oidc(in: namespace)])
      if let account = self[.serviceAccount] {
        federation["serviceAccountImpersonation"] = .map(["serviceAccountName": .string(account)])
      }
      value["workloadIdentityFederationConfig"] = .mapping(federation)
    }
    return .mapping(value)
  }

  /// The client of an OIDC issuer. Without the Secret's namespace the controller refuses it
  /// (internal/controller/tokenprovider/oidc_token_provider.go).
  private func oidc(in namespace: String?) -> Node {
    var provider = Mapping()
    provider["issuer"] = self[.issuer].map(Node.string)
    var oidc = Mapping([.init("provider", .mapping(provider))])
    oidc["clientID"] = self[.clientID].map(Node.string)
    oidc["clientSecret"] = .map([
      "name": .string(secret?.name ?? ""),
      "namespace": .string(namespace ?? WellKnown.defaultNamespace),
    ])
    return .mapping(oidc)
  }
}

/// A Secret that a described backend reads its credentials from.
package struct NeededSecret: Hashable, Sendable {
  package let name: String
  /// The key in it that is read (internal/controller/ai_gateway_route.go, rotators).
  package let key: String
  /// Where the value comes from in the command that makes it: a file, else a variable.
  package let source: String
  package let isFile: Bool
  /// Whether the user says that it exists.
  package let isThere: Bool

  /// The command that makes it in a namespace.
  package func command(in namespace: String?) -> String {
    let place = namespace.map { " -n \(Shell.quoted($0))" } ?? ""
    let value = isFile ? "--from-file=\(key)=" : "--from-literal=\(key)="
    return "kubectl create secret generic \(Shell.quoted(name))\(place) \(value)\(source)"
  }
}

extension FormState.Provider {
  /// The Secret that its credentials come from, nil where they need none.
  package var secret: NeededSecret? {
    guard let preset else { return nil }
    let (suffix, key, source, isFile): (String, String, String, Bool)
    switch credentials {
    case .none, .podIdentity, .irsa, .adc: return nil
    case .clientSecret: (suffix, key, source, isFile) = Self.clientSecret("AZURE_CLIENT_SECRET")
    case .oidc, .federation: (suffix, key, source, isFile) = Self.clientSecret("OIDC_CLIENT_SECRET")
    case .key:
      switch preset.family {
      case .aws:
        (suffix, key, source, isFile) = (
          "credentials", "credentials", "\"$HOME/.aws/credentials\"", true
        )
      case .google:
        (suffix, key, source, isFile) = (
          "service-account-key-file", "service_account.json", "service_account.json", true
        )
      case .apiKey, .azure, .selfHosted, .pool, .custom:
        (suffix, key, source, isFile) = ("apikey", "apiKey", "\"$\(preset.variable)\"", false)
      }
    }
    return NeededSecret(
      name: self[.secret] ?? "\(name)-\(suffix)", key: key, source: source, isFile: isFile,
      isThere: self[.secret] != nil)
  }

  private static func clientSecret(_ variable: String) -> (String, String, String, Bool) {
    ("client-secret", "client-secret", "\"$\(variable)\"", false)
  }
}
