import Schemas
import YAML

extension HTTPRouteBuilder {
  /// What stops the controller, in its own words (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/controller.go), nil where nothing does.
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
    // The server makes up a name, which says nothing of those here.
    if name.name.isEmpty { return nil }
    let object = httpRoute(.stored)
    let violations = ResourceKind.httpRoute.root.violations(in: object, release: index.release)
    let refusals = violations.serverTexts(about: object)
    guard let first = refusals.first else { return nil }
    let list = refusals.count == 1 ? first : "[\(refusals.joined(separator: ", "))]"
    return "failed to create HTTPRoute: HTTPRoute.gateway.networking.k8s.io \"\(name.name)\" is "
      + "invalid: \(list)"
  }

  private var missingGrant: String? {
    for rule in route.rules {
      // Before 1.1 nobody asks for a pool's grant.
      for ref in rule.refs where !ref.isPool || index.release >= .v1_1 {
        let target = ref.target(from: name.namespace)
        let namespace = target.namespace
        let kind = ref.isPool ? GroupKind.inferencePool : .aiServiceBackend
        guard namespace != name.namespace,
          !index.grants.allow(
            .aiGatewayRoute, from: name.namespace, to: kind, in: namespace, name: nil)
        else { continue }
        let what = target.name
        return (ref.isPool ? "" : "failed to get AIServiceBackend \(what).\(namespace): ")
          + "cross-namespace reference from AIGatewayRoute in namespace \(name.namespace) to "
          + "\(kind.kind) \(what) in namespace \(namespace) is not permitted: no valid ReferenceGrant "
          + "found in namespace \(namespace). A ReferenceGrant must allow AIGatewayRoute from "
          + "namespace \(name.namespace) to reference \(kind.kind) in namespace \(namespace)"
      }
    }
    return nil
  }

  /// What the documents leave open, in the order of the route.
  var warnings: [Generated.Warning] {
    var warnings: [Generated.Warning] = []
    var seen: Set<ObjectKey> = []
    for rule in route.rules {
      for (place, ref) in rule.refs.enumerated() where !ref.isPool {
        let target = ref.target(from: name.namespace)
        guard index.service(target) == nil, seen.insert(target).inserted else { continue }
        warnings.append(
          Generated.Warning(
            path: .to("spec", "rules", rule.index, "backendRefs", place, "name"),
            message: "AIServiceBackend \(target) is not among the documents, so its Backend "
              + "is not known"))
      }
    }
    return warnings
  }
}
