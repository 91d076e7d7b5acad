import Schemas
import YAML

/// The proxy through which the requests of an AIGatewayRoute leave: that of the GatewayConfig of the
/// first of its Gateways that has one, whichever Gateway a request came through (envoyproxy/ai-gateway
/// v1.1.0, internal/extensionserver/forward_proxy.go).
package struct ForwardProxy: Sendable {
  /// Its IP address and port.
  package let address: String
  /// The GatewayConfig.
  package let configuration: ObjectKey
  /// The Gateway whose annotation names the GatewayConfig.
  package let gateway: ObjectKey
}

extension ResourceIndex {
  /// The proxies of the Gateways of a route, in the order of its parentRefs, nil for those without one
  /// among the documents.
  package func forwardProxies(of route: AIGatewayRoute) -> [(parent: Int, proxy: ForwardProxy?)] {
    guard release >= .v1_1, !others(.gatewayConfig).isEmpty else { return [] }
    return route.parents.enumerated().filter { $1.isGateway }.map { place, parent in
      (place, forwardProxy(of: route.gateway(of: parent)))
    }
  }

  private func forwardProxy(of key: ObjectKey) -> ForwardProxy? {
    guard let configuration = gateways[key]?.gateway.configuration,
      let document = others(.gatewayConfig).first(where: { $0.key == configuration }),
      let address = document.node.given("spec", "forwardProxy", "address")?.text
    else { return nil }
    return ForwardProxy(address: address, configuration: configuration, gateway: key)
  }
}
