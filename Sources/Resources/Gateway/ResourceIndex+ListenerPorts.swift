extension ResourceIndex {
  /// Pairs of listeners for which the proxy listens on one port, since Envoy Gateway adds 10000 to
  /// those below 1024 (envoyproxy/gateway v1.8.1, internal/gatewayapi/listener.go).
  package func shiftedPorts(of gateway: Gateway) -> [(low: Listener, high: Listener)] {
    if knownProxy(of: gateway)?.keepsPorts == true { return [] }
    let ready = gateway.listeners.filter(\.isReady)
    let high = Dictionary(
      ready.compactMap { listener in listener.port.map { ($0, listener) } }
    ) { first, _ in first }
    return ready.compactMap { low in
      guard let port = low.port, port < 1024, let other = high[port + 10000] else { return nil }
      return (low, other)
    }
  }

  /// Listeners for which the proxy would listen on a port that something else in its Pod has
  /// (envoyproxy/gateway v1.8.1, internal/xds/bootstrap/bootstrap.go,
  /// internal/cmd/envoy/shutdown_manager.go; envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/extproc_builder.go).
  package func occupiedPorts(of gateway: Gateway) -> [(listener: Listener, user: String)] {
    var keepsPorts = false
    var showsMetrics = true
    switch proxySetup.source(of: gateway) {
    case .usual: break
    case .known(let proxy): (keepsPorts, showsMetrics) = (proxy.keepsPorts, proxy.showsMetrics)
    // It may say that there are no metrics.
    case .unknown: showsMetrics = false
    }
    func user(of port: Int) -> String? {
      switch port {
      case 19000: "Envoy's own administration"
      case 19001: showsMetrics ? "Envoy's metrics" : nil
      case 19002: "the proxy's shutdown manager"
      case 19003: "Envoy's readiness"
      case 9856: servesTools(gateway) ? "AI Gateway's MCP proxy" : nil
      case 1064: servesTools(gateway) || servesModels(gateway) ? "AI Gateway's filter" : nil
      case _: nil
      }
    }
    return gateway.listeners.filter { $0.isReady && $0.protocolFamily != "UDP" }.compactMap {
      listener in
      guard let port = listener.port,
        let user = user(of: port < 1024 && !keepsPorts ? port + 10000 : port)
      else { return nil }
      return (listener, user)
    }
  }

  private func servesTools(_ gateway: Gateway) -> Bool {
    mcpRoutes.contains { $0.attachment.gateways.contains(gateway.name) }
  }

  private func servesModels(_ gateway: Gateway) -> Bool {
    routes.contains { $0.route.attachment.gateways.contains(gateway.name) }
  }
}
