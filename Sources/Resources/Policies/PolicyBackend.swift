import Schemas
package import YAML

/// A backend that a policy itself calls: to authorize, for keys, for a login, or to process
/// requests; or that an EnvoyProxy sends logs, traces and metrics to.
package struct PolicyBackend: Sendable {
  /// `Service`, `Backend`, or what else is written.
  package let kind: String
  package let object: ObjectKey
  /// Where the reference stands.
  package let path: Path
  /// Whether requests pass where it cannot be asked.
  package let failsOpen: Bool
  /// The part of the policy that asks, in Envoy Gateway's words.
  fileprivate let part: String
  fileprivate let port: Int?

  private init(
    _ ref: Node, at path: Path, for part: String, namespace: String, failsOpen: Bool
  ) {
    kind = ref.given("kind")?.text ?? "Service"
    object = ObjectKey(ref.given("namespace")?.text ?? namespace, ref["name"]?.text ?? "")
    port = ref["port"]?.integer
    self.path = path
    self.part = part
    self.failsOpen = failsOpen
  }

  /// All that a policy names.
  package static func all(in policy: Policy) -> [PolicyBackend] {
    policy.kind == .extensions
      ? processors(in: policy.spec, namespace: policy.namespace)
      : all(in: policy.spec, namespaces: PartNamespaces(policy))
  }

  /// Those that an EnvoyExtensionPolicy lets work on requests.
  static func processors(in spec: Node, namespace: String) -> [PolicyBackend] {
    spec.list("extProc").enumerated().flatMap { index, processor in
      processor.list("backendRefs").enumerated().map { place, ref in
        PolicyBackend(
          ref, at: .to("spec", "extProc", index, "backendRefs", place), for: "ExtProc",
          namespace: namespace,
          failsOpen: processor.given("failOpen")?.bool ?? false)
      }
    }
  }

  /// Those to which an EnvoyProxy has logs, traces and metrics sent, which need no ReferenceGrant
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/listener.go).
  package static func collectors(of proxy: EnvoyProxy) -> [PolicyBackend] {
    proxy.collectors.flatMap { place, part in
      (proxy.node[place]?.list("backendRefs") ?? []).enumerated().map { index, ref in
        PolicyBackend(
          ref, at: place.appending(.to("backendRefs", index)), for: part,
          namespace: proxy.key.namespace, failsOpen: true)
      }
    }
  }

  /// All that the spec of a SecurityPolicy names.
  static func all(in spec: Node, namespaces: PartNamespaces) -> [PolicyBackend] {
    var found: [PolicyBackend] = []
    func look(_ part: String, _ place: Path, failsOpen: Bool = false) {
      guard let asked = spec[place], case .key(let field)? = place.steps.first else { return }
      let namespace = namespaces[field]
      let path = Path.to("spec").appending(place)
      for (index, ref) in asked.list("backendRefs").enumerated() {
        found.append(
          PolicyBackend(
            ref, at: path.appending(.to("backendRefs", index)), for: part, namespace: namespace,
            failsOpen: failsOpen))
      }
      // The old field counts where the list is empty.
      guard part == "ExtAuth", asked.list("backendRefs").isEmpty,
        let ref = asked.given("backendRef")
      else { return }
      found.append(
        PolicyBackend(
          ref, at: path.appending("backendRef"), for: part, namespace: namespace,
          failsOpen: failsOpen))
    }
    let failsOpen = spec.given("extAuth", "failOpen")?.bool ?? false
    look("ExtAuth", .to("extAuth", "http"), failsOpen: failsOpen)
    look("ExtAuth", .to("extAuth", "grpc"), failsOpen: failsOpen)
    look("OIDC", .to("oidc", "provider"))
    for index in (spec.given("jwt")?.list("providers") ?? []).indices {
      look("JWT", .to("jwt", "providers", index, "remoteJWKS"))
    }
    return found
  }
}

extension PolicyBackend {
  /// What a ReferenceGrant has to name.
  package var target: GroupKind { kind == "Backend" ? .backend : GroupKind("", kind) }
}

extension ResourceIndex {
  /// Whether a backend of a policy stands in another namespace, and no grant here lets it.
  package func lacksGrant(for backend: PolicyBackend, of policy: Policy) -> Bool {
    lacksGrant(for: backend.object, backend.target, of: policy)
  }

  /// The same of a Secret or ConfigMap that a policy reads.
  package func lacksGrant(for store: StoreUse, of policy: Policy) -> Bool {
    lacksGrant(for: store.object, GroupKind("", store.kind), of: policy)
  }

