internal import Resources
internal import Schemas
internal import YAML

/// The card of a backend: which provider it is, what only the user knows, what will be written.
enum BackendCard {
  /// The card's rows, nil where an address is no backend's card.
  static func items(of form: FormState, at address: Address) -> [FormRow]? {
    guard address.path.isRoot else { return nil }
    switch address.object {
    case .provider(let index) where form.providers.indices.contains(index):
      return described(form, index)
    case .opened(let part, let place) where part == .service || part == .pool:
      return opened(form, part, place)
    case .gatewayClass, .proxy, .gateway, .policy, .grant, .route, .retry, .provider, .part,
      .opened:
      return nil
    }
  }

  private static func described(_ form: FormState, _ index: Int) -> [FormRow] {
    let provider = form.providers[index]
    let card = Address(.provider(index), .root)
    let refs = form.refs(to: provider)
    let isPool = refs.first?.isPool ?? false
    var rows = settings(of: provider, isPool: isPool).map { setting in
      FormRow.field(
        card.appending(setting.rawValue), setting.title,
        placeholder(of: setting, provider, form))
    }
    let leaving = FormRow(.buttons([Button("Do not describe", .forget(provider: index))]))
    guard let preset = provider.preset else { return rows + [leaving] }
    if let ref = refs.first, !isPool {
      let model = Field(
        ref.address.appending("modelNameOverride"), "Model sent",
        placeholder: "as asked, e.g. \(preset.model)")
      rows.append(FormRow(.fields([model])))
    }
    let parts = provider.parts(isPool: isPool)
    rows += [
      FormRow(
        .cards(
          parts.map { part in
            ("All of \(part.resource.kind)", Address(.part(part, index), Path([.key("spec")])))
          })),
      leaving,
    ]
    rows += provider.notes(in: form.namespace(of: provider), isPool: isPool).map { .note($0) }
    if let caution = preset.caution { rows.append(.note("\(preset.name): \(caution).")) }
    return rows
  }

  private static func settings(of provider: FormState.Provider, isPool: Bool) -> [ProviderSetting] {
    let all = provider.shownSettings.filter { !isPool || $0 != .host || provider[.host] != nil }
    // What decides about all others stands first.
    return [.preset] + all.filter { $0 != .preset }
  }

  private static func placeholder(
    of setting: ProviderSetting, _ provider: FormState.Provider, _ form: FormState
  ) -> String {
    switch setting {
    case .credentials: provider.credentials.rawValue
    case .secret: provider.secret.map { "\($0.name) (new)" } ?? ""
    case .tls: provider.usesTLS ? "yes" : "no"
    case .port: "\(provider.port)"
    case .prefix: provider.preset?.prefix ?? "/v1"
    case .version: provider.preset?.version ?? "none"
    case .host: provider.host(in: form.namespace(of: provider)) ?? "required"
    case .namespace: form.namespace(of: provider) ?? WellKnown.defaultNamespace
    case .serviceAccount: "none"
    case .name, .preset, .region, .project, .resource, .apiVersion, .service, .role, .issuer,
      .clientID, .tenant, .projectID, .pool, .poolProvider:
      "required"
    }
  }

  private static func opened(_ form: FormState, _ part: BackendPart, _ place: Int) -> [FormRow] {
    let all = form.parts(with: OpenedPart(part: part, place: place))
    let parts = form.held.parts.filter(all.contains)
    let preset = form.preset(of: parts)
    return parts.flatMap { part in
      let spec = Address(part.object, Path([.key("spec")]))
      return values(in: form.value(at: spec), at: spec).map { address in
        FormRow.field(address, "\(part.part.title) \(label(of: address.path))")
      }
    } + [
      FormRow(
        .cards(
          parts.map { part in
            ("All of \(part.part.resource.kind)", Address(part.object, Path([.key("spec")])))
          })),
      .note(
        preset.map { "An opened file describes it: \($0.title)." }
          ?? "An opened file describes it."),
    ]
  }

  /// The values in an opened object, but for the references between those of one backend.
  private static func values(in node: Node?, at address: Address) -> [Address] {
    switch node {
    case nil: []
    case .scalar: [address]
    case .sequence(let items):
      items.enumerated().flatMap { values(in: $0.element, at: address.appending($0.offset)) }
    case .mapping(let mapping):
      mapping.entries.filter { !["targetRefs", "backendRef"].contains($0.key) }.flatMap {
        values(in: $0.value, at: address.appending($0.key))
      }
    }
  }

  /// The last key of a path; of a name, what is called so.
  private static func label(of path: Path) -> String {
    let keys = path.steps.compactMap { step in
      if case .key(let key) = step { key } else { nil }
    }
    guard let last = keys.last else { return "" }
    return last == "name" ? keys.dropLast().last ?? last : last
  }
}

extension BackendPart {
  /// What it is called before a field of it.
  fileprivate var title: String {
    switch self {
    case .backend: "Backend"
    case .tls: "TLS"
    case .credentials: "Credentials"
    case .service: "API"
    case .pool: "Pool"
    }
  }
}

extension FormState.Provider {
  /// What will be written, an object a line, and why.
  func notes(in namespace: String?, isPool: Bool) -> [String] {
    parts(isPool: isPool).map { part in
      switch part {
      case .backend: "Backend: requests go to \(host(in: namespace) ?? "(no host yet)"):\(port)."
      case .tls: "BackendTLSPolicy: without it the gateway speaks plain HTTP, whatever the port."
      case .credentials: "BackendSecurityPolicy: \(credentialsText)."
      case .service: "AIServiceBackend: \(schemaText)."
      case .pool: "InferencePool: Pods with the label app=\(name), chosen by its picker Service."
      }
    }
  }

  private var credentialsText: String {
    guard let secret else { return credentials.summary }
    return "key \(secret.key) of Secret \(secret.name)"
      + (secret.isThere ? "" : ", which you create")
  }

  private var schemaText: String {
    var text = "API \(preset?.schema.rawValue ?? "")"
    if let apiPrefix { text += ", paths begin with \(apiPrefix)" }
    if let apiVersion { text += ", version \(apiVersion)" }
    return text
  }
}

extension FormState {
  /// The opened objects that describe the same backend as one of them.
  func parts(with part: OpenedPart) -> [OpenedPart] {
    guard let node = opened[part.place].node else { return [] }
    let key = ObjectKey(of: node)
    return openedParts(
      of: PlacedRef(
        address: Address(.route, .root), name: key.name,
        namespace: key.namespace == (routeNamespace ?? WellKnown.defaultNamespace)
          ? nil : key.namespace, isPool: part.part == .pool))
  }
}
