package import Manifest

/// Envoy Gateway's Backend (envoyproxy/gateway v1.8.1, api/v1alpha1/backend_types.go).
package final class Backend: Sendable {
  package struct Endpoint: Sendable {
    package enum Address: Sendable { case host(String), ip, socket }
    package let address: Address
    package let port: Int?
    /// Where the port stands.
    package let path: Path
  }

  package let key: ObjectKey
  package let endpoints: [Endpoint]
  /// Whether requests name their host themselves.
  package let isDynamic: Bool
  package let hasTLS: Bool
  /// Whether it is spoken to in HTTP/2 without TLS.
  package let isHTTP2: Bool

  package init(_ node: Node) {
    key = ObjectKey(of: node)
    let spec = node["spec"]
    isDynamic = spec?["type"]?.text == "DynamicResolver"
    hasTLS = spec?.given("tls") != nil
    isHTTP2 = (spec?.list("appProtocols") ?? []).contains { $0.text == "gateway.envoyproxy.io/h2c" }
    endpoints = (spec?["endpoints"]?.items ?? []).enumerated().compactMap { index, node in
      let path = Path.to("spec", "endpoints", index)
      if let host = node["fqdn"]?["hostname"]?.text {
        return Endpoint(
          address: .host(host), port: node["fqdn"]?["port"]?.integer,
          path: path.appending(.to("fqdn", "port")))
      }
      if let ip = node.given("ip") {
        return Endpoint(
          address: .ip, port: ip["port"]?.integer, path: path.appending(.to("ip", "port")))
      }
      if node.given("unix") != nil {
        return Endpoint(address: .socket, port: nil, path: path.appending("unix"))
      }
      return nil
    }
  }

  /// The names of its endpoints.
  package var hosts: [String] {
    endpoints.compactMap { if case .host(let host) = $0.address { host } else { nil } }
  }

  package var hasAddresses: Bool {
    endpoints.contains { if case .ip = $0.address { true } else { false } }
  }
}
