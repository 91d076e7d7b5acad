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
  /// How many per cent of the endpoints a passive check takes out at most (envoyproxy/gateway
  /// v1.8.1, api/v1alpha1/healthcheck_types.go).
  package var mostEjected: Int {
    // Envoy Gateway leaves 0 out, and Envoy's own default holds.
    let written = spec.given("healthCheck", "passive", "maxEjectionPercent")?.integer ?? 0
    return written == 0 ? 10 : written
  }
  /// Whether a passive check takes one endpoint out whatever that says.
  package var ejectsOne: Bool {
    spec.given("healthCheck", "passive", "alwaysEjectOneEndpoint")?.bool == true
  }
  /// Whether a passive check takes out some of several backends with as many endpoints each.
  package func takesOut(_ count: Int, of all: Int) -> Bool {
    hasPassiveCheck && (mostEjected * all >= 100 * count || ejectsOne && count == 1)
  }
  package var hasHealthCheck: Bool { hasActiveCheck || hasPassiveCheck }
  /// Below how many per cent of healthy hosts Envoy sends to all of them.
  package var panicThreshold: Int { spec.given("healthCheck", "panicThreshold")?.integer ?? 50 }
  /// The field of circuitBreaker that lets no request through, nil where none does. With
  /// `maxConnections: 0` Envoy still opens one connection to each host (envoyproxy/envoy v1.38.1,
  /// source/common/conn_pool/conn_pool_base.cc).
  package var zeroCircuitBreaker: String? {
    ["maxParallelRequests", "maxPendingRequests"].first {
      spec.given("circuitBreaker", $0)?.integer == 0
    }
  }
  /// The place in `httpUpgrade` of the type by which rules match CONNECT requests only (envoyproxy/gateway
  /// v1.8.1, internal/xds/translator/route.go).
  package var connectUpgrade: Int? {
    spec.list("httpUpgrade").firstIndex { $0["type"]?.text?.lowercased() == "connect" }
  }
  /// How many per cent of the requests `faultInjection.abort` ends, all without a percentage; nil
  /// without one, or where it is no number (envoyproxy/gateway v1.8.1, api/v1alpha1/fault_injection.go).
  package var abortedPercentage: Double? {
    guard let abort = spec.given("faultInjection", "abort") else { return nil }
    guard let percentage = abort.given("percentage") else { return 100 }
    return percentage.text == nil ? percentage.scalar.flatMap { Double($0.text) } : nil
  }
  /// Whether load balancing prefers the proxy's own zone.
  package var isZoneAware: Bool {
    let zones = spec.given("loadBalancer", "zoneAware")
    return zones?.given("preferLocal") != nil || zones?.list("weightedZones").isEmpty == false
  }
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
  package func overlaying(_ parent: Policy, in schemaSet: SchemaSet) -> Node {
    func stored(_ policy: Policy) -> Node {
      let property = policy.kind.kind.property(at: .to("spec"))
      return DefaultedNode(policy.spec, as: property, in: schemaSet).stored
    }
    return stored(parent).overlaid(
      by: stored(self), joining: spec.given("mergeType")?.text == "StrategicMerge")
  }
}

extension Policy.Kind {
  fileprivate var kind: ResourceKind {
    switch self {
    case .client: .clientTrafficPolicy
    case .backend: .backendTrafficPolicy
    case .security: .securityPolicy
    case .extensions: .envoyExtensionPolicy
    }
  }
}

extension Node {
  /// The value with another laid over it: mappings are joined key by key, anything else is
  /// replaced, as Envoy Gateway merges a route's policy into its parent (envoyproxy/gateway v1.8.1,
  /// internal/utils/merge.go). `joining` also joins the lists whose items have a name.
  ///
  /// Empty lists get lost on the way, as Go leaves them out of its JSON, but for the rules of a
  /// limit and the places of API keys: these it always writes, so that they empty the parent's.
  fileprivate func overlaid(by other: Node, joining: Bool, under name: String = "") -> Node {
    guard case .mapping(var base) = self, case .mapping(let top) = other else { return other }
    for entry in top.entries where !entry.value.isNull && entry.value != .sequence([]) {
      let key = joining ? Node.keysOfJoinedLists[entry.key] : nil
      base[entry.key] =
        base[entry.key].map { old in
          key.flatMap { old.joined(with: entry.value, by: $0) }
            ?? old.overlaid(by: entry.value, joining: joining, under: entry.key)
        } ?? entry.value
    }
    if let list = Node.alwaysWritten[name], other.list(list).isEmpty { base[list] = .sequence([]) }
    // Go writes it as null, which takes the parent's away.
    if name == "authorization", other.given("defaultAction") == nil { base["defaultAction"] = nil }
    return .mapping(base)
  }

  /// Two lists as one; items of the other are laid over those with the same value of a key
  /// (kubernetes/apimachinery, pkg/util/strategicpatch/patch.go).
  private func joined(with other: Node, by key: String) -> Node? {
    guard case .sequence(let old) = self, case .sequence(let new) = other else { return nil }
    var items = old
    for item in new {
      if let place = items.firstIndex(where: { $0[key]?.text == item[key]?.text }) {
        items[place] = items[place].overlaid(by: item, joining: true)
      } else {
        items.append(item)
      }
    }
    return .sequence(items)
  }

  /// The lists with such items, and what names an item.
  private static let keysOfJoinedLists = [
    "compression": "type", "compressor": "type", "httpUpgrade": "type", "contextExtensions": "name",
  ]

  /// The lists that are written even where they are empty, by what they stand in.
  private static let alwaysWritten = [
    "local": "rules", "global": "rules", "apiKeyAuth": "extractFrom",
  ]
}

extension ResourceIndex {
  /// Whether some policy has rules that match CONNECT requests only.
  package var asksForConnect: Bool {
    policies(.backend).all.contains { $0.policy.traffic.connectUpgrade != nil }
  }
}
