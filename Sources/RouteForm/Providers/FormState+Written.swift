internal import Schemas
internal import YAML

extension FormState {
  /// What a setting of a described backend writes, in apply order: the values of its objects that
  /// would be others if it was another. None where the address is no setting.
  package func written(by address: Address) -> [Address] {
    guard let index = address.object.provider, case .provider = address.object,
      providers.indices.contains(index), case .key(let key)? = address.path.last,
      let setting = ProviderSetting(rawValue: key)
    else { return [] }
    let provider = providers[index]
    let isPool = isPool(provider)
    let parts = provider.parts(isPool: isPool)
    func whole(_ part: BackendPart, _ keys: String...) -> [Address] {
      parts.contains(part) ? [Address(.part(part, index), Path(keys.map { .key($0) }))] : []
    }
    switch setting {
    case .preset: return whole(.service, "spec", "schema", "name")
    case .credentials: return whole(.credentials, "spec", "type")
    case .tls: return whole(.tls, "spec")
    case .name, .region, .project, .resource, .apiVersion, .service, .namespace, .host, .port,
      .prefix, .version, .secret, .role, .issuer, .clientID, .tenant, .projectID, .pool,
      .poolProvider, .serviceAccount:
      break
    }
    var other = provider
    let different = setting == .port ? Node.integer(provider.port == 1 ? 2 : 1) : .string("?")
    other.settings.set(different, at: Path([.key(key)]))
    let namespace = namespace(of: provider)
    return parts.flatMap { part in
      let now = provider.base(part, in: namespace, isPool: isPool, for: release)
      let then = other.base(part, in: namespace, isPool: isPool, for: release)
      return then.paths(differingFrom: now).map { Address(.part(part, index), $0) }
    }
  }

  /// The setting of a described backend from which a value of its objects follows: a problem of
  /// the value is one of the setting. Nil where the value follows from no setting.
  package func setting(behind address: Address) -> Address? {
    guard case .part(let part, let index) = address.object, providers.indices.contains(index),
      !address.path.isWithin(Path([.key("metadata"), .key("namespace")]))
    else { return nil }
    let written = providers[index].shownSettings.map { setting in
      (setting, self.written(by: .provider(index, setting)))
    }
    if let exact = written.first(where: { $1.contains { address.isWithin($0) } }) {
      return .provider(index, exact.0)
    }
    if part == .credentials { return .provider(index, .credentials) }
    let around = written.first { $1.contains { $0.isWithin(address) } }
    return .provider(index, around?.0 ?? .preset)
  }
}

extension Node {
  /// The paths of the scalars that another node has otherwise or not at all.
  fileprivate func paths(differingFrom other: Node?, at path: Path = .root) -> [Path] {
    switch self {
    case .mapping(let mapping):
      mapping.entries.flatMap {
        $0.value.paths(differingFrom: other?[$0.key], at: path.appending($0.key))
      }
    case .sequence(let items):
      items.enumerated().flatMap { index, item in
        item.paths(differingFrom: other?[index], at: path.appending(index))
      }
    case .scalar: self == other ? [] : [path]
    }
  }
}
