import Schemas
import YAML

// Why Envoy Gateway does not send requests where the backendRefs of a rule of a plain HTTPRoute say.

extension ResourceIndex {
  /// What fails in the backendRefs of a rule.
  func backendFailures(of rule: PlainRule) -> [RuleFailure] {
    let refs = rule.node.list("backendRefs").enumerated().filter { $1["weight"]?.integer != 0 }
    var failures = refs.filter { !takes($1) }.map { place, ref in
      rule.failure(
        at: .to("backendRefs", place, "kind"), .shared,
        "Envoy Gateway takes no \(ref["kind"]?.text ?? "") here; name a Service or Backend")
    }
    failures += poolFailures(of: rule.node, in: rule.route).map {
      rule.failure(at: $0.path, $0.effect, $0.reason)
    }
    if let place = dynamicBackend(besideOthersIn: rule.node, of: rule.route) {
      failures.append(
        rule.failure(
          at: .to("backendRefs", place), .answered,
          "a Backend of type DynamicResolver cannot be combined with others; give it a rule of its "
            + "own"))
    }
    return failures + refs.flatMap { self.failures(of: $1, at: .to("backendRefs", $0), in: rule) }
  }

  /// What fails for the share of one backendRef.
  private func failures(of ref: Node, at path: Path, in rule: PlainRule) -> [RuleFailure] {
    var failures: [RuleFailure] = []
    if let failure = endpointFailure(of: ref, in: rule.route),
      !sendsToServices(rule.node, of: rule.route)
    {
      failures.append(rule.failure(at: path.appending("name"), failure.effect, failure.reason))
    }
    if let kind = unknownKind(of: ref) {
      failures.append(
        rule.failure(
          at: path.appending("kind"), .shared,
          "Envoy Gateway knows no \(kind) unless an extension brings it; name a Service or Backend",
          isCertain: false))
    }
    if let (key, reason) = portFailure(of: ref, in: rule.route) {
      failures.append(rule.failure(at: path.appending(key), .shared, reason))
    }
    return failures
      + ref.list("filters").enumerated().compactMap { index, filter in
        let place = path.appending(.to("filters", index))
        let own =
          FilterFailure(ofBackend: filter, at: place) ?? FilterFailure(of: filter, at: place)
        return own.map { rule.failure(at: $0.path, .shared, $0.reason) }
          ?? failure(of: filter, at: place, .shared, in: rule)
      }
  }

  /// The kind of a backendRef that some extension has to bring and none here does.
  private func unknownKind(of ref: Node) -> String? {
    guard let kind = ref.given("kind")?.text, takes(ref), mayBeExtension(ref),
      !["ServiceImport", GroupKind.inferencePool.kind].contains(kind), !Variable.isIn(kind),
      !installations.contains(where: {
        $0.installation.brings(GroupKind(ref.given("group")?.text ?? "", kind))
      })
    else { return nil }
    return kind
  }

  /// A backendRef of a Backend that finds its endpoints by the request, in a rule that has others, be it
  /// with weight 0.
  private func dynamicBackend(besideOthersIn rule: Node, of route: HTTPRoute) -> Int? {
    let refs = rule.list("backendRefs")
    guard refs.count > 1 else { return nil }
    return refs.firstIndex { ref in
      return ref["weight"]?.integer != 0 && ref.given("kind")?.text == GroupKind.backend.kind
        && backends[route.object(of: ref)]?.backend.isDynamic == true
    }
  }

  /// Whether Envoy Gateway knows the kind of a backendRef; what extensions add is up to its
  /// configuration.
  private func takes(_ ref: Node) -> Bool {
    guard let kind = ref.given("kind")?.text, !Variable.isIn(kind) else { return true }
    return ["Service", "Backend", "ServiceImport"].contains(kind) || mayBeExtension(ref)
  }

  /// Whether an extension of Envoy Gateway may bring the kind of a backendRef; AI Gateway's brings
  /// InferencePools.
  private func mayBeExtension(_ ref: Node) -> Bool {
    let group = ref.given("group")?.text ?? ""
    return ![APIGroup.aiGateway, APIGroup.envoyGateway, ""].contains(group)
  }

  /// Why no endpoint is found of the Service of a backendRef, nil where some may be.
  private func endpointFailure(of ref: Node, in route: HTTPRoute)
    -> (effect: RuleFailure.Effect, reason: String)?
  {
    guard let service = ref.service(from: route.key.namespace), lacksEndpoints(service),
      portFailure(of: ref, in: route) == nil
    else { return nil }
    let advice = "name a Backend with its host"
    return servicePorts[service]?.isEmpty == true
      ? (.shared, "Service \(service.name) of type ExternalName has no port; \(advice)")
      : (
        .unavailable,
        "Envoy Gateway finds no endpoints of Service \(service.name), which is of type ExternalName "
          + "(1.8.2 refuses it, and answers 500); \(advice)"
      )
  }

