internal import Resources
internal import Schemas
internal import YAML

extension FormState {
  /// What is wrong with a text that is no value of its field, in words.
  package func errorMessage(of text: String, at address: Address) -> String {
    if case .provider = address.object, address.path == Self.providerName {
      return text.isEmpty
        ? "required: the name of the backend" : "another described backend is called so"
    }
    guard let property = address.object.resource.property(at: address.path),
      case .failure(let violation) = property.value(from: text)
    else { return "not allowed here: its parent is not a mapping or list; edit that as text" }
    return violation.message
  }

  /// Whether what stands at an address follows from the route: a problem there is the route's.
  package func isDerived(_ address: Address) -> Bool {
    if held(address.object) != nil { return false }
    let paths: [Path] =
      switch address.object {
      case .route, .provider, .opened: []
      case .gatewayClass: [Self.namePath]
      case .gateway, .proxy: [Self.namePath, Self.namespacePath]
      case .part: [Self.namePath, Self.namespacePath, Path([.key("spec")])]
      case .policy: [Self.namespacePath, Self.targetsPath]
      case .retry: [Self.namePath, Self.namespacePath, Self.targetsPath]
      case .grant: [Self.namePath, Self.namespacePath, Path([.key("spec")])]
      }
    return paths.contains { path in
      address.path.isWithin(path) && ownValue(at: Address(address.object, path)) == nil
    }
  }

  private static let namePath = Path([.key("metadata"), .key("name")])
  private static let namespacePath = Path([.key("metadata"), .key("namespace")])
  private static let targetsPath = Path([.key("spec"), .key("targetRefs")])

  /// The texts a field may hold, in order; none where any text may be typed.
  package func choices(at address: Address) -> [String] {
    if address.path.count == 1, address.path.last == .key("apiVersion") {
      return address.object.resource.apiVersions(for: release)
    }
    if case .provider(let index) = address.object, providers.indices.contains(index),
      address == .provider(index, .credentials)
    {
      return providers[index].preset?.credentials.map(\.rawValue) ?? []
    }
    switch address.object.resource.property(at: address.path)?.schema {
    case .string(let string): return string.choices
    case .boolean: return ["true", "false"]
    case .object, .list, .map, .integer, .quantity, .any, nil: return []
    }
  }

  /// A text that a field may hold, with what it stands for.
  package struct Choice: Hashable, Sendable {
    package let value: String
    /// What it is, empty where its name says it.
    let description: String

    /// The choice in a line of a list.
    package var line: String {
      description.isEmpty
        ? value : value + String(repeating: " ", count: max(2, 18 - value.count)) + description
    }
  }

  /// Which of the texts it may hold an empty field stands for, as its placeholder says; nil where
  /// that is none.
  package func defaultChoice(at address: Address) -> String? {
    if case .provider(let index) = address.object, providers.indices.contains(index) {
      if address == .provider(index, .credentials) { return providers[index].credentials.rawValue }
      if address == .provider(index, .tls) { return providers[index].usesTLS ? "yes" : "no" }
    }
    return address.object.resource.property(at: address.path)?.defaultValue?.scalar?.text
  }

  /// The texts a field may hold, with what is known of each.
  package func explainedChoices(at address: Address) -> [Choice] {
    choices(at: address).map { value in
      let description: String? =
        switch (address.object, address.path.last) {
        case (.provider, .key(ProviderSetting.preset.rawValue)):
          ProviderPreset.named(value)?.title
        case (.provider, .key(ProviderSetting.credentials.rawValue)):
          ProviderPreset.Credentials(rawValue: value)?.summary
        case (_, _): nil
        }
      return Choice(value: value, description: description ?? "")
    }
  }
}
