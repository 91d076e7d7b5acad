/// The API groups whose kinds the program knows.
package enum APIGroup {
  package static let aiGateway = "aigateway.envoyproxy.io"
  package static let envoyGateway = "gateway.envoyproxy.io"
  package static let gatewayAPI = "gateway.networking.k8s.io"
  package static let inference = "inference.networking.k8s.io"
}

/// Names that the controllers give, or look for.
package enum WellKnown {
  /// The header in which AI Gateway names the model (envoyproxy/ai-gateway v1.1.0,
  /// internal/internalapi/internalapi.go).
  package static let modelHeader = "x-ai-eg-model"
  /// The rule that AI Gateway adds to each HTTPRoute (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/ai_gateway_route.go).
  package static let notFoundRule = "route-not-found"
  /// The namespace where kubectl puts objects that name none.
  package static let defaultNamespace = "default"
  /// The namespace where Envoy Gateway is installed by its own instructions, and runs proxies unless
  /// its configuration says otherwise (envoyproxy/gateway v1.8.1, site/content/en/latest/install).
  package static let envoyGatewayNamespace = "envoy-gateway-system"
}

/// What holds at run time where a field is left out.
package enum RuntimeDefault {
  /// `timeouts.request` of a rule (envoyproxy/ai-gateway v1.1.0,
  /// api/v1beta1/ai_gateway_route_helper.go).
  package static let requestTimeout = "60s"
  /// How many bytes of a request a listener holds (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/listener.go).
  package static let bufferLimit: Int64 = 32768
  /// `retry.numRetries`, `retry.retryOn.triggers` and `httpStatusCodes` of a BackendTrafficPolicy
  /// with retries (envoyproxy/gateway v1.8.1, internal/xds/translator/route.go).
  package static let retries = 2
  package static let retryTriggers = [
    "connect-failure", "refused-stream", "unavailable", "cancelled", "retriable-status-codes",
  ]
  package static let retryCodes = [503]
  /// How long a stream may pause where the request timeout is shorter (same file).
  package static let streamIdle = "1h"
  /// Envoy's own limits on a whole request and on a pause, where a plain HTTPRoute sets none
  /// (envoyproxy/envoy v1.38.1, api/envoy/config/route/v3/route_components.proto,
  /// http_connection_manager.proto).
  package static let envoyRequest = "15s"
  package static let envoyStreamIdle = "5m"
}