  /// What becomes of the backendRefs beside an InferencePool in a rule: Envoy Gateway makes one cluster
  /// of all or leaves the pool out of those of each, and AI Gateway lets the pool's picker choose the
  /// endpoint in any of them (envoyproxy/gateway v1.8.1, internal/xds/translator/route.go;
  /// envoyproxy/ai-gateway v1.1.0, internal/extensionserver/post_cluster_modify.go). With the hosts of
  /// a Backend Envoy refuses such a cluster (envoyproxy/envoy v1.38.1, source/common/upstream/upstream_impl.cc).
  private func poolFailures(of rule: Node, in route: HTTPRoute)
    -> [(path: Path, effect: RuleFailure.Effect, reason: String)]
  {
    let refs = rule.list("backendRefs").enumerated().filter { $1["weight"]?.integer != 0 }
    let pools = refs.filter { _, ref in
      ref["kind"]?.text == GroupKind.inferencePool.kind
        && ref["group"]?.text == GroupKind.inferencePool.group
    }
    guard pools.count == 1, refs.count > 1, let pool = pools.first?.element["name"]?.text else {
      return []
    }
    return refs.filter { $0.offset != pools[0].offset }.map { place, ref in
      let object = route.object(of: ref)
      let isNamed =
        ref.given("kind")?.text == GroupKind.backend.kind
        && !(backends[object]?.backend.hosts ?? []).isEmpty
      return (
        .to("backendRefs", place), isNamed ? .closed : .passedOver,
        (isNamed
          ? "Envoy does not take the hosts of Backend \(object.name) beside InferencePool \(pool)"
          : "the picker of InferencePool \(pool) is asked about every request")
          + "; give each a rule of its own"
      )
    }
  }

  /// Why the Service of a backendRef is not asked, and the field; nil where it is, or is not here.
  func portFailure(of ref: Node, in route: HTTPRoute) -> (field: String, reason: String)? {
    guard let service = ref.service(from: route.key.namespace), let port = ref["port"]?.integer,
      let ports = servicePorts[service], !ports.isEmpty, !ports.contains(port)
    else { return nil }
    return ("port", "Service \(service.name) has no port \(port); use one of its own")
  }
}

extension ResourceIndex {
  /// Backends by Services of type ExternalName where requests go to the addresses of Services, of which
  /// these have none (envoyproxy/gateway v1.8.1, internal/ir/xds.go, DestinationEndpoint.Validate).
  func routingSettings(of route: HTTPRoute) -> [InvalidSetting] {
    (route.node["spec"]?.list("rules") ?? []).enumerated().flatMap { number, rule in
      rule.list("backendRefs").enumerated().compactMap { place, ref -> InvalidSetting? in
        guard ref["weight"]?.integer != 0,
          endpointFailure(of: ref, in: route)?.effect == .unavailable,
          sendsToServices(rule, of: route)
        else { return nil }
        return InvalidSetting(
          path: .to("spec", "rules", number, "backendRefs", place, "name"),
          component: .envoyGateway,
          advice:
            "by routingType Service requests go to the addresses of Services, and one of type "
            + "ExternalName has none; name a Backend with its host", replacement: nil)
      }
    }
  }

  private func sendsToServices(_ rule: Node, of route: HTTPRoute) -> Bool {
    let own = rule["name"]?.text.map { [PolicyTarget.route(route.key, rule: $0)] } ?? []
    return sendsToServices(route.attachment, targets: own + [.route(route.key)])
  }

  /// Whether requests of a route are sent to the addresses of Services at some Gateway, and not to their
  /// endpoints; `targets` are those of its policies, the nearest first. Before 1.9 Envoy Gateway looks for
  /// the routingType of policies in the namespace of the target alone (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/backendtrafficpolicy.go, BuildBTPRoutingTypeIndex, LookupBTPRoutingType;
  /// translator.go, IsServiceRouting).
  package func sendsToServices(_ attachment: GatewayAttachment, targets own: [PolicyTarget]) -> Bool
  {
    attachment.parents.contains { parent in
      guard parent.isGateway else { return false }
      let gateway = parent.gateway(from: attachment.namespace)
      let targets =
        own + (parent.sectionName.map { [.gateway(gateway, listener: $0)] } ?? [])
        + [.gateway(gateway)]
      let written = targets.lazy.compactMap { target in
        self.backendPolicies[target]?.policy.routingType(at: target)
      }.first
      let proxy = gateways[gateway].flatMap { knownProxy(of: $0.gateway) }
      return written.map { $0 == "Service" } ?? proxy?.routesToServices ?? false
    }
  }
}

extension Policy {
  /// The routingType that a BackendTrafficPolicy sets at a target, nil where it sets none.
  fileprivate func routingType(at target: PolicyTarget) -> String? {
    target.object.namespace == namespace ? spec.given("routingType")?.text : nil
  }
}

extension Node {
  /// The Service that a backendRef names, nil for anything else.
  fileprivate func service(from namespace: String) -> ObjectKey? {
    guard given("kind")?.text ?? "Service" == "Service", given("group")?.text ?? "" == "",
      let name = self["name"]?.text
    else { return nil }
    return ObjectKey(given("namespace")?.text ?? namespace, name)
  }
}
