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

/// How proxies are run: an EnvoyProxy (envoyproxy/gateway v1.8.1, api/v1alpha1/envoyproxy_types.go).
package struct EnvoyProxy: Sendable {
  /// The place among the documents.
  package let index: Int
  package let key: ObjectKey
  package let node: Node

  private var kubernetes: Node? { node.given("spec", "provider", "kubernetes") }

  /// The ServiceAccount of the proxies; nil for that of Envoy Gateway's own making.
  package var serviceAccount: String? { kubernetes?.given("envoyServiceAccount", "name")?.text }

  /// The ServiceAccount that no Pod gets: some releases of Envoy Gateway write into the Pods of a
  /// DaemonSet that of their own making, which they do not create then (envoyproxy/gateway v1.8.1,
  /// internal/infrastructure/kubernetes/proxy/resource_provider.go, getPodSpec; v1.7.5,
  /// release-notes/v1.7.5.yaml; v1.9.0, release-notes/v1.9.0.yaml).
  package var lostServiceAccount: String? {
    kubernetes?.given("envoyDaemonSet") == nil ? nil : serviceAccount
  }

  /// The releases of which that is true, as the subject of a sentence.
  package static let releasesLosingServiceAccount = "Envoy Gateway before 1.7.5, and 1.8,"

  /// Whether it names a number of proxies beside an autoscaler, which Envoy Gateway writes again and
  /// again before 1.9 (envoyproxy/gateway v1.9.0, release-notes/v1.9.0.yaml).
  package var fixesScaledReplicas: Bool {
    kubernetes?.given("envoyHpa") != nil && kubernetes?.given("envoyDeployment", "replicas") != nil
  }

  /// The versions of TLS for backends that do not name their own.
  package var tlsVersions: TLSVersions { TLSVersions(node.given("spec", "backendTLS")) }

  /// The names of the volumes that the proxies' Pods have.
  package var volumes: Set<String> {
    let pods = ["envoyDeployment", "envoyDaemonSet"].compactMap { kubernetes?.given($0, "pod") }
    return Set(pods.flatMap { $0.list("volumes").compactMap { $0["name"]?.text } })
  }

  /// Whether rules are tried in the order in which they stand, and not the most precise first.
  package var keepsOrder: Bool { node.given("spec", "preserveRouteOrder")?.bool == true }

  /// How filters are moved from their usual places.
  package var filterOrder: [Node] { node["spec"]?.list("filterOrder") ?? [] }

  /// Whether proxies listen on the ports of the listeners themselves.
  package var keepsPorts: Bool {
    kubernetes?.given("useListenerPortAsContainerPort")?.bool == true
  }

  /// Whether requests go to the addresses of Services unless a BackendTrafficPolicy says otherwise, and
  /// not to their endpoints.
  var routesToServices: Bool { node.given("spec", "routingType")?.text == "Service" }

  /// Whether metrics are to be had from the proxies.
  var showsMetrics: Bool {
    node.given("spec", "telemetry", "metrics", "prometheus", "disable")?.bool != true
  }

  /// Whether all Gateways of a class share one set of proxies.
  package var mergesGateways: Bool { node.given("spec", "mergeGateways")?.bool == true }
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
  fileprivate var listenerSource: String? {
    let from = node["spec"]?.given("allowedListeners", "namespaces", "from")?.text
    return from == "None" ? nil : from
  }

  /// Whether ListenerSets may bring it listeners, to which policies attach by their names
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/listenerset.go, validate.go).
  package var takesListenerSets: Bool { listenerSource != nil }

  /// The annotation that names it.
  package static let configurationKey = "aigateway.envoyproxy.io/gateway-config"
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

  /// Pairs of listeners for which the proxy listens on one port, since Envoy Gateway adds 10000 to
  /// those below 1024 (envoyproxy/gateway v1.8.1, internal/gatewayapi/listener.go).
  package func shiftedPorts(of gateway: Gateway) -> [(low: Listener, high: Listener)] {
    if knownProxy(of: gateway)?.keepsPorts == true { return [] }
    let ready = gateway.listeners.filter(\.isReady)
    let high = Dictionary(
      ready.compactMap { listener in listener.port.map { ($0, listener) } }
    ) { first, _ in first }
    return ready.compactMap { low in
      guard let port = low.port, port < 1024, let other = high[port + 10000] else { return nil }
      return (low, other)
    }
  }

  /// Listeners for which the proxy would listen on a port that something else in its Pod has
  /// (envoyproxy/gateway v1.8.1, internal/xds/bootstrap/bootstrap.go,
  /// internal/cmd/envoy/shutdown_manager.go; envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/extproc_builder.go).
  package func occupiedPorts(of gateway: Gateway) -> [(listener: Listener, user: String)] {
    var keepsPorts = false
    var showsMetrics = true
    switch proxySetup.source(of: gateway) {
    case .usual: break
    case .known(let proxy): (keepsPorts, showsMetrics) = (proxy.keepsPorts, proxy.showsMetrics)
    // It may say that there are no metrics.
    case .unknown: showsMetrics = false
    }
    func user(of port: Int) -> String? {
      switch port {
      case 19000: "Envoy's own administration"
      case 19001: showsMetrics ? "Envoy's metrics" : nil
      case 19002: "the proxy's shutdown manager"
      case 19003: "Envoy's readiness"
      case 9856: servesTools(gateway) ? "AI Gateway's MCP proxy" : nil
      case 1064: servesTools(gateway) || servesModels(gateway) ? "AI Gateway's filter" : nil
      case _: nil
      }
    }
    return gateway.listeners.filter { $0.isReady && $0.protocolFamily != "UDP" }.compactMap {
      listener in
      guard let port = listener.port,
        let user = user(of: port < 1024 && !keepsPorts ? port + 10000 : port)
      else { return nil }
      return (listener, user)
    }
  }

  private func servesTools(_ gateway: Gateway) -> Bool {
    mcpRoutes.contains { $0.attachment.gateways.contains(gateway.name) }
  }

  private func servesModels(_ gateway: Gateway) -> Bool {
    routes.contains { $0.route.attachment.gateways.contains(gateway.name) }
  }

  /// The EnvoyProxy by which a Gateway shares its proxies with others of its class, nil where it has
  /// its own. AI Gateway knows proxies by the name of their Gateway (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/gateway_mutator.go).
  package func mergingProxy(of gateway: Gateway) -> EnvoyProxy? {
    let setup = proxySetup
    guard let known = gateway.className.flatMap({ setup.classes[$0] }) else { return nil }
    return setup.mergingProxy(of: known)
  }

  /// Whether proxies run in the namespaces of their Gateways (envoyproxy/gateway v1.8.1,
  /// api/v1alpha1/envoygateway_types.go, KubernetesDeployMode).
  package var runsProxiesBesideGateways: Bool {
    installations.contains { _, installation in
      let type = installation.envoyGateway?.given("provider", "kubernetes", "deploy", "type")
      return type?.text == "GatewayNamespace"
    }
  }

  /// The Secrets into which AI Gateway writes the configurations of several Gateways, each in the place
  /// of the others, with these Gateways by their order; 1.1 writes a hash into the names
  /// (envoyproxy/ai-gateway v1.0.0, internal/controller/ai_gateway_route.go,
  /// FilterConfigSecretPerGatewayName; v1.1.0, internal/controller/secret_name.go).
  package var sharedConfigurations: [(secret: String, gateways: [ObjectKey])] {
    guard release < .v1_1, gateways.count > 1, !runsProxiesBesideGateways else { return [] }
    let used = Set(
      routes.flatMap(\.route.attachment.gateways) + mcpRoutes.flatMap(\.attachment.gateways))
    let known = gateways.filter { used.contains($0.key) }.sorted { $0.value.index < $1.value.index }
    return Dictionary(grouping: known.map(\.key)) { "\($0.name)-\($0.namespace)" }
      .filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
      .map { (secret: $0.key, gateways: $0.value) }
  }

  /// What a release does not do for a Gateway, nil where it serves it.
  package func unservedGateway(_ gateway: ObjectKey) -> String? {
    release == .v1_0 && gateway.namespace == "envoy-gateway-system"
      ? "AI Gateway 1.0.0 does not serve Gateways in \(gateway.namespace), 1.1 does" : nil
  }

  /// The ListenerSets among the documents whose listeners a Gateway has beside its own; those of a
  /// namespace whose labels decide and are not known are taken to be let in. Envoy Gateway 1.7 does not
  /// know the kind.
  package func listenerSets(of gateway: Gateway) -> [Document] {
    guard gateway.takesListenerSets, release >= .v0_7 else { return [] }
    return others(GroupKind(APIGroup.gatewayAPI, "ListenerSet")).filter { set in
      let parent = set.node["spec"]?.given("parentRef")
      let key = ObjectKey(
        parent?.given("namespace")?.text ?? set.key.namespace, parent?["name"]?.text ?? "")
      return key == gateway.name && takesListeners(gateway, of: set.key.namespace) ?? true
    }
  }

  /// Whether labels that are not known decide on one of these ListenerSets.
  package func guessesListenerSets(of gateway: Gateway) -> Bool {
    listenerSets(of: gateway).contains { takesListeners(gateway, of: $0.key.namespace) == nil }
  }

  /// Whether a Gateway takes listeners of the ListenerSets of a namespace, nil where labels decide that
  /// are not known.
  private func takesListeners(_ gateway: Gateway, of namespace: String) -> Bool? {
    switch gateway.listenerSource {
    case "Same": return namespace == gateway.name.namespace
    case "Selector":
      let path = Path.to("spec", "allowedListeners", "namespaces", "selector")
      guard let selector = gateway.node[path].map(LabelSelector.init), selector.isReadable else {
        return false
      }
      return selector.fits(namespace: namespace, labels: labels(ofNamespace: namespace))
    case _: return true
    }
  }

  /// Whether a controller's name is Envoy Gateway's.
  package func isServed(by controller: String) -> Bool { controllers.contains(controller) }

  /// The names by which Envoy Gateway goes: those of its configurations among the documents, or the
  /// usual one.
  package var controllers: [String] {
    let known = installations.compactMap(\.installation.controllerName)
    return known.isEmpty ? [GatewayClass.usualController] : known
  }

  /// Why Envoy Gateway does not see the objects of a namespace, nil where it may.
  package func unwatchedReason(for namespace: String) -> String? {
    let known = installations.filter { $0.installation.envoyGateway != nil }
    let lists = known.compactMap(\.installation.watchedNamespaces)
    guard !lists.isEmpty, lists.count == known.count,
      !lists.contains(where: { $0.contains(namespace) })
    else { return nil }
    return
      "Envoy Gateway watches \(lists[0].joined(separator: ", ")) only, so that it does not see "
      + "what is in \(namespace)"
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

  /// The Gateways through which routes reach each AIServiceBackend, whether they are among the
  /// documents or not.
  package var gatewaysOfServices: [ObjectKey: Set<ObjectKey>] {
    var found: [ObjectKey: Set<ObjectKey>] = [:]
    for (_, route) in routes {
      let gateways = route.parents.filter(\.isGateway).map(route.gateway)
      for rule in route.rules {
        for ref in rule.refs where !ref.isPool {
          found[ref.target(from: route.namespace), default: []].formUnion(gateways)
        }
      }
    }
    return found
  }
}

extension EnvoyProxy {
  /// Where it says whom logs, traces and metrics are sent to, with what Envoy Gateway says of
  /// backendRefs there that lead nowhere.
  var collectors: [(path: Path, part: String)] {
    let telemetry = Path.to("spec", "telemetry")
    func part(_ what: String) -> String {
      "Invalid \(what) backendRefs in the referenced EnvoyProxy"
    }
    var places: [(Path, String)] = []
    let logs = node[telemetry.appending("accessLog")]
    if logs?.given("disable")?.bool != true {
      for (index, log) in (logs?.list("settings") ?? []).enumerated() {
        for sink in log.list("sinks").indices {
          let place = telemetry.appending(.to("accessLog", "settings", index, "sinks", sink))
          places += ["als", "openTelemetry"].map { (place.appending($0), part("access log")) }
        }
      }
    }
    places.append((telemetry.appending(.to("tracing", "provider")), part("tracing")))
    let sinks = node[telemetry.appending(.to("metrics", "sinks"))]?.items ?? []
    places += sinks.indices.map {
      (telemetry.appending(.to("metrics", "sinks", $0, "openTelemetry")), part("metrics"))
    }
    return places
  }
}