  private func lacksGrant(for object: ObjectKey, _ kind: GroupKind, of policy: Policy) -> Bool {
    object.namespace != policy.namespace
      && !grants.allow(
        policy.kind.groupKind, from: policy.namespace, to: kind,
        in: object.namespace, name: object.name)
  }

  /// Why Envoy Gateway refuses what a policy asks, one by one or together
  /// (internal/gatewayapi/ext_service.go).
  func refusals(of asked: [PolicyBackend]) -> [PolicyRefusal] {
    asked.compactMap(refusal)
      + Dictionary(grouping: asked) { $0.path.parent }
      .sorted { $0.key.description < $1.key.description }
      .compactMap { path, group in
        let known = group.compactMap { backends[$0.object]?.backend }
        var kinds = known.reduce(into: Set<Backend.AddressKind>()) { $0.formUnion($1.addressKinds) }
        if group.contains(where: { $0.kind == "Service" }) { kinds.insert(.ip) }
        return kinds.count > 1
          ? PolicyRefusal(
            path,
            "\(group[0].part): external service destinations having multiple endpoint types are "
              + "not supported", "name Backends of one kind: host names, addresses or sockets")
          : nil
      }
  }

  /// Why Envoy Gateway leaves out what a policy asks for with `failOpen`, so that every request
  /// passes without it.
  package func skips(of policy: Policy) -> [PolicyRefusal] {
    refusals(of: PolicyBackend.all(in: policy).filter(\.failsOpen))
  }

  /// How many bytes of a body an authorization service is sent by the SecurityPolicies that hold for
  /// a rule; nil where one is refused or left out in part, so that none limits bodies.
  package func authorizedBody(of policies: [PolicyAttachments.Holder]) -> Int? {
    guard let limit = spec(of: policies).authorizedBody, refusals(of: policies).isEmpty,
      policies.allSatisfy({ skips(of: $0.policy).isEmpty })
    else { return nil }
    return limit
  }

  /// Why Envoy Gateway leaves out the logs, traces or metrics that an EnvoyProxy asks for, as far as
  /// the documents say; requests are served without them.
  package func lostTelemetry(of proxy: EnvoyProxy) -> [PolicyRefusal] {
    var refusals = PolicyBackend.collectors(of: proxy).compactMap(refusal)
    for (place, part) in proxy.collectors {
      refusals.checkClusterSettings(
        proxy.node[place]?.given("backendSettings"),
        at: place.appending("backendSettings"), for: part)
    }
    return refusals + proxy.unreadableMatches
  }

  /// Why Envoy Gateway refuses a Service of a policy of which it finds no endpoints, nil where it may
  /// find some; where requests go to the addresses of Services, this one has none.
  private func endpointRefusal(of backend: PolicyBackend) -> PolicyRefusal? {
    guard lacksEndpoints(backend.object) else { return nil }
    return PolicyRefusal(
      backend.path.appending("name"),
      proxySetup.proxies.values.contains(where: \.routesToServices)
        ? "\(backend.part): field Address must be a valid IP or FQDN address"
        : "\(backend.part): no ready endpoints for the related Service \(backend.object)",
      "name a Backend with the host, as the Service is of type ExternalName")
  }

  /// Why Envoy Gateway refuses a backend of a policy that stands among the documents
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/validate.go).
  func refusal(of backend: PolicyBackend) -> PolicyRefusal? {
    switch backend.kind {
    case "Backend":
      let known = backends[backend.object]?.backend
      if let setting = known?.invalidSettings.first(where: { $0.component == .envoyGateway }) {
        return PolicyRefusal(
          backend.path.appending("name"), "\(backend.part): field Port specified is invalid",
          setting.advice)
      }
      guard known?.isDynamic == true else { return nil }
      return PolicyRefusal(
        backend.path.appending("name"),
        "\(backend.part): dynamic resolver backend \(backend.object) is not supported",
        "name a Backend with endpoints")
    case "Service":
      guard let ports = servicePorts[backend.object], let port = backend.port else { return nil }
      guard !ports.contains(port) else { return endpointRefusal(of: backend) }
      return PolicyRefusal(
        backend.path.appending("port"),
        "\(backend.part): TCP Port \(port) not found on service \(backend.object)",
        "use a port that the Service has", ports.count == 1 ? ports.first.map(Node.integer) : nil)
    default: return nil
    }
  }
}
