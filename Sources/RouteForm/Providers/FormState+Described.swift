package import Resources
internal import Schemas
internal import YAML

/// Where a backend is described.
package enum BackendDescription: Hashable, Sendable {
  /// By the form, by its place there.
  case here(provider: Int)
  /// In opened files.
  case opened([OpenedPart])
  case nowhere
}

extension FormState {
  /// Where the backend of a reference is described.
  package func description(of ref: PlacedRef) -> BackendDescription {
    if let index = provider(for: ref), providers[index].preset != nil {
      return .here(provider: index)
    }
    let parts = openedParts(of: ref)
    return parts.contains { $0.part == .service || $0.part == .pool } ? .opened(parts) : .nowhere
  }

  /// Which backends of a rule are described, and where; nil where none is.
  func describedBackends(ofRule rule: Int) -> String? {
    let (services, pools) = (openedKeys(of: .service), openedKeys(of: .pool))
    // Most forms describe none: nothing is made of their references.
    guard !(providers.isEmpty && services.isEmpty && pools.isEmpty) else { return nil }
    let refs = placedRefs(ofRule: rule).filter { !$0.name.isEmpty }
    var (known, unknown): ([String], [String]) = ([], [])
    for ref in refs {
      if let preset = provider(for: ref).flatMap({ providers[$0].preset }) {
        known.append("\(ref.name) (\(preset.name))")
      } else if (ref.isPool ? pools : services).contains(key(of: ref)) {
        known.append("\(ref.name) (opened file)")
      } else {
        unknown.append(ref.name)
      }
    }
    guard !known.isEmpty else { return nil }
    let most = 3
    let names = known.count > most ? "\(known.count) of \(refs.count)" : known.listed
    guard !unknown.isEmpty else { return "Described: \(names)." }
    return "Described: \(names); not: "
      + (unknown.count > most ? "\(unknown.count) others" : unknown.listed) + "."
  }

  /// The opened documents that describe the backend of a reference, in apply order.
  func openedParts(of ref: PlacedRef) -> [OpenedPart] {
    guard !opened.isEmpty, !ref.name.isEmpty else { return [] }
    let key = key(of: ref)
    let main: BackendPart = ref.isPool ? .pool : .service
    guard let place = place(of: main, key) else { return [] }
    var parts = [OpenedPart(part: main, place: place)]
    parts += places(of: .credentials, targeting: main.resource.kind, key)
    if main == .service, let node = opened[place].node,
      let backend = AIServiceBackend(node).backend,
      let place = self.place(of: .backend, backend)
    {
      parts.append(OpenedPart(part: .backend, place: place))
      parts += places(of: .tls, targeting: BackendPart.backend.resource.kind, backend)
    }
    return BackendPart.allCases.flatMap { part in parts.filter { $0.part == part } }
  }

  /// The backendRefs whose backends are described neither here nor in opened files.
  var undescribedRefs: [PlacedRef] {
    let (services, pools) = (openedKeys(of: .service), openedKeys(of: .pool))
    return placedRefs.filter { ref in
      if let index = provider(for: ref), providers[index].preset != nil { return false }
      return !(ref.isPool ? pools : services).contains(key(of: ref))
    }
  }

  private func openedKeys(of part: BackendPart) -> Set<ObjectKey> {
    Set(opened.lazy.filter { $0.kind == part.resource.kind }.compactMap(\.node).map(ObjectKey.init))
  }

  private func key(of ref: PlacedRef) -> ObjectKey {
    ObjectKey(ref.namespace ?? routeNamespace ?? WellKnown.defaultNamespace, ref.name)
  }

  private func place(of part: BackendPart, _ key: ObjectKey) -> Int? {
    opened.firstIndex { document in
      document.kind == part.resource.kind && document.node.map { ObjectKey(of: $0) } == key
    }
  }

