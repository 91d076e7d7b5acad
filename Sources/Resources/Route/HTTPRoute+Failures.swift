import Schemas
package import YAML

/// Why Envoy Gateway does not do with a rule of a plain HTTPRoute what it says (envoyproxy/gateway
/// v1.8.1, internal/gatewayapi/route.go, filters.go, validate.go).
package struct RuleFailure: Sendable {
  package enum Effect: Sendable {
    /// Requests that the rule takes are answered with 500.
    case answered
    /// The rule is not there, so that other rules take its requests.
    case dropped
    /// The share of one backendRef is answered with 500.
    case shared
    /// The share of one backendRef is answered with 503.
    case unavailable
    /// Requests that the rule takes are answered with 503.
    case closed
    /// One backendRef gets none of the requests.
    case passedOver
  }

  /// The index of the rule in its route.
  package let rule: Int
  package let path: Path
  package let effect: Effect
  package let reason: String
  /// Whether nothing in a cluster changes it.
  package let isCertain: Bool
}

extension ResourceIndex {
  /// What fails in the rules of a plain HTTPRoute, as far as the documents say.
  package func failures(of route: HTTPRoute) -> [RuleFailure] {
    (route.node["spec"]?.list("rules") ?? []).enumerated().flatMap { number, rule in
      let path = Path.to("spec", "rules", number)
      var found: [(path: Path, effect: RuleFailure.Effect, reason: String, isCertain: Bool)] = []
      for (place, match) in rule.list("matches").enumerated() {
        for (path, problem) in unreadable(match, at: path.appending(.to("matches", place))) {
          found.append((path, .dropped, problem, true))
        }
      }
      let cookies = cookieMatches(of: rule, in: route).flatMap { $0.list("cookies") }
      if let problem = cookies.lazy.compactMap(\.unreadableExpression).first {
        found.append(
          (
            path.appending("filters"), .dropped, "of a cookie in its HTTPRouteFilter \(problem)",
            true
          ))
      }
      if rule.given("sessionPersistence", "idleTimeout") != nil {
        found.append(
          (
            path.appending(.to("sessionPersistence", "idleTimeout")), .dropped,
            "Envoy Gateway has no idleTimeout of sessions; leave it out", true
          ))
      }
      for (place, filter) in rule.list("filters").enumerated() {
        let place = path.appending(.to("filters", place))
        if let (path, reason, isCertain) = failure(of: filter, at: place, in: route) {
          found.append((path, .answered, reason, isCertain))
        }
        if let failure = FilterFailure(of: filter, at: place) {
          found.append((failure.path, .answered, failure.reason, true))
        }
      }
      let together = failures(
        among: rule.list("filters"), at: path.appending("filters"), in: route)
      found += together.map { ($0.path, .answered, $0.reason, true) }
      for (place, ref) in rule.list("backendRefs").enumerated()
      where ref["weight"]?.integer != 0 && !takes(ref) {
        found.append(
          (
            path.appending(.to("backendRefs", place, "kind")), .shared,
            "Envoy Gateway takes no \(ref["kind"]?.text ?? "") here; name a Service or Backend",
            true
          ))
      }
      for (path, effect, reason) in poolFailures(of: rule, at: path, in: route) {
        found.append((path, effect, reason, true))
      }
      if let place = dynamicBackend(besideOthersIn: rule, of: route) {
        found.append(
          (
            path.appending(.to("backendRefs", place)), .answered,
            "a Backend of type DynamicResolver cannot be combined with others; give it a rule of "
              + "its own", true
          ))
      }
      for (place, ref) in rule.list("backendRefs").enumerated() where ref["weight"]?.integer != 0 {
        let name = path.appending(.to("backendRefs", place, "name"))
        if let failure = endpointFailure(of: ref, in: route), !isServiceRouted(rule, of: route) {
          found.append((name, failure.effect, failure.reason, true))
        }
        if let kind = ref.given("kind")?.text, takes(ref), mayBeExtension(ref),
          !["ServiceImport", GroupKind.inferencePool.kind].contains(kind), !Variable.isIn(kind),
          !installations.contains(where: {
            $0.installation.brings(GroupKind(ref.given("group")?.text ?? "", kind))
          })
        {
          found.append(
            (
              path.appending(.to("backendRefs", place, "kind")), .shared,
              "Envoy Gateway knows no \(kind) unless an extension brings it; name a Service or "
                + "Backend", false
            ))
        }
        if let (key, reason) = portFailure(of: ref, in: route) {
          found.append((path.appending(.to("backendRefs", place, key)), .shared, reason, true))
        }
        for (index, filter) in ref.list("filters").enumerated() {
          let place = path.appending(.to("backendRefs", place, "filters", index))
          let own = FilterFailure(ofBackend: filter, at: place)
          if let failure = own ?? FilterFailure(of: filter, at: place) {
            found.append((failure.path, .shared, failure.reason, true))
          } else if let (path, reason, isCertain) = failure(of: filter, at: place, in: route) {
            found.append((path, .shared, reason, isCertain))
          }
        }
      }
      return found.map {
        RuleFailure(
          rule: number, path: $0.path, effect: $0.effect, reason: $0.reason,
          isCertain: $0.isCertain)
      }
    }
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
  private func poolFailures(of rule: Node, at path: Path, in route: HTTPRoute)
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
        path.appending(.to("backendRefs", place)), isNamed ? .closed : .passedOver,
        (isNamed
          ? "Envoy does not take the hosts of Backend \(object.name) beside InferencePool \(pool)"
          : "the picker of InferencePool \(pool) is asked about every request")
          + "; give each a rule of its own"
      )
    }
  }

  /// Why the Service of a backendRef is not asked, and the field; nil where it is, or is not here.
  private func portFailure(of ref: Node, in route: HTTPRoute) -> (field: String, reason: String)? {
    guard let service = ref.service(from: route.key.namespace), let port = ref["port"]?.integer,
      let ports = servicePorts[service], !ports.isEmpty, !ports.contains(port)
    else { return nil }
    return ("port", "Service \(service.name) has no port \(port); use one of its own")
  }

  /// Regular expressions of a match that cannot be read.
  private func unreadable(_ match: Node, at path: Path) -> [(Path, String)] {
    let lists = ["headers", "queryParams"].flatMap { key in
      match.list(key).indices.map { Path.to(key, $0) }
    }
    return ([.to("path")] + lists).compactMap { place in
      match[place]?.unreadableExpression.map { (path.appending(place).appending("value"), $0) }
    }
  }

  /// Why Envoy Gateway copies no requests to a backend, for which the whole rule is answered with 500.
  private func mirrorFailure(of ref: Node, in route: HTTPRoute)
    -> (field: String, reason: String, isCertain: Bool)?
  {
    let kind = ref.given("kind")?.text ?? "Service"
    let object = route.object(of: ref)
    if !["Service", "ServiceImport", GroupKind.backend.kind].contains(kind), !Variable.isIn(kind) {
      return (
        "kind", "Envoy Gateway copies requests to no \(kind); name a Service or Backend", true
      )
    }
    if let (field, reason) = portFailure(of: ref, in: route) { return (field, reason, true) }
    if kind == GroupKind.backend.kind, let backend = backends[object]?.backend,
      let refusal = refusal(of: backend)
    {
      return (
        "name",
        "Envoy Gateway refuses Backend \(object.name) (\(refusal.condition)); "
          + refusal.advice, true
      )
    }
    if isBackendLikelyMissing(kind, object) {
      return ("name", "\(kind) \(object.name) is not in namespace \(object.namespace) here", false)
    }
    let target = GroupKind(ref.given("group")?.text ?? "", kind)
    let isLent =
      object.namespace == route.key.namespace
      || grants.allow(
        .httpRoute, from: route.key.namespace, to: target, in: object.namespace, name: object.name)
    return isLent
      ? nil
      : (
        "namespace",
        "no ReferenceGrant here lets HTTPRoutes of \(route.key.namespace) refer to \(kind) \(object)",
        false
      )
  }

  private func failure(of filter: Node, at path: Path, in route: HTTPRoute)
    -> (path: Path, reason: String, isCertain: Bool)?
  {
    if let ref = filter.given("requestMirror", "backendRef") {
      return mirrorFailure(of: ref, in: route).map {
        (path.appending(.to("requestMirror", "backendRef", $0.field)), $0.reason, $0.isCertain)
      }
    }
    guard let ref = filter.given("extensionRef") else { return nil }
    let kind = GroupKind(ref["group"]?.text ?? "", ref["kind"]?.text ?? "")
    let place = path.appending("extensionRef")
    guard kind == .httpRouteFilter else {
      return (
        place.appending("kind"),
        "Envoy Gateway knows no \(kind.kind) unless an extension brings it; name an "
          + "HTTPRouteFilter", false
      )
    }
    let key = ObjectKey(route.key.namespace, ref["name"]?.text ?? "")
    guard let document = routeFilter(key) else {
      return ObjectKey.isLikelyMissing(key, among: others(.httpRouteFilter).map(\.key))
        ? (
          place.appending("name"),
          "HTTPRouteFilter \(key.name) is not in namespace \(key.namespace) here", false
        ) : nil
    }
    return failure(of: document).map {
      (place.appending("name"), "in HTTPRouteFilter \(document.name) \($0.reason)", $0.isCertain)
    }
  }

  /// Why an HTTPRouteFilter fails, with the place in it.
  package func failure(of filter: Document) -> (path: Path, reason: String, isCertain: Bool)? {
    let spec = filter.node["spec"]
    let pattern = Path.to("urlRewrite", "path", "replaceRegexMatch", "pattern")
    if let problem = spec?[pattern]?.text?.problemAsExpression {
      return (.to("spec").appending(pattern), problem, true)
    }
    if let body = spec?.given("directResponse", "body"), body.given("type")?.text == "ValueRef",
      let name = body.given("valueRef", "name")?.text
    {
      let key = ObjectKey(filter.namespace, name)
      let path = Path.to("spec", "directResponse", "body", "valueRef", "name")
      if let stored = stored("ConfigMap", key) {
        if stored.entries.isEmpty { return (path, "ConfigMap \(name) is empty", true) }
      } else if isStoreLikelyMissing("ConfigMap", key) {
        return (path, "ConfigMap \(name) is not here", false)
      }
    }
    if let ref = spec?.given("credentialInjection", "credential", "valueRef"),
      let name = ref["name"]?.text
    {
      let key = ObjectKey(ref.given("namespace")?.text ?? filter.namespace, name)
      let path = Path.to("spec", "credentialInjection", "credential", "valueRef", "name")
      if key.namespace != filter.namespace,
        !grants.allow(
          .httpRouteFilter, from: filter.namespace, to: .secret, in: key.namespace, name: name)
      {
        return (
          path,
          "no ReferenceGrant here lets HTTPRouteFilters of \(filter.namespace) refer to Secret "
            + "\(name) of \(key.namespace)", false
        )
      }
      if let stored = stored("Secret", key) {
        if stored.lacks("credential") {
          return (path, "Secret \(name) has nothing under credential", true)
        }
      } else if isStoreLikelyMissing("Secret", key) {
        return (path, "Secret \(name) is not here", false)
      }
    }
    return nil
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
          isServiceRouted(rule, of: route)
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

  /// Whether requests of a rule are sent to the addresses of Services at some Gateway, and not to their
  /// endpoints (envoyproxy/gateway v1.8.1, internal/gatewayapi/backendtrafficpolicy.go,
  /// LookupBTPRoutingType; translator.go, IsServiceRouting).
  private func isServiceRouted(_ rule: Node, of route: HTTPRoute) -> Bool {
    route.attachment.parents.contains { parent in
      guard parent.isGateway else { return false }
      let gateway = parent.gateway(from: route.key.namespace)
      let targets =
        [rule["name"]?.text.map { PolicyTarget.route(route.key, rule: $0) }, .route(route.key)]
        + [parent.sectionName.map { .gateway(gateway, listener: $0) }, .gateway(gateway)]
      let written = targets.compactMap { $0 }.lazy.compactMap { target in
        self.backendPolicies[target]?.policy.spec.given("routingType")?.text
      }.first
      let proxy = gateways[gateway].flatMap { knownProxy(of: $0.gateway) }
      return written.map { $0 == "Service" } ?? proxy?.routesToServices ?? false
    }
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
