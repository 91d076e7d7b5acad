import Kinds
import Manifest

/// Envoy Gateway's Backend as the rules see it (domain.md 1.9).
final class Backend: Sendable {
  struct Endpoint: Sendable {
    enum Address: Sendable { case host(String), ip, socket }

    let address: Address
    let port: Int?
    /// Where the port stands.
    let path: Path
  }

  let name: ObjectKey
  let endpoints: [Endpoint]
  /// Whether requests name their host themselves.
  let isDynamic: Bool
  let hasTLS: Bool

  init(_ node: Node, name: ObjectKey) {
    self.name = name
    let spec = node["spec"]
    isDynamic = spec?["type"]?.text == "DynamicResolver"
    hasTLS = spec?["tls"].map { !$0.isNull } ?? false
    endpoints = (spec?["endpoints"]?.items ?? []).enumerated().compactMap { index, node in
      let path = Path.to("spec", "endpoints", index)
      if let host = node["fqdn"]?["hostname"]?.text {
        return Endpoint(
          address: .host(host), port: node["fqdn"]?["port"]?.integer,
          path: path.appending(.to("fqdn", "port")))
      }
      if let ip = node["ip"], !ip.isNull {
        return Endpoint(
          address: .ip, port: ip["port"]?.integer, path: path.appending(.to("ip", "port")))
      }
      if let unix = node["unix"], !unix.isNull {
        return Endpoint(address: .socket, port: nil, path: path.appending("unix"))
      }
      return nil
    }
  }

  /// The names of its endpoints.
  var hosts: [String] {
    endpoints.compactMap { if case .host(let host) = $0.address { host } else { nil } }
  }

  var hasAddresses: Bool {
    endpoints.contains { if case .ip = $0.address { true } else { false } }
  }
}
