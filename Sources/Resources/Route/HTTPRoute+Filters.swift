import Schemas
package import YAML

// Why Envoy Gateway does not do what the filters of a rule of a plain HTTPRoute say.

extension ResourceIndex {
  /// What fails in the filters of a rule, for which all its requests get 500.
  func filterFailures(of rule: PlainRule) -> [RuleFailure] {
    let all = rule.node.list("filters")
    // What follows an answer is not looked at.
    let answer = all.firstIndex {
      specOfFilter($0, in: rule.route)?.given("directResponse") != nil
    }
    let filters = answer.map { Array(all[...$0]) } ?? all
    let single = filters.enumerated().flatMap { place, filter in
      let place = Path.to("filters", place)
      let own = FilterFailure(of: filter, at: place).map {
        rule.failure(at: $0.path, .answered, $0.reason)
      }
      return [failure(of: filter, at: place, .answered, in: rule), own].compactMap { $0 }
    }
    return single
      + failures(among: filters, at: .to("filters"), in: rule.route).map {
        rule.failure(at: $0.path, .answered, $0.reason)
      }
  }

  /// What fails in a filter of a rule or of one of its backendRefs for what it names.
  func failure(
    of filter: Node, at path: Path, _ effect: RuleFailure.Effect, in rule: PlainRule
  ) -> RuleFailure? {
    failure(of: filter, at: path, in: rule.route).map {
      rule.failure(at: $0.path, effect, $0.reason, isCertain: $0.isCertain)
    }
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

  /// Why Envoy Gateway mirrors no requests to a backend, for which the whole rule is answered with 500.
  private func mirrorFailure(of ref: Node, in route: HTTPRoute)
    -> (field: String, reason: String, isCertain: Bool)?
  {
    let kind = ref.given("kind")?.text ?? "Service"
    let object = route.object(of: ref)
    if !["Service", "ServiceImport", GroupKind.backend.kind].contains(kind), !Variable.isIn(kind) {
      return (
        "kind", "Envoy Gateway cannot mirror requests to a \(kind); name a Service or Backend", true
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
