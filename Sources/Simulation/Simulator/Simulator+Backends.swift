package import Resources

extension Simulator {
  /// Every backend that the routes of the Gateway refer to, each once, in their order.
  package var backends: [ObjectKey] {
    var seen: Set<ObjectKey> = []
    return routes.flatMap { route in
      route.rules.flatMap { $0.node.list("backendRefs") }
        .map { ref in
          let (ref, namespace) = (BackendRef(ref), route.name.namespace)
          return route.isAI ? index.target(of: ref, from: namespace) : ref.target(from: namespace)
        }
    }.filter { seen.insert($0).inserted }
  }
}
