import Schemas
package import YAML

/// A setting that passes the API server and makes the configuration of a whole Gateway invalid. No
/// status shows it: the component that rejects the configuration keeps its previous one.
package struct InvalidSetting: Hashable, Sendable {
  /// What rejects the configuration.
  package enum Component: Hashable, Sendable {
    /// It publishes nothing of the Gateway (envoyproxy/gateway v1.8.1, internal/ir/xds.go,
    /// internal/gatewayapi/runner/runner.go, internal/xds/runner/runner.go).
    case envoyGateway
    case envoy
    /// It writes no configuration of its filters for the Gateway (envoyproxy/ai-gateway v1.1.0,
    /// internal/controller/gateway.go).
    case aiGateway
    /// It takes nothing of the configuration that AI Gateway writes for the Gateway, and does not
    /// start with it (internal/extproc/server.go, internal/filterapi/watcher.go).
    case sidecar
    /// It answers Envoy Gateway with an error, which then publishes nothing
    /// (internal/extensionserver/forward_proxy.go).
    case extensionServer
    /// It loads no configuration for MCP (internal/mcpproxy/config.go).
    case mcpProxy
    /// Envoy Gateway's client of the API server, which cannot decode the object and lists none of its kind
    /// (envoyproxy/gateway v1.8.1, api/v1alpha1, fields of type uint32 and uint64).
    case client
  }

  /// The value in question, from the root of its object.
  package let path: Path
  package let component: Component
  /// What is wrong with it, and what would be right.
  package let advice: String
  /// A value that would do, nil where there is none to propose.
  package let replacement: Node?

  /// The effect on the Gateway.
  package var effect: String {
    switch component {
    case .envoyGateway: "Envoy Gateway publishes nothing for the whole Gateway"
    case .envoy: "Envoy refuses what is configured anew"
    case .aiGateway: "AI Gateway configures no filter of the whole Gateway"
    case .sidecar: "AI Gateway's sidecar loads nothing for the whole Gateway"
    case .extensionServer: "AI Gateway writes no routes to Envoy"
    case .mcpProxy: "AI Gateway's MCP proxy loads nothing for the whole Gateway"
    case .client:
      "Envoy Gateway can read no object of this kind any more, takes no change of one and does not "
        + "start anew"
    }
  }
}
