package import Resources
package import Schemas
package import YAML

/// What the user says of a provider, by the keys of `--provider`, answers files and the card.
package enum ProviderSetting: String, Hashable, Sendable, CaseIterable {
  case name, preset, region, project, resource
  case apiVersion = "api-version"
  case service, namespace, host, port, prefix, version, credentials, secret
  case role, issuer
  case clientID = "client-id"
  case tenant
  case projectID = "project-id"
  case pool
  case poolProvider = "pool-provider"
  case serviceAccount = "service-account"
  case tls

  /// What it is, and its default, in one line of the screen.
  package var help: String {
    switch self {
    case .name: "The name of the backend's objects and of every reference to it."
    case .preset: "Determines host, API, TLS and the form of the credentials."
    case .region: "The cloud region: part of the host, and named in the policy."
    case .project: "The Google Cloud project: part of every request's path."
    case .resource: "The Azure resource: the first part of RESOURCE.openai.azure.com."
    case .apiVersion: "schema.version: the api-version of requests to Azure."
    case .service: "The model server's Service; for a pool, its endpoint picker's."
    case .namespace: "The namespace of that Service; left out, the backend's."
    case .host: "Where requests go; left out, the preset's host."
    case .port: "The port that requests go to; left out, the preset's."
    case .prefix: "schema.prefix: what paths begin with; left out, the preset's."
    case .version: "schema.version: of the API; left out, the preset's."
    case .credentials: "How the gateway authenticates to the provider."
    case .secret: "An existing Secret; left out, Review shows how to create one."
    case .role: "The ARN of the AWS role that tokens are exchanged for."
    case .issuer: "The URL of the OIDC issuer of the tokens."
    case .clientID: "The client's ID at the issuer, or the Entra application's."
    case .tenant: "The ID of the Entra tenant that issues the tokens."
    case .projectID: "The project of the workload identity pool, by ID or number."
    case .pool: "The name of the workload identity pool."
    case .poolProvider: "The name of the provider in that pool."
    case .serviceAccount: "The Google service account to act for, without its domain."
    case .tls: "Whether the gateway uses TLS to the backend (BackendTLSPolicy)."
    }
  }

  /// What is written before its field.
  package var title: String {
    switch self {
    case .name: "Name"
    case .preset: "Provider"
    case .region: "Region"
    case .project: "Project"
    case .resource: "Resource"
    case .apiVersion: "api-version"
    case .service: "Service"
    case .namespace: "Its namespace"
    case .host: "Host"
    case .port: "Port"
    case .prefix: "Prefix"
    case .version: "Version"
    case .credentials: "Credentials"
    case .secret: "Secret"
    case .role: "AWS role"
    case .issuer: "Issuer"
    case .clientID: "Client ID"
    case .tenant: "Tenant"
    case .projectID: "Pool's project"
    case .pool: "Identity pool"
    case .poolProvider: "Its provider"
    case .serviceAccount: "Acts as"
    case .tls: "TLS"
    }
  }

  /// A value that it may have with a preset.
  func example(for preset: ProviderPreset?) -> String {
    switch self {
    case .name, .preset: "openai"
    case .region: preset?.family == .google ? "us-central1" : "us-east-1"
    case .project: "my-project"
    case .resource: "my-resource"
    case .apiVersion: "2025-01-01-preview"
    case .service: "vllm"
    case .namespace: "models"
    case .host: "llm.example.com"
    case .port: "443"
    case .prefix: "/v1"
    case .version: "v2"
    case .credentials: "key"
    case .secret: "openai-apikey"
    case .role: "arn:aws:iam::123456789012:role/bedrock"
    case .issuer: "https://login.example.com"
    case .clientID: "ai-gateway"
    case .tenant: "00000000-0000-0000-0000-000000000000"
    case .projectID: "123456789012"
    case .pool: "my-pool"
    case .poolProvider: "my-provider"
    case .serviceAccount: "ai-gateway"
    case .tls: "yes"
    }
  }

  private var schema: Schema {
    switch self {
    case .preset: .choice(ProviderPreset.all.map(\.name))
    case .credentials: .choice(ProviderPreset.Credentials.allCases.map(\.rawValue))
    case .tls: .choice(["yes", "no"])
    case .port: .port
    case .host: .subdomain
    case .namespace: .namespace
    case .name, .region, .project, .resource, .apiVersion, .service, .prefix, .version, .secret,
      .role, .issuer, .clientID, .tenant, .projectID, .pool, .poolProvider, .serviceAccount:
      .objectName
    }
  }

  fileprivate var property: Property {
    Property(
      rawValue, schema, isRequired: self == .preset, help: help, examples: [example(for: nil)])
  }
}

extension ResourceKind {
  /// The answers from which the objects of one backend are made; no Kubernetes object.
  package static let provider = ResourceKind(
    form: "Provider", help: "What the objects of one backend are made from.",
    fields: ProviderSetting.allCases.map(\.property))
}

