internal import Resources
package import YAML

/// The Gateway and its class, as far as the form writes them (kubernetes-sigs/gateway-api v1.5.1,
/// CRDs gateways and gatewayclasses).
extension FormState {
  /// The class of a Gateway for which none is named.
  package static let className = "envoy-ai-gateway"

  var classBase: Node {
    let name = gateway["spec"]?["gatewayClassName"]?.scalar?.text ?? Self.className
    return .map([
      "apiVersion": .string("gateway.networking.k8s.io/v1"), "kind": .string("GatewayClass"),
      "metadata": metadata(name: name, namespace: nil),
      "spec": .map(["controllerName": .string(GatewayClass.usualController)]),
    ])
  }

  var gatewayBase: Node {
    let parent = parentRefs.first
    var spec = Mapping([
      .init("gatewayClassName", .string(Self.className)),
      .init("listeners", .sequence([httpListener])),
    ])
    if writesProxy {
      var proxy = Mapping([
        .init("group", .string("gateway.envoyproxy.io")), .init("kind", .string("EnvoyProxy")),
      ])
      proxy["name"] = proxyName.map(Node.string)
      spec["infrastructure"] = .map(["parametersRef": .mapping(proxy)])
    }
    return .map([
      "apiVersion": .string("gateway.networking.k8s.io/v1"), "kind": .string("Gateway"),
      "metadata": metadata(name: parent?["name"]?.scalar?.text, namespace: gatewayNamespace),
      "spec": .mapping(spec),
    ])
  }

  /// Whether the proxies of the Gateway need an identity that a provider knows: an EnvoyProxy then
  /// says which.
  package var writesProxy: Bool {
    writesGateway
      && usedProviders.contains { providers[$0.index].credentials.isIdentityOfProxies }
  }

  /// The ServiceAccount that the proxies of the Gateway run as.
  var proxyAccount: String {
    let path: [Path.Step] = ["spec", "provider", "kubernetes", "envoyServiceAccount", "name"]
      .map { .key($0) }
    return document(.proxy)[Path(path)]?.scalar?.text ?? ""
  }

  /// What the proxies run as (envoyproxy/gateway v1.8.1, CRD envoyproxies; envoyproxy/ai-gateway
  /// v1.1.0, examples/basic/aws-pod-identity.yaml).
  var proxyBase: Node {
    let account = "\(parentRefs.first?["name"]?.scalar?.text ?? "gateway")-envoy"
    return .map([
      "apiVersion": .string("gateway.envoyproxy.io/v1alpha1"), "kind": .string("EnvoyProxy"),
      "metadata": metadata(name: proxyName, namespace: gatewayNamespace),
      "spec": .map([
        "provider": .map([
          "type": .string("Kubernetes"),
          "kubernetes": .map(["envoyServiceAccount": .map(["name": .string(account)])]),
        ])
      ]),
    ])
  }

  private var proxyName: String? {
    parentRefs.first?["name"]?.scalar.map { "\($0.text)-proxy" }
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
