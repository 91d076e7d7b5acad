import Schemas
package import YAML

/// Envoy Gateway's Backend (envoyproxy/gateway v1.8.1, api/v1alpha1/backend_types.go).
package final class Backend: Sendable {
  package struct Endpoint: Sendable {
    package enum Address: Sendable { case host(String), ip(String), socket }
    package let address: Address
    package let port: Int?
    /// Where the port stands.
    package let path: Path
  }

  /// Why Envoy Gateway does not take it, so that its part of the requests is answered with 500.
  package struct Refusal: Sendable {
    package let path: Path
    /// The condition on the HTTPRoute, in Envoy Gateway's words.
    package let condition: String
    /// What would be right, in our words.
    package let advice: String
    /// Whether it is taken where Envoy Gateway runs without a cluster, as `aigw run` has it.
    package let isTakenOnHost: Bool
    /// The status of its share beside other backends.
    package var shareStatus = 500
  }

  /// What it says itself of how its servers are spoken to.
  package struct TLS: Sendable {
    /// The name that servers are asked for, nil where none is written.
    package let sni: String?
    /// Whether it names whose certificates are trusted, of which Envoy Gateway knows System alone by
    /// name.
    package let hasAuthorities: Bool
    /// Whether any certificate is taken.
    package let skipsVerification: Bool
    package let versions: TLSVersions

    fileprivate init(_ node: Node) {
      sni = node.given("sni")?.text?.lowercased()
      hasAuthorities =
        node.given("wellKnownCACertificates")?.text.map(CACertificateRef.isWellKnown)
        ?? !node.list("caCertificateRefs").isEmpty
      skipsVerification = node.given("insecureSkipVerify")?.bool ?? false
      versions = TLSVersions(node)
    }
  }

  package let key: ObjectKey
  package let endpoints: [Endpoint]
  /// Whether requests name their host themselves.
  package let isDynamic: Bool
  /// How it is spoken to by its own words, nil where they say nothing of TLS.
  package let tls: TLS?
  /// Whether it is spoken to in HTTP/2 without TLS.
  package let isHTTP2: Bool
  /// Whether it takes WebSockets, for which it is spoken to in HTTP/1.
  package let isWebSocket: Bool
  /// Whether Envoy Gateway gives it a priority behind others, where AI Gateway does not write one.
  package let isFallback: Bool
  /// The certificates that its servers' are held against, where it names some.
  package let authorities: [CACertificateRef]
  /// Nil where Envoy Gateway takes it, as far as it says itself.
  package let refusal: Refusal?
  /// What in it makes the configuration of a whole Gateway invalid.
  package let invalidSettings: [InvalidSetting]

  package init(_ node: Node) {
    key = ObjectKey(of: node)
    let spec = node["spec"]
    isDynamic = spec?["type"]?.text == "DynamicResolver"
    tls = spec?.given("tls").map(TLS.init)
    isFallback = spec?.given("fallback")?.bool ?? false
    // The last one says how it is spoken to, whatever stands before it.
    let protocols = (spec?.list("appProtocols") ?? []).compactMap { $0.text }
    isHTTP2 = protocols.last == "gateway.envoyproxy.io/h2c"
    isWebSocket = protocols.contains {
      ["gateway.envoyproxy.io/ws", "gateway.envoyproxy.io/wss"].contains($0)
    }
    let endpoints = (spec?["endpoints"]?.items ?? []).enumerated().compactMap {
      (index, node) -> Endpoint? in
      let path = Path.to("spec", "endpoints", index)
      if let host = node["fqdn"]?["hostname"]?.text {
        // Names of hosts are the same in small and capital letters.
        return Endpoint(
          address: .host(host.lowercased()), port: node["fqdn"]?["port"]?.integer,
          path: path.appending(.to("fqdn", "port")))
      }
      if let ip = node.given("ip") {
        return Endpoint(
          address: .ip(ip["address"]?.text ?? ""), port: ip["port"]?.integer,
          path: path.appending(.to("ip", "port")))
      }
      if node.given("unix") != nil {
        return Endpoint(address: .socket, port: nil, path: path.appending("unix"))
      }
      return nil
    }
    self.endpoints = endpoints
    let place = Path.to("spec", "tls", "caCertificateRefs")
    authorities = CACertificateRef.all(node[place], at: place, namespace: key.namespace)
    // One that says too little to be one is refused by the API server, which keeps what it has.
    let isWithoutEndpoints = spec?["endpoints"]?.items.isEmpty ?? true
    refusal =
      Backend.refusalOfCertificate(in: spec, of: key.namespace)
      ?? (isWithoutEndpoints && !isDynamic ? Refusal.ofNoEndpoints : nil)
      ?? endpoints.lazy.compactMap(\.refusal).first
      ?? Backend.refusalOfName(in: spec?["endpoints"]?.items ?? [])
    invalidSettings = Backend.invalidSettings(of: node, endpoints)
  }

  package var hasTLS: Bool { tls != nil }

  /// Whether it is a socket of the proxy's Pod, which routes cannot lead to but policies can call.
  package var isSocket: Bool {
    endpoints.contains { if case .socket = $0.address { true } else { false } }
  }

  /// The names of its endpoints.
  package var hosts: [String] {
    endpoints.compactMap { if case .host(let host) = $0.address { host } else { nil } }
  }

  /// How an endpoint is addressed: Envoy has clusters of one kind only.
  enum AddressKind { case host, ip, socket }

  var addressKinds: Set<AddressKind> {
    Set(
      endpoints.map {
        switch $0.address {
        case .host: .host
        case .ip: .ip
        case .socket: .socket
        }
      })
  }

  package var hasAddresses: Bool {
    endpoints.contains { if case .ip = $0.address { true } else { false } }
  }
}