extension FormState {
  /// A backend that the form describes: what was said of it, from which its objects follow.
  package struct Provider: Hashable, Sendable {
    /// By the names of `ProviderSetting`.
    package var settings: Node
    /// The namespace of its objects, nil for the route's.
    package var namespace: String?
    /// What the user set of each object beyond that.
    var overlays: [BackendPart: Node] = [:]
    /// The emptied field that held its name, so that the next text there names it.
    var emptied: Address?

    package init(name: String, namespace: String? = nil, preset: String? = nil) {
      var settings = Mapping([.init(ProviderSetting.name.rawValue, .string(name))])
      settings[ProviderSetting.preset.rawValue] = preset.map(Node.string)
      self.settings = .mapping(settings)
      self.namespace = namespace
    }

    package var name: String { self[.name] ?? "" }

    /// How options and answers call it: its name, behind its namespace where that is not the
    /// route's.
    package var label: String { namespace.map { "\($0)/\(name)" } ?? name }

    /// What `--provider` takes to say the same; nil where a setting does not fit there.
    var option: String? {
      var words: [String] = [self[.preset] ?? ""]
      let idle = idleSettings
      for setting in ProviderSetting.allCases
      where setting != .name && setting != .preset && !idle.contains(setting) {
        if let value = self[setting] { words.append("\(setting.rawValue)=\(value)") }
      }
      return words.contains(where: { $0.utf8.contains(UInt8(ascii: ",")) })
        ? nil : "\(label)=\(words.joined(separator: ","))"
    }

    /// The text of a setting, nil where it is left out.
    package subscript(_ setting: ProviderSetting) -> String? {
      settings[setting.rawValue]?.scalar?.text
    }

    /// What the API's paths begin with, nil for what AI Gateway takes for none.
    var apiPrefix: String? { self[.prefix] ?? preset?.prefix }

    /// The version of the API, nil where it has none.
    var apiVersion: String? { self[.version] ?? self[.apiVersion] ?? preset?.version }

    package var preset: ProviderPreset? { self[.preset].flatMap(ProviderPreset.named) }

    /// How it authenticates: as chosen, else by the preset's default.
    package var credentials: ProviderPreset.Credentials {
      let known = preset?.credentials ?? []
      let chosen = self[.credentials].flatMap(ProviderPreset.Credentials.init)
      return chosen.flatMap { known.contains($0) ? $0 : nil } ?? known.first ?? .none
    }

    /// Chooses the credentials.
    package mutating func choose(_ credentials: ProviderPreset.Credentials) {
      settings.set(
        .string(credentials.rawValue), at: Path([.key(ProviderSetting.credentials.rawValue)]))
    }

    /// Whether the gateway speaks TLS to it: as chosen, else as the preset does.
    package var usesTLS: Bool {
      guard let preset else { return false }
      if let chosen = self[.tls] { return chosen == "yes" }
      return preset.family == .custom ? port == 443 : preset.usesTLS
    }

    /// The port that requests go to, from 1 to 65535.
    package var port: Int {
      settings[ProviderSetting.port.rawValue]?.integer ?? preset?.port ?? 443
    }

    /// The settings that have a place in the card, in order; those of other presets and credentials
    /// have none, unless they were set.
    package var shownSettings: [ProviderSetting] {
      let shown = Set(Self.asked(preset, credentials))
      return ProviderSetting.allCases.filter { shown.contains($0) || self[$0] != nil }
    }

    /// The settings that were set and that the preset and its credentials have no use for.
    var idleSettings: [ProviderSetting] {
      let used = Set(Self.asked(preset, credentials) + Self.general)
      return ProviderSetting.allCases.filter { self[$0] != nil && !used.contains($0) }
    }

    /// The settings that a preset has a use for, whatever its credentials.
    package static func settings(of preset: ProviderPreset) -> [ProviderSetting] {
      let used = Set(
        preset.credentials.flatMap { asked(preset, $0) } + [.host, .port, .prefix, .version, .tls]
          + (preset.family == .pool ? [.service] : []))
      return ProviderSetting.allCases.filter(used.contains)
    }

    /// The settings that any preset may be given.
    private static let general: [ProviderSetting] = [
      .name, .preset, .credentials, .host, .port, .prefix, .version, .apiVersion, .tls, .service,
      .namespace,
    ]

    /// The settings that are missing and cannot be guessed.
    package func missingSettings(isPool: Bool) -> [ProviderSetting] {
      Self.required(preset, credentials).filter { self[$0] == nil && !(isPool && $0 == .host) }
    }

    /// The settings without which a preset with some credentials cannot work.
    private static func required(
      _ preset: ProviderPreset?, _ credentials: ProviderPreset.Credentials
    ) -> [ProviderSetting] {
      guard let preset else { return [.preset] }
      let place: [ProviderSetting] =
        switch preset.family {
        case .aws: [.region]
        case .google: [.region, .project]
        case .azure: [.resource, .apiVersion]
        case .selfHosted: [.service]
        case .custom: [.host]
        case .apiKey: preset.needsResource ? [.resource] : []
        case .pool: []
        }
      let credentialParts: [ProviderSetting] =
        switch (credentials, preset.family) {
        case (.oidc, .azure): [.tenant, .clientID, .issuer]
        case (.oidc, _): [.role, .issuer, .clientID]
        case (.clientSecret, _): [.tenant, .clientID]
        case (.federation, _): [.projectID, .pool, .poolProvider, .issuer, .clientID]
        case (.key, _), (.none, _), (.podIdentity, _), (.irsa, _), (.adc, _): []
        }
      return place + credentialParts
    }

    private static func asked(
      _ preset: ProviderPreset?, _ credentials: ProviderPreset.Credentials
    ) -> [ProviderSetting] {
      guard let preset else { return [.preset] }
      var asked: [ProviderSetting] = [.name, .preset, .credentials] + required(preset, credentials)
      switch credentials {
      case .key, .oidc, .clientSecret: asked.append(.secret)
      case .federation: asked += [.secret, .serviceAccount]
      case .none, .podIdentity, .irsa, .adc: break
      }
      switch preset.family {
      case .selfHosted: asked += [.namespace, .port, .prefix, .tls]
      case .custom: asked += [.port, .prefix, .tls]
      case .apiKey, .azure, .aws, .google, .pool: break
      }
      return asked
    }
  }
}
