import Schemas
package import YAML

/// The versions of TLS that an object lets proxies offer to backends.
package struct TLSVersions: Sendable {
  private let least: String?
  private let most: String?

  /// Those that `tls` of a Backend or `backendTLS` of an EnvoyProxy names.
  package init(_ node: Node?) {
    least = node?.given("minVersion")?.text
    most = node?.given("maxVersion")?.text
  }

  private init(least: String?, most: String?) {
    self.least = least
    self.most = most
  }

  /// Whether it says where they begin.
  fileprivate var namesLeast: Bool { least != nil }

  /// Whether none is left: to backends Envoy goes up to TLS 1.2 unless it is told otherwise, as Envoy
  /// Gateway does only since 1.8.3 (envoyproxy/go-control-plane,
  /// envoy/extensions/transport_sockets/tls/v3/common.pb.go; envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/listener.go, buildTLSParams; v1.8.3, release-notes/v1.8.3.yaml).
  package var isEmpty: Bool { least == "1.3" && most == nil }

  /// What holds where another object says the rest (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/backendtlspolicy.go, mergeClientTLSConfigs).
  package func over(_ other: TLSVersions?) -> TLSVersions {
    TLSVersions(least: least ?? other?.least, most: most ?? other?.most)
  }
}

extension ResourceIndex {
  /// Where a lowest version is written that leaves none to offer to a Backend by proxies: in the Backend
  /// or in their EnvoyProxy; nil where some are left.
  package func emptyTLSVersions(to backend: Backend, by proxy: EnvoyProxy?)
    -> (document: Int, tls: Path)?
  {
    let own = backend.tls?.versions ?? TLSVersions(nil)
    guard speaksTLS(to: backend), own.over(proxy?.tlsVersions).isEmpty else { return nil }
    if own.namesLeast, let known = backends[backend.key] {
      return (known.index, .to("spec", "tls"))
    }
    return proxy.map { ($0.index, .to("spec", "backendTLS")) }
  }
}
