import Schemas
package import YAML

/// A field of `tcpKeepalive` with a value that Linux does not take for a socket: it takes whole seconds
/// from 1 to 32767 and 1 to 127 probes (envoyproxy/gateway v1.8.1, internal/gatewayapi/
/// clienttrafficpolicy.go, buildKeepAlive, clustersettings.go, buildTCPKeepAlive; torvalds/linux v6.6,
/// net/ipv4/tcp.c).
package struct UnfitKeepalive: Sendable {
  package let field: String
  /// `1 to 127`.
  package let accepted: String
  /// Whether 0 is left of it in whole seconds, by which Envoy opens connections to backends without
  /// keepalive (envoyproxy/go-control-plane, envoy/config/core/v3/address.pb.go, TcpKeepalive).
  package let isZero: Bool

  /// All such fields.
  static func all(in keepalive: Node?) -> [UnfitKeepalive] {
    func value(_ field: String, _ number: Int?, most: Int, _ accepted: String) -> UnfitKeepalive? {
      guard let number, number >= 0, !(1...most ~= number) else { return nil }
      return UnfitKeepalive(field: field, accepted: accepted, isZero: number == 0)
    }
    let times = ["idleTime", "interval"].map { field in
      let length = keepalive?.given(field)?.text.flatMap(GatewayDuration.milliseconds)
      return value(
        field, length.map { $0 / 1000 }, most: 32767, "1s to 32767s, in whole seconds")
    }
    let probes = keepalive?.given("probes")?.integer
    return ([value("probes", probes, most: 127, "1 to 127")] + times).compactMap { $0 }
  }

  /// The field that counts for connections to backends: one with 0 decides for all.
  package static func deciding(in keepalive: Node?) -> UnfitKeepalive? {
    let all = all(in: keepalive)
    return all.first(where: \.isZero) ?? all.first
  }
}

extension Document {
  /// Where it says how connections to backends are kept open.
  package var backendKeepalives: [Path] {
    switch content {
    case .policy(let policy): policy.kind == .client ? [] : node.paths(to: "tcpKeepalive")
    case .other: isA(.envoyProxy) ? node.paths(to: "tcpKeepalive") : []
    case .route, .httpRoute, .grant, .service, .backend, .gateway, .credentials, .tlsPolicy,
      .namespace, .installation:
      []
    }
  }
}
