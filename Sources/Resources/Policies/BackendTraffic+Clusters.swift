package import YAML

// What a BackendTrafficPolicy makes of the Envoy clusters of backends.

extension BackendTraffic {
  /// The load balancing that takes all endpoints of a cluster alike, whatever the weights of their
  /// backends; nil where weights count. With zones each backend has a cluster of its own, and weights
  /// count among those (envoyproxy/gateway v1.8.1, internal/xds/translator/cluster.go).
  package var evenBalancing: String? {
    guard let balancer = spec.given("loadBalancer"), !isZoneAware else { return nil }
    if balancer.given("endpointOverride") != nil { return "endpointOverride" }
    let type = balancer.given("type")?.text
    return ["ConsistentHash", "BackendUtilization"].first { $0 == type }
  }

  /// The settings of clusters that Envoy Gateway before 1.9 leaves out where `proxyProtocol` is set
  /// (envoyproxy/gateway v1.8.1, internal/xds/translator/cluster.go,
  /// buildTypedExtensionProtocolOptions).
  package var clusterOptions: [Path] {
    let http = spec.given("timeout", "http")
    let timeouts = ["connectionIdleTimeout", "maxConnectionDuration"].filter {
      http?.given($0) != nil
    }.map { Path.to("timeout", "http", $0) }
    let others: [(isGiven: Bool, path: Path)] = [
      (
        spec.given("circuitBreaker", "maxRequestsPerConnection") != nil,
        .to("circuitBreaker", "maxRequestsPerConnection")
      ),
      (spec.given("useClientProtocol")?.bool == true, .to("useClientProtocol")),
      (spec.given("admissionControl") != nil, .to("admissionControl")),
    ]
    return timeouts + others.filter(\.isGiven).map(\.path)
  }

  /// Whether backends are told of clients by the PROXY protocol.
  package var hasProxyProtocol: Bool { spec.given("proxyProtocol") != nil }
}

extension ResourceIndex {
  /// Whether Envoy refuses the cluster that an AI route makes of a Backend of type DynamicResolver: it
  /// asks for names of servers in the options of the cluster, which Envoy Gateway writes with TLS or
  /// with settings that need options, and AI Gateway does not where it writes the first ones
  /// (envoyproxy/ai-gateway v1.1.0, internal/extensionserver/post_translate_modify.go;
  /// envoyproxy/envoy v1.38.1, source/extensions/clusters/dynamic_forward_proxy/cluster.cc).
  package func isRefusedByEnvoy(_ backend: Backend, _ traffic: BackendTraffic?) -> Bool {
    guard backend.isDynamic else { return false }
    if traffic?.hasProxyProtocol == true { return true }
    return !backend.isHTTP2 && !backend.isWebSocket && !speaksTLS(to: backend)
      && traffic?.clusterOptions.isEmpty ?? true
  }
}