  /// The policies of a kind that name an object of their namespace.
  private func places(of part: BackendPart, targeting kind: String, _ key: ObjectKey)
    -> [OpenedPart]
  {
    opened.enumerated().compactMap { place, document in
      guard document.kind == part.resource.kind, let node = document.node,
        ObjectKey(of: node).namespace == key.namespace,
        node["spec"]?.list("targetRefs").contains(where: {
          $0["kind"]?.text == kind && $0["name"]?.text == key.name
        }) == true
      else { return nil }
      return OpenedPart(part: part, place: place)
    }
  }

  /// The objects of opened files whose cards were opened.
  var shownParts: [ObjectName] {
    held.parts.filter { opened.indices.contains($0.place) && opened[$0.place].node != nil }
      .map(\.object)
  }

  /// The preset that an opened backend is like, by its host and API; nil for any other.
  package func preset(of parts: [OpenedPart]) -> ProviderPreset? {
    func node(_ part: BackendPart) -> Node? {
      parts.first { $0.part == part }.flatMap { opened[$0.place].node }
    }
    guard let service = node(.service).map(AIServiceBackend.init) else { return nil }
    let host = node(.backend).flatMap { Backend($0).hosts.first } ?? ""
    return ProviderPreset.all.first { preset in
      preset.schema == service.api && preset.isHost(host)
        && (preset.prefix ?? "/v1").isSamePrefix(as: service.prefix ?? "/v1")
    }
  }

  /// The preset that the name of a backend suggests: the longest of those named in it, else that
  /// of a cloud which a word of it names.
  package static func preset(likelyFor name: String) -> String? {
    let words = name.split(separator: "-")
    let named = ProviderPreset.all.map(\.name).filter { preset in
      let wanted = preset.split(separator: "-")
      return words.indices.contains { words[$0...].starts(with: wanted) }
    }
    let cloud = ProviderPreset.all.first { preset in
      switch preset.family {
      case .aws, .azure, .google: preset.name.split(separator: "-").contains(where: words.contains)
      case .apiKey, .selfHosted, .pool, .custom: false
      }
    }
    return named.max { $0.utf8.count < $1.utf8.count } ?? cloud?.name
  }

  /// What is missing of the described backends, with its place.
  package var providerProblems: [(address: Address, message: String)] {
    usedProviders.flatMap { index, isPool in
      // A backend for which no provider was chosen is not described.
      (providers[index].preset == nil ? [] : providers[index].missingSettings(isPool: isPool)).map {
        setting in
        (
          Address.provider(index, setting),
          "required for backend \(providers[index].name), such as \(setting.example(for: providers[index].preset))"
        )
      }
    }.filter { invalidTexts[$0.address] == nil }
  }

  /// The path of a described backend's name.
  static let providerName = Path([.key(ProviderSetting.name.rawValue)])

  /// Takes what was typed as the name of a described backend: objects and references follow it.
  mutating func typeName(_ text: String, ofProvider index: Int) {
    guard providers.indices.contains(index) else { return }
    let address = Address.provider(index, .name)
    let isTaken = providers.indices.contains(where: {
      $0 != index && providers[$0].name == text
        && providers[$0].namespace == providers[index].namespace
    })
    guard !text.isEmpty, !isTaken else {
      invalidTexts[address] = text
      return
    }
    invalidTexts[address] = nil
    rename(provider: index, to: text)
  }
}

extension ProviderPreset {
  /// Whether a host may be one of its own.
  fileprivate func isHost(_ host: String) -> Bool {
    guard let slot = self.host.firstIndex(of: "{"), let end = self.host.lastIndex(of: "}") else {
      return !self.host.isEmpty && host == self.host
    }
    let (start, rest) = (self.host[..<slot], self.host[self.host.index(after: end)...])
    return !rest.isEmpty && host.hasPrefix(start) && host.hasSuffix(rest)
      && host.utf8.count > start.utf8.count + rest.utf8.count
  }
}

extension String {
  /// Whether two prefixes lead to the same path: slashes around them do not matter.
  fileprivate func isSamePrefix(as other: String) -> Bool {
    split(separator: "/") == other.split(separator: "/")
  }

  /// The text with a small letter first, as part of a sentence.
  var firstLowercased: String { prefix(1).lowercased() + dropFirst() }
}
