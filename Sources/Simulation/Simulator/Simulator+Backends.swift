package import Resources

extension Simulator {
  /// Every backend that the routes of the Gateway refer to, each once, in their order.
  package var backends: [ObjectKey] {
    var seen: Set<ObjectKey> = []
    return routes.flatMap { route in
      route.rules.flatMap { $0.node.list("backendRefs") }
        .map { BackendRef($0).target(from: route.name.namespace) }
    }.filter { seen.insert($0).inserted }
  }
}
