import Schemas
package import YAML

/// A Gateway with its listeners, each validated as Envoy Gateway does (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/listener.go, validate.go).
package final class Gateway: Sendable {
  package let node: Node
  package let name: ObjectKey
  package let labels: Labels
  package let listeners: [Listener]
  /// Whether it names a GatewayConfig.
  package let hasConfiguration: Bool

  package init(_ node: Node, name: ObjectKey) {
    self.node = node
    self.name = name
    labels = Labels(node["metadata"]?["labels"])
    let annotations = node["metadata"]?["annotations"]
    hasConfiguration = annotations?[Gateway.configurationKey] != nil
    var listeners = (node["spec"]?.list("listeners") ?? []).enumerated().map {
      Listener($0.element, index: $0.offset)
    }
    Gateway.findConflicts(among: &listeners)
    self.listeners = listeners
  }

  /// The same where some listeners drop out for certificates, before conflicts are looked for.
  func without(_ unfit: [Int: Listener.Problem]) -> Gateway {
    guard !unfit.isEmpty else { return self }
    var listeners = (node["spec"]?.list("listeners") ?? []).enumerated().map {
      Listener($0.element, index: $0.offset)
    }
    for (index, problem) in unfit { listeners[index].problem = problem }
    Gateway.findConflicts(among: &listeners)
    return Gateway(self, listeners: listeners)
  }

  /// The same with listeners validated anew.
  init(_ gateway: Gateway, listeners: [Listener]) {
    node = gateway.node
    name = gateway.name
    labels = gateway.labels
    hasConfiguration = gateway.hasConfiguration
    self.listeners = listeners
  }

  /// What verifies clients' certificates on a listener, and where it stands; nil where nothing does
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/listener.go, ProcessGatewayTLS).
  package func clientValidation(of listener: Listener) -> (node: Node, path: Path)? {
    let frontend = Path.to("spec", "tls", "frontend")
    guard listener.protocolName == "HTTPS", let tls = node[frontend] else { return nil }
    let own = tls.list("perPort").firstIndex { $0["port"]?.integer == listener.port }
    let path =
      own.map { frontend.appending(.to("perPort", $0, "tls")) }
      ?? frontend.appending("default")
    return node[path]?.given("validation").map { ($0, path.appending("validation")) }
  }

  /// The listeners that a parentRef is for.
  package func listeners(for parent: ParentRef) -> [Listener] {
    listeners.filter { parent.fits(listener: $0.name, port: $0.port) }
  }

  package func listener(_ name: String) -> Listener? { listeners.first { $0.name == name } }

  /// The hosts for which a route is served by one of the listeners: a host that is another
  /// listener's own on the same port goes there.
  package func hosts(of route: [String], on listener: Listener) -> [String] {
    let hosts = Hostname.served(of: route, on: listener.hostname)
    guard !route.isEmpty, listeners.count > 1 else { return hosts }
    let others = Set(
      listeners.lazy.filter { $0.index != listener.index && $0.port == listener.port }
        .compactMap(\.hostname))
    return others.isEmpty ? hosts : hosts.filter { !others.contains($0) }
  }
}

extension Gateway {
  package var className: String? { node["spec"]?["gatewayClassName"]?.text }

  /// `infrastructure.parametersRef`, nil where there is none.
  package var parameters: Node? { node.given("spec", "infrastructure", "parametersRef") }

  /// The first of its addresses of a type that Envoy Gateway does not know, with its place
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/translator.go).
  package var unsupportedAddress: (index: Int, type: String)? {
    for (index, address) in (node["spec"]?.list("addresses") ?? []).enumerated() {
      guard let type = address.given("type")?.text, !Variable.isIn(type),
        !["IPAddress", "Hostname"].contains(type)
      else { continue }
      return (index, type)
    }
    return nil
  }

  /// The GatewayConfig that it names, which stands beside it.
  package var configuration: ObjectKey? {
    node["metadata"]?.given("annotations")?[Gateway.configurationKey]?.text.flatMap {
      $0.isEmpty ? nil : ObjectKey(name.namespace, $0)
    }
  }

  /// The namespaces whose ListenerSets it lets in: `Same`, `All` or `Selector`, nil for none.
  var listenerSource: String? {
    let from = node["spec"]?.given("allowedListeners", "namespaces", "from")?.text
    return from == "None" ? nil : from
  }

  /// Whether ListenerSets may bring it listeners, to which policies attach by their names
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/listenerset.go, validate.go).
  package var takesListenerSets: Bool { listenerSource != nil }

  /// The annotation that names it.
  package static let configurationKey = "aigateway.envoyproxy.io/gateway-config"
}
