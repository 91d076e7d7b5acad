internal import Resources
internal import Schemas
internal import YAML

/// A backendRef: where it stands, and what it names.
package struct PlacedRef: Hashable, Sendable {
  package let address: Address
  package let name: String
  /// The namespace that it names, nil for the route's.
  package let namespace: String?
  package let isPool: Bool
}

extension FormState {
  /// Every backendRef of the route, in order.
  package var placedRefs: [PlacedRef] {
    rules.indices.flatMap(placedRefs(ofRule:))
  }

  /// The backendRefs of a rule, in order.
  func placedRefs(ofRule rule: Int) -> [PlacedRef] {
    (self.rule(rule)?.list("backendRefs") ?? []).enumerated().map { index, ref in
      placed(ref, at: Self.backendRefs(rule).appending(index))
    }
  }

  /// The backendRef that stands at an address, nil where none does.
  package func placedRef(at row: Address) -> PlacedRef? {
    guard row.rule.map({ row.parent == Self.backendRefs($0) }) == true, let ref = route[row.path]
    else { return nil }
    return placed(ref, at: row)
  }

  private func placed(_ ref: Node, at row: Address) -> PlacedRef {
    PlacedRef(
      address: row, name: ref["name"]?.scalar?.text ?? "",
      namespace: otherNamespace(ref["namespace"]?.scalar?.text), isPool: Self.leadsToPool(ref))
  }

  /// Whether a backendRef leads to an InferencePool.
  private static func leadsToPool(_ ref: Node) -> Bool {
    ref["kind"]?.text == GroupKind.inferencePool.kind
  }

  /// A namespace that is not the route's.
  private func otherNamespace(_ name: String?) -> String? { name == routeNamespace ? nil : name }

  /// The backendRefs that lead to a described backend.
  package func refs(to provider: Provider) -> [PlacedRef] {
    placedRefs.filter {
      $0.name == provider.name && $0.namespace == otherNamespace(provider.namespace)
    }
  }

  /// The described backend that a backendRef leads to, by its place.
  package func provider(for ref: PlacedRef) -> Int? {
    guard !ref.name.isEmpty else { return nil }
    return providers.firstIndex {
      $0.name == ref.name && otherNamespace($0.namespace) == ref.namespace
    }
  }

  /// The described backends that some rule uses, by their places, and whether each is a pool; only
  /// those are written.
  package var usedProviders: [(index: Int, isPool: Bool)] {
    guard !providers.isEmpty else { return [] }
    let named = Dictionary(grouping: providers.indices) { providers[$0].name }
    var pools: [Int: Bool] = [:]
    // Of very many references few lead to a described backend, so that none is made for the rest.
    for rule in rules {
      for ref in rule.list("backendRefs") {
        guard let name = ref["name"]?.scalar?.text, !name.isEmpty, let places = named[name] else {
          continue
        }
        let namespace = otherNamespace(ref["namespace"]?.scalar?.text)
        guard
          let index = places.first(where: { otherNamespace(providers[$0].namespace) == namespace }),
          pools[index] == nil
        else { continue }
        pools[index] = Self.leadsToPool(ref)
      }
    }
    return providers.indices.compactMap { index in pools[index].map { (index, $0) } }
  }

  /// Whether a described backend is a pool: what the first reference to it says.
  func isPool(_ provider: Provider) -> Bool { refs(to: provider).first?.isPool ?? false }

  /// The objects of the described backends, in apply order.
  var providerObjects: [ObjectName] {
    let used = usedProviders.map { ($0.index, providers[$0.index].parts(isPool: $0.isPool)) }
    func objects(_ wanted: BackendPart...) -> [ObjectName] {
      used.flatMap { index, parts in
        parts.filter(wanted.contains).map { ObjectName.part($0, index) }
      }
    }
    return objects(.backend, .tls) + objects(.credentials) + objects(.service) + objects(.pool)
  }

  /// The namespace of a described backend's objects, nil for where kubectl puts them.
  package func namespace(of provider: Provider) -> String? { provider.namespace ?? routeNamespace }

