package import YAML

extension FormState {
  /// Takes a whole value away, with texts that are no values: a key with the mappings it leaves empty, or a row
  /// of a list.
  package mutating func delete(_ address: Address) {
    if case .index(let index) = address.path.last {
      _ = remove(from: address.parent, at: index)
    } else {
      dropInvalidTexts(within: address)
      set(nil, at: address)
    }
  }

  /// Takes up an object that a fix offers: the form writes one of its kind from now on.
  package mutating func add(_ document: Node) {
    switch document["kind"]?.text {
    case "ClientTrafficPolicy": writesPolicy = true
    case "BackendTrafficPolicy": writeRetry(true)
    case "ReferenceGrant":
      guard let namespace = document["metadata"]?["namespace"]?.text else { return }
      let roles = RelatedObjects.roles(of: document, for: routeNamespace)
      for role in roles.isEmpty ? Grant.Role.allCases : roles
      where !hasGrant(in: namespace, for: role) {
        grants.append(Grant(namespace: namespace, role: role))
        let name = Address(.grant(grants.count - 1), Path([.key("metadata"), .key("name")]))
        if let given = document[name.path], given != value(at: name) { set(given, at: name) }
      }
    default: break
    }
  }
}
