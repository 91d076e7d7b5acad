package import YAML

// Where filters of HTTPRoutes send clients.

extension ResourceIndex {
  /// The listeners of a Gateway at which a route is served by one of its parentRefs, in their order.
  package func servedListeners(of parent: ParentRef, _ route: GatewayAttachment) -> [Listener] {
    guard parent.isGateway,
      let gateway = gateways[parent.gateway(from: route.namespace)]?.gateway
    else { return [] }
    return gateway.listeners(for: parent).filter { listener in
      listener.isReady && admits(route.namespace, to: listener, of: gateway)
        && !hosts(of: route.hostnames, on: listener, of: gateway).isEmpty
    }
  }

  /// The port to which a `requestRedirect` sends clients of a listener; nil where the listener is not
  /// known. Without a port and a scheme that has one Envoy Gateway before 1.9 writes that of the
  /// first listener of the parentRef for all of them (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/route.go, processHTTPRouteParentRefListener).
  package func port(
    ofRedirect redirect: Node, on listener: String?, of gateway: ObjectKey?,
    _ route: GatewayAttachment
  ) -> Int? {
    if let port = redirect.writtenPort { return port }
    return route.parents.lazy.compactMap { parent in
      guard parent.gateway(from: route.namespace) == gateway else { return nil }
      let served = self.servedListeners(of: parent, route)
      return served.contains { $0.name == listener } ? served.first?.port : nil
    }.first
  }
}

extension Node {
  /// The port that a `requestRedirect` names, itself or by its scheme; nil where it leaves it to the
  /// listener.
  package var writtenPort: Int? {
    if let port = given("port")?.integer { return port }
    return switch given("scheme")?.text?.lowercased() {
    case "http": 80
    case "https": 443
    default: nil
    }
  }
}
