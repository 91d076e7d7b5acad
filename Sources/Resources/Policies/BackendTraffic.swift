package import Schemas
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

extension Policy {
  /// The spec laid over that of the listener's or Gateway's policy, each as the server stores it:
  /// a default of the nearer one stands before what the other says.
  package func overlaying(_ parent: Policy, in edition: Edition) -> Node {
    func stored(_ policy: Policy) -> Node {
      let property = policy.side.kind?.property(at: .to("spec"))
      return DefaultedNode(policy.spec, as: property, in: edition).stored
    }
    return stored(parent).overlaid(by: stored(self))
  }
}

extension Policy.Side {
  /// Nil for a kind whose facts are not here.
  fileprivate var kind: ResourceKind? {
    switch self {
    case .client: .clientTrafficPolicy
    case .backend: .backendTrafficPolicy
    case .security: .securityPolicy
    case .extensions: nil
    }
  }
}

extension Node {
  /// The value with another laid over it: mappings are joined key by key, anything else is
  /// replaced, as Envoy Gateway merges a route's policy into its parent (envoyproxy/gateway v1.8.1,
  /// internal/utils/merge.go). Empty lists get lost on the way, as Go leaves them out of its JSON.
  fileprivate func overlaid(by other: Node) -> Node {
    guard case .mapping(var base) = self, case .mapping(let top) = other else { return other }
    for entry in top.entries where !entry.value.isNull && entry.value != .sequence([]) {
      base[entry.key] = base[entry.key].map { $0.overlaid(by: entry.value) } ?? entry.value
    }
    return .mapping(base)
  }
}