  /// What an object of a described backend is without anything the user set of it.
  func partBase(_ part: BackendPart, _ index: Int) -> Node {
    guard providers.indices.contains(index) else { return .mapping(Mapping()) }
    let provider = providers[index]
    return provider.base(
      part, in: namespace(of: provider), isPool: isPool(provider), for: release)
  }

  /// Describes the backend of a reference, which does nothing where it is described already.
  package mutating func describe(_ ref: PlacedRef, preset: String?) -> Int {
    if let known = provider(for: ref) { return known }
    providers.append(Provider(name: ref.name, namespace: ref.namespace, preset: preset))
    if let namespace = ref.namespace, !grants.contains(where: { $0.namespace == namespace }) {
      writeGrants(for: namespace, true)
    }
    return providers.count - 1
  }

  /// Forgets the credentials that were chosen where the provider does not take them.
  mutating func dropForeignCredentials(ofProvider index: Int) {
    guard let chosen = providers[index][.credentials], let preset = providers[index].preset,
      !preset.credentials.contains(where: { $0.rawValue == chosen })
    else { return }
    delete(.provider(index, .credentials))
  }

  /// Has the form write the InferencePool itself, which only a preset without an operator does, or
  /// takes its description away.
  mutating func writePool(_ ref: PlacedRef, _ isOn: Bool) {
    guard isOn else {
      if let index = provider(for: ref) { forget(provider: index) }
      return
    }
    let index = describe(ref, preset: nil)
    set(.string(Self.writtenPool), at: .provider(index, .preset))
  }

  /// The preset of a pool that is written here; those of others are made by an operator.
  static let writtenPool = "custom"

  /// Keeps the description of a backend that no rule uses, by its label.
  mutating func addUnused(provider label: String) {
    let parts = label.split(separator: "/", maxSplits: 1).map(String.init)
    providers.append(
      parts.count == 2 ? Provider(name: parts[1], namespace: parts[0]) : Provider(name: label))
  }

  /// Takes the description of a backend away, with the texts in it that are no values.
  mutating func forget(provider index: Int) {
    guard providers.indices.contains(index) else { return }
    providers.remove(at: index)
    var kept: [Address: String] = [:]
    for (address, text) in invalidTexts {
      guard let number = address.object.provider else {
        kept[address] = text
        continue
      }
      if number == index { continue }
      var place = address
      if number > index { place.object = address.object.with(provider: number - 1) }
      kept[place] = text
    }
    invalidTexts = kept
  }

  /// Sends the references to a model that the provider calls by another name.
  mutating func setModel(_ model: String?, of provider: Int) {
    for ref in refs(to: providers[provider]) where !ref.isPool {
      set(model.map(Node.string), at: ref.address.appending("modelNameOverride"))
    }
  }

  /// Renames a described backend: its objects and every reference to it.
  mutating func rename(provider index: Int, to name: String) {
    let refs = refs(to: providers[index])
    setName(name, of: index)
    for ref in refs {
      let address = ref.address.appending("name")
      invalidTexts[address] = nil
      set(.string(name), at: address)
    }
  }

  /// Has a described backend follow the name or namespace of the only reference to it.
  mutating func follow(_ address: Address, from before: FormState) {
    guard let key = address.refKey, let new = placedRef(at: address.parent) else { return }
    if key == "name", new.name.isEmpty == false,
      let index = providers.firstIndex(where: { $0.emptied == address })
    {
      providers[index].emptied = nil
      if provider(for: new) == nil { setName(new.name, of: index) }
      return
    }
    guard let old = before.placedRef(at: address.parent), old != new,
      let index = before.provider(for: old), before.refs(to: providers[index]).count == 1
    else { return }
    if new.name.isEmpty {
      providers[index].emptied = address
    } else if provider(for: new) == nil {
      setName(new.name, of: index)
      providers[index].namespace = new.namespace
    }
  }

  private mutating func setName(_ name: String, of index: Int) {
    providers[index].settings.set(.string(name), at: Self.providerName)
  }
}

extension Address {
  /// `name` or `namespace` where this is that field of a backendRef.
  fileprivate var refKey: String? {
    guard object == .route, path.count == 6, path.steps[3] == .key("backendRefs"),
      case .key(let key) = path.steps[5], key == "name" || key == "namespace"
    else { return nil }
    return key
  }
}
