internal import Resources
package import YAML

/// The Gateway and its class, as far as the form writes them (kubernetes-sigs/gateway-api v1.5.1,
/// CRDs gateways and gatewayclasses).
extension FormState {
  /// The class of a Gateway for which none is named.
  package static let className = "envoy-ai-gateway"
  /// The controller of Envoy Gateway (envoyproxy/gateway v1.8.1, examples/kubernetes/quickstart.yaml).
  private static let controller = "gateway.envoyproxy.io/gatewayclass-controller"

  var classBase: Node {
    let name = gateway["spec"]?["gatewayClassName"]?.scalar?.text ?? Self.className
    return .map([
      "apiVersion": .string("gateway.networking.k8s.io/v1"), "kind": .string("GatewayClass"),
      "metadata": metadata(name: name, namespace: nil),
      "spec": .map(["controllerName": .string(Self.controller)]),
    ])
  }

  var gatewayBase: Node {
    let parent = parentRefs.first
    return .map([
      "apiVersion": .string("gateway.networking.k8s.io/v1"), "kind": .string("Gateway"),
      "metadata": metadata(name: parent?["name"]?.scalar?.text, namespace: gatewayNamespace),
      "spec": .map([
        "gatewayClassName": .string(Self.className), "listeners": .sequence([httpListener]),
      ]),
    ])
  }

  /// A listener for HTTP, which admits the route's namespace.
  private var httpListener: Node {
    var listener = Mapping([
      .init("name", .string("http")), .init("protocol", .string("HTTP")),
      .init("port", .integer(80)),
    ])
    listener["allowedRoutes"] = admission
    return .mapping(listener)
  }

  /// Which routes a listener has to admit; nil where its default, the Gateway's namespace, will do.
  private var admission: Node? {
    gatewayNamespace == routeNamespace
      ? nil : .map(["namespaces": .map(["from": .string("All")])])
  }

  /// A listener for HTTPS with the certificate of a Secret.
  package func httpsListener(secret: String) -> Node {
    var listener = Mapping([
      .init("name", .string("https")), .init("protocol", .string("HTTPS")),
      .init("port", .integer(443)),
      .init("tls", .map(["certificateRefs": .sequence([.map(["name": .string(secret)])])])),
    ])
    listener["allowedRoutes"] = admission
    return .mapping(listener)
  }
}
