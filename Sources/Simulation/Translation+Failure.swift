import Manifest

extension Translation {
  /// What stops the controller, in its own words (domain.md 2.6), nil where nothing does.
  ///
  /// An AIServiceBackend that is not among the documents may well be in the cluster; a grant that
  /// is not among them counts as missing.
  var failure: String? {
    for filter in [hostRewriteName, notFoundName] where filter.utf8.count > 253 {
      return "failed to create HTTPRouteFilter \(filter): "
        + "HTTPRouteFilter.gateway.envoyproxy.io \"\(filter)\" is invalid: metadata.name: "
        + "Invalid value: \"\(filter)\": must be no more than 253 characters"
    }
    if let missing = missingGrant {
      return "failed to construct a new HTTPRoute: \(missing)"
    }
    let refusals = Refusals(of: httpRoute(.stored)).texts
    guard let first = refusals.first else { return nil }
    let list = refusals.count == 1 ? first : "[\(refusals.joined(separator: ", "))]"
    return "failed to create HTTPRoute: HTTPRoute.gateway.networking.k8s.io \"\(name.name)\" is "
      + "invalid: \(list)"
  }

  private var missingGrant: String? {
    for rule in rules {
      for ref in rule.list("backendRefs") {
        let target = Reference(ref, of: name.namespace)
        let home = target.name.namespace
        let kind = target.isPool ? Known.Kind.pool : .service
        guard home != name.namespace,
          !known.allows(.route, of: name.namespace, to: kind, in: home)
        else { continue }
        let what = target.name.name
        return (target.isPool ? "" : "failed to get AIServiceBackend \(what).\(home): ")
          + "cross-namespace reference from AIGatewayRoute in namespace \(name.namespace) to "
          + "\(kind.name) \(what) in namespace \(home) is not permitted: no valid ReferenceGrant "
          + "found in namespace \(home). A ReferenceGrant must allow AIGatewayRoute from "
          + "namespace \(name.namespace) to reference \(kind.name) in namespace \(home)"
      }
    }
    return nil
  }

  /// What the documents leave open, in the order of the route.
  var warnings: [Generated.Warning] {
    var warnings: [Generated.Warning] = []
    var seen: Set<ObjectKey> = []
    for (index, rule) in rules.enumerated() {
      for (place, ref) in rule.list("backendRefs").enumerated() {
        let target = Reference(ref, of: name.namespace)
        guard !target.isPool, known.services[target.name] == nil,
          seen.insert(target.name).inserted
        else { continue }
        warnings.append(
          Generated.Warning(
            path: Path([
              .key("spec"), .key("rules"), .index(index), .key("backendRefs"), .index(place),
              .key("name"),
            ]),
            message: "AIServiceBackend \(target.name) is not among the documents, so its Backend "
              + "is not known"))
      }
    }
    return warnings
  }
}
