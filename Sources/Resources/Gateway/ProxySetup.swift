import Schemas
package import YAML

/// A GatewayClass: which controller serves its Gateways, and how their proxies are run.
package struct GatewayClass: Sendable {
  /// The place among the documents.
  package let index: Int
  package let name: String
  package let controller: String?
  /// `parametersRef`, nil where there is none.
  package let parameters: Node?

  /// The name that Envoy Gateway goes by unless its configuration gives it another
  /// (envoyproxy/gateway v1.8.1, api/v1alpha1/shared_types.go).
  package static let usualController = "gateway.envoyproxy.io/gatewayclass-controller"
}

/// What the documents say of how Gateways are served and their proxies run.
package struct ProxySetup: Sendable {
  /// How the proxies of one Gateway are run.
  package enum Source: Sendable {
    /// Neither the Gateway nor its class names an EnvoyProxy.
    case usual
    case known(EnvoyProxy)
    /// An EnvoyProxy or a class that is not among the documents.
    case unknown
  }

  package let classes: [String: GatewayClass]
  package let proxies: [ObjectKey: EnvoyProxy]

  /// The EnvoyProxies in the order of their documents.
  package var orderedProxies: [EnvoyProxy] { proxies.values.sorted { $0.index < $1.index } }

  /// What runs the proxies of a Gateway (envoyproxy/gateway v1.8.1,
  /// internal/provider/kubernetes/controller.go).
  package func source(of gateway: Gateway) -> Source {
    if let parameters = gateway.parameters {
      return source(ObjectKey(gateway.name.namespace, parameters["name"]?.text ?? ""))
    }
    guard let known = gateway.className.flatMap({ classes[$0] }) else { return .unknown }
    guard let parameters = known.parameters else { return .usual }
    let namespace = parameters.given("namespace")?.text ?? WellKnown.defaultNamespace
    return source(ObjectKey(namespace, parameters["name"]?.text ?? ""))
  }

  /// Whether all Gateways of a class share one set of proxies.
  func mergesGateways(of known: GatewayClass) -> Bool { mergingProxy(of: known) != nil }

  /// The EnvoyProxy that makes them share it.
  fileprivate func mergingProxy(of known: GatewayClass) -> EnvoyProxy? {
    guard let parameters = known.parameters else { return nil }
    let namespace = parameters.given("namespace")?.text ?? WellKnown.defaultNamespace
    let proxy = proxies[ObjectKey(namespace, parameters["name"]?.text ?? "")]
    return proxy.flatMap { $0.mergesGateways ? $0 : nil }
  }

  private func source(_ key: ObjectKey) -> Source { proxies[key].map { .known($0) } ?? .unknown }
}

extension ResourceIndex {
  /// The EnvoyProxy of a Gateway, nil where it has none among the documents.
  package func knownProxy(of gateway: Gateway) -> EnvoyProxy? {
    if case .known(let proxy) = proxySetup.source(of: gateway) { proxy } else { nil }
  }

  /// Why Envoy Gateway does not accept a Gateway, nil where it may (envoyproxy/gateway v1.8.1,
  /// internal/provider/kubernetes/controller.go).
  package func refusal(of gateway: Gateway) -> String? {
    let setup = proxySetup
    let known = gateway.className.flatMap { setup.classes[$0] }
    for parameters in [gateway.parameters, known?.parameters].compactMap({ $0 }) {
      let kind = GroupKind(parameters["group"]?.text ?? "", parameters["kind"]?.text ?? "")
      if kind != .envoyProxy { return "parametersRef is to no EnvoyProxy" }
    }
    if let address = gateway.unsupportedAddress {
      return "Envoy Gateway knows no addresses of type \(address.type)"
    }
    if case .known(let proxy) = setup.source(of: gateway), let refusal = proxy.refusals.first {
      return "Envoy Gateway refuses EnvoyProxy \(proxy.key) (\(refusal.condition))"
    }
    guard gateway.parameters != nil, let known, setup.mergesGateways(of: known) else { return nil }
    return "its class merges all Gateways, and it has a parametersRef"
  }

  /// Why a Gateway is probably not served by any controller.
  package func reservation(of gateway: Gateway) -> String? {
    let setup = proxySetup
    let classes = setup.classes
    if let proxy = gateway.parameters.map({
      ObjectKey(gateway.name.namespace, $0["name"]?.text ?? "")
    }), ObjectKey.isLikelyMissing(proxy, among: setup.proxies.keys) {
      return "EnvoyProxy \(proxy) is not here: without it the Gateway is not accepted, and clients "
        + "get no connection"
    }
    if case .known(let proxy) = setup.source(of: gateway),
      let object = proxy.misnamedObjects.first
    {
      return
        "the API server takes no \(object.kind) by the name in EnvoyProxy \(proxy.key): without "
        + "it clients get no connection"
    }
    if let problem = podProblems(of: gateway).first {
      return "\(problem.problem) (\(problem.path)): no new proxy serves the Gateway"
    }
    if gateway.node["metadata"]?.given("namespace") != nil,
      let reason = unwatchedReason(for: gateway.name.namespace)
    {
      return "\(reason): no controller serves the Gateway, and clients get no connection"
    }
    guard let name = gateway.className, !classes.isEmpty else { return nil }
    guard let known = classes[name] else {
      return "GatewayClass \(name) is not here: without it no controller serves the Gateway, "
        + "and clients get no connection"
    }
    guard let controller = known.controller, !isServed(by: controller) else { return nil }
    return "controller \(controller) of GatewayClass \(name) is not Envoy Gateway's: if no "
      + "controller serves the Gateway, clients get no connection"
  }

  /// The EnvoyProxy by which a Gateway shares its proxies with others of its class, nil where it has
  /// its own. AI Gateway knows proxies by the name of their Gateway (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/gateway_mutator.go).
  package func mergingProxy(of gateway: Gateway) -> EnvoyProxy? {
    let setup = proxySetup
    guard let known = gateway.className.flatMap({ setup.classes[$0] }) else { return nil }
    return setup.mergingProxy(of: known)
  }

  /// The GatewayClasses and EnvoyProxies among the documents.
  package var proxySetup: ProxySetup { derived.proxySetup.value(makeProxySetup) }

  private func makeProxySetup() -> ProxySetup {
    let classes = others(.gatewayClass).map { document in
      let spec = document.node["spec"]
      return GatewayClass(
        index: document.index, name: document.name, controller: spec?["controllerName"]?.text,
        parameters: spec?.given("parametersRef"))
    }
    let proxies = others(.envoyProxy).map {
      EnvoyProxy(index: $0.index, key: $0.key, node: $0.node)
    }
    return ProxySetup(
      classes: Dictionary(classes.map { ($0.name, $0) }) { first, _ in first },
      proxies: Dictionary(proxies.map { ($0.key, $0) }) { first, _ in first })
  }
}
