/// A namespace that backendRefs name, and what they name there.
package struct ReferencedNamespace: Sendable {
  package let namespace: String
  package var hasServices = false
  package var hasPools = false

  /// The namespaces of references, in order of appearance.
  static func all(of refs: [BackendRef]) -> [ReferencedNamespace] {
    var found = Collected()
    for ref in refs {
      guard let namespace = ref.namespace, !namespace.isEmpty else { continue }
      found.add(
        ReferencedNamespace(namespace: namespace, hasServices: !ref.isPool, hasPools: ref.isPool))
    }
    return found.destinations
  }

  /// Destinations with what is named in the same namespace put together.
  struct Collected {
    private(set) var destinations: [ReferencedNamespace] = []
    private var places: [String: Int] = [:]

    mutating func add(_ destination: ReferencedNamespace) {
      let last = destinations.count - 1
      // Neighbours mostly share their namespace.
      let place =
        last >= 0 && destinations[last].namespace == destination.namespace
        ? last : places[destination.namespace]
      guard let place else {
        places[destination.namespace] = destinations.count
        destinations.append(destination)
        return
      }
      if destination.hasServices { destinations[place].hasServices = true }
      if destination.hasPools { destinations[place].hasPools = true }
    }
  }
}
