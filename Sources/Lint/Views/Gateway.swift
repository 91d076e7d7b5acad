import Manifest

/// A Gateway as the rules see it (domain.md 1.6).
final class Gateway: Sendable {
  struct Listener: Sendable {
    enum Namespaces: Sendable { case same, all, selected, none }

    let index: Int
    let name: String
    let port: Int?
    let isHTTP: Bool
    let isPlainHTTP: Bool
    let hostname: String?
    let namespaces: Namespaces
    let takesHTTPRoutes: Bool

    fileprivate init(_ node: Node, index: Int) {
      self.index = index
      name = node["name"]?.text ?? ""
      port = node["port"]?.integer
      let spoken = node["protocol"]?.text ?? ""
      isPlainHTTP = spoken == "HTTP"
      isHTTP = isPlainHTTP || spoken == "HTTPS"
      hostname = node["hostname"]?.text
      let allowed = node["allowedRoutes"]
      namespaces =
        switch allowed?["namespaces"]?["from"]?.text {
        case nil, "Same": .same
        case "All": .all
        case "None": .none
        case .some: .selected
        }
      let kinds = allowed?["kinds"]?.items ?? []
      takesHTTPRoutes =
        kinds.isEmpty
        ? isHTTP
        : kinds.contains {
          $0["kind"]?.text == "HTTPRoute"
            && ["gateway.networking.k8s.io", ""].contains(
              $0["group"]?.text ?? "gateway.networking.k8s.io")
        }
    }

    /// Whether routes of a namespace may hang on it; what labels decide is taken for granted.
    func admits(_ namespace: String, of gateway: Gateway) -> Bool {
      switch namespaces {
      case .same: takesHTTPRoutes && namespace == gateway.name.namespace
      case .all, .selected: takesHTTPRoutes
      case .none: false
      }
    }
  }

  let name: ObjectKey
  let listeners: [Listener]
  /// Whether it names a GatewayConfig.
  let hasConfiguration: Bool

  init(_ node: Node, name: ObjectKey) {
    self.name = name
    let annotations = node["metadata"]?["annotations"]
    hasConfiguration = annotations?["aigateway.envoyproxy.io/gateway-config"] != nil
    listeners = (node["spec"]?["listeners"]?.items ?? []).enumerated().map {
      Listener($0.element, index: $0.offset)
    }
  }

  /// The listeners that a parentRef is for.
  func listeners(for parent: Route.Parent) -> [Listener] {
    listeners.filter { listener in
      (parent.sectionName ?? "").isEmpty || parent.sectionName == listener.name
    }.filter { parent.port == nil || parent.port == $0.port }
  }
}
