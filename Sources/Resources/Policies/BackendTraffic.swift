import Schemas
package import YAML

/// What a BackendTrafficPolicy's `spec` does to the requests of a route: one policy's, or the
/// merged one of a route's policy and its parent.
package struct BackendTraffic: Sendable {
  package let spec: Node
  package let retry: RetryPolicy?

  package init(spec: Node) {
    self.spec = spec
    retry = RetryPolicy(spec: spec)
  }

  package var hasRetry: Bool { retry != nil }
  /// Whether an active check takes a backend that is down out before a request finds it.
  package var hasActiveCheck: Bool { spec.given("healthCheck", "active") != nil }
  /// Whether backends are taken out after some failures of real requests.
  package var hasPassiveCheck: Bool { spec.given("healthCheck", "passive") != nil }
  package var hasHealthCheck: Bool { hasActiveCheck || hasPassiveCheck }
  package var isZoneAware: Bool { spec.given("loadBalancer", "zoneAware") != nil }
  package var hasRequestTimeout: Bool { spec.given("timeout", "http", "requestTimeout") != nil }
  package var streamIdle: String? { spec.given("timeout", "http", "streamIdleTimeout")?.text }
  /// A limit beside the listener's: larger bodies get 413.
  package var requestBuffer: BufferLimit? {
    spec.given("requestBuffer", "limit").map(BufferLimit.init)
  }
}

extension Node {
  /// The value with another laid over it: mappings are joined key by key, anything else is
  /// replaced, as Envoy Gateway merges a route's policy into its parent (envoyproxy/gateway v1.8.1,
  /// internal/utils/merge.go).
  package func overlaid(by other: Node) -> Node {
    guard case .mapping(var base) = self, case .mapping(let top) = other else { return other }
    for entry in top.entries where !entry.value.isNull {
      base[entry.key] = base[entry.key].map { $0.overlaid(by: entry.value) } ?? entry.value
    }
    return .mapping(base)
  }
}