extension Backend {
  private static func refusalOfCertificate(in spec: Node?, of namespace: String) -> Refusal? {
    guard let other = spec?.given("tls", "clientCertificateRef", "namespace")?.text,
      other != namespace
    else { return nil }
    return Refusal(
      path: .to("spec", "tls", "clientCertificateRef", "namespace"),
      condition: "clientCertificateRef Secret is not located in the same namespace as Backend",
      advice: "put the Secret into \(namespace)", isTakenOnHost: false)
  }

  /// Names beside addresses have to be domains too.
  private static func refusalOfName(in endpoints: [Node]) -> Refusal? {
    endpoints.enumerated().lazy.compactMap { index, endpoint -> Refusal? in
      guard let name = endpoint.given("hostname")?.text else { return nil }
      return Refusal(ofName: name, at: .to("spec", "endpoints", index, "hostname"))
    }.first
  }
}

extension Backend.Refusal {
  /// Why requests are not sent to a Backend without endpoints: it is taken, and counts for nothing
  /// (internal/gatewayapi/route.go, internal/ir/xds.go).
  fileprivate static let ofNoEndpoints = Backend.Refusal(
    path: .to("spec"), condition: "it has no endpoints", advice: "write its endpoints",
    isTakenOnHost: false, shareStatus: 503)

  /// Why Envoy Gateway does not take the name of a host, nil where it does.
  fileprivate init?(ofName host: String, at path: Path) {
    guard !Variable.isIn(host), !host.isEmpty else { return nil }
    if IPAddress.bytes(host) != nil {
      self.init(
        path: path, condition: "hostname \(host) is an IP address",
        advice: "write it as ip.address", isTakenOnHost: false)
      return
    }
    guard !host.utf8.contains(UInt8(ascii: ".")) else { return nil }
    self.init(
      path: path,
      condition: "hostname \(host) should be a domain with at least two segments separated by "
        + "dots",
      advice: "use a name such as \(host).NAMESPACE.svc.cluster.local", isTakenOnHost: true)
  }
}

extension Backend.Endpoint {
  /// Why Envoy Gateway does not take it (internal/gatewayapi/backend.go, route.go).
  fileprivate var refusal: Backend.Refusal? {
    switch address {
    case .socket:
      return Backend.Refusal(
        path: path, condition: "unix domain sockets are not supported in backend references",
        advice: "use fqdn or ip", isTakenOnHost: false)
    case .ip(let text):
      if IPAddress.bytes(text) == nil, !Variable.isIn(text), IPAddress.hasLeadingZeros(text) {
        return Backend.Refusal(
          path: path.parent.appending("address"), condition: "IP address \(text) is invalid",
          advice: "write it without leading zeros", isTakenOnHost: false)
      }
      guard IPAddress.isLoopback(text) else { return nil }
      return Backend.Refusal(
        path: path.parent.appending("address"),
        condition: "IP address \(text) in the loopback range is only supported when using the "
          + "Host infrastructure",
        advice: "use an address that the proxy's Pod reaches", isTakenOnHost: true)
    case .host(let host):
      return Backend.Refusal(ofName: host, at: path.parent.appending("hostname"))
    }
  }
}
