import Schemas
import YAML

extension ResourceIndex {
  /// The Gateways whose configuration does not get into its Secret, as far as MCPRoutes alone show,
  /// each with the document of the first; 1.1 writes several Secrets (envoyproxy/ai-gateway v1.0.0,
  /// internal/controller/gateway.go; kubernetes/kubernetes, pkg/apis/core/types.go, MaxSecretSize).
  package var oversizedConfigurations: [(gateway: ObjectKey, route: Int)] {
    guard release < .v1_1 else { return [] }
    var sizes: [ObjectKey: (bytes: Int, route: Int)] = [:]
    for route in mcpRoutes {
      for gateway in Set(route.attachment.gateways) {
        sizes[gateway, default: (0, route.index)].bytes += route.leastConfiguration
      }
    }
    return sizes.filter { $0.value.bytes > StoredData.largestSecret }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value.route) }
  }
}

extension StoredData {
  /// How many bytes a Secret holds.
  package static let largestSecret = 1 << 20
}

extension MCPRoute {
  /// How many bytes it takes at least in the configuration of AI Gateway's proxy, into which rules and
  /// selectors are copied (envoyproxy/ai-gateway v1.0.0, internal/controller/gateway.go, mcpConfig).
  fileprivate var leastConfiguration: Int {
    let parts = [
      spec.given("securityPolicy", "authorization")?["rules"],
      spec.given("backendSelector")?["rules"],
    ]
    return (parts + servers.map { $0.node.given("toolSelector") })
      .reduce(0) { $0 + ($1?.leastYAML ?? 0) }
  }
}

extension Node {
  /// How many bytes it takes at least as YAML, without indentation and quotes.
  fileprivate var leastYAML: Int {
    switch self {
    case .scalar(let scalar): scalar.text.utf8.count + 1
    case .sequence(let items): items.reduce(0) { $0 + $1.leastYAML + 2 }
    case .mapping(let mapping):
      mapping.entries.reduce(0) { $0 + $1.key.utf8.count + 2 + $1.value.leastYAML }
    }
  }
}
