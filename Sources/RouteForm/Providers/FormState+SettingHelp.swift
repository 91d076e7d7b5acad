internal import Resources
internal import Schemas
internal import YAML

extension FormState {
  /// What there is to say of a setting of a described backend: in the first line what it is, then
  /// what is written of it and where its value comes from. None where the address is no setting.
  package func settingHelp(at address: Address) -> [String] {
    if address.path.last == .key("name"),
      value(at: address.parent).map({ BackendRef($0).isPool }) == true,
      address.object == .route
    {
      return ["The InferencePool, whose picker chooses the server."]
    }
    guard case .provider(let index) = address.object, providers.indices.contains(index),
      case .key(let key)? = address.path.last,
      let setting = ProviderSetting(rawValue: key)
    else { return [] }
    let provider = providers[index]
    return [headline(of: setting, provider)] + choiceLines(of: setting, provider)
      + [writtenLine(by: address), origin(of: setting, provider)].compactMap { $0 }
  }

  private func headline(of setting: ProviderSetting, _ provider: Provider) -> String {
    switch setting {
    case .preset:
      guard let preset = provider.preset else { return setting.help }
      return "\(preset.title)\(preset.caution.map { ": \($0)" } ?? "")."
    case .credentials:
      return "How the gateway authenticates: \(provider.credentials.summary)."
    case .secret:
      return (provider.secret.map { "Its key \($0.key) is read. " } ?? "") + setting.help
    case .name, .region, .project, .resource, .apiVersion, .service, .namespace, .host, .port,
      .prefix, .version, .role, .issuer, .clientID, .tenant, .projectID, .pool, .poolProvider,
      .serviceAccount, .tls:
      return setting.help
    }
  }

  private func choiceLines(of setting: ProviderSetting, _ provider: Provider) -> [String] {
    guard setting == .credentials else { return [] }
    return (provider.preset?.credentials ?? []).map { "\($0.rawValue): \($0.summary)" }
  }

  private func writtenLine(by address: Address) -> String? {
    let places = written(by: address).map { "\($0.object.resource.kind) \($0.path)" }
    return places.isEmpty ? nil : "Written as: \(places.joined(separator: ", "))"
  }

  private func origin(of setting: ProviderSetting, _ provider: Provider) -> String? {
    if provider[setting] != nil { return "Its value is set here." }
    guard let preset = provider.preset else { return nil }
    return provider.missingSettings(isPool: isPool(provider)).contains(setting)
      ? "It has no value yet." : "Its value follows from the preset \(preset.name)."
  }
}
