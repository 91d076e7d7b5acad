import Resources
import Schemas
import YAML

extension Rule {
  static let grantFromService = Rule(
    "L151", "grant-from-service", .warning, .controller,
    "a ReferenceGrant that allows the AIServiceBackend's namespace, not the route's",
    why: "The HTTPRoute refers to the Backend, and it is in the route's namespace, not in the "
      + "AIServiceBackend's. A grant for the latter has no effect, and requests get 500.",
    bad: "route in apps, AIServiceBackend in ai, Backend in net, grant from: [HTTPRoute of ai]",
    good: "grant from: [HTTPRoute of apps]",
    reference: Citation.envoyGateway("internal/gatewayapi/validate.go"),
    repair: .confirmed,
    .bundle { bundle, report in
      guard !bundle.grants.all.isEmpty, !bundle.services.isEmpty else { return }
      lazy var routeNamespaces = bundle.routeNamespaces
      for (index, grant) in bundle.grants.all
      where grant.to.contains(where: { $0.target == .backend }) {
        for (place, from) in grant.from.enumerated() where from.source == .httpRoute {
          let users = routeNamespaces[ObjectKey(grant.namespace, from.namespace)] ?? []
          guard !users.isEmpty, !users.contains(from.namespace) else { continue }
          let path = Path.to("spec", "from", place, "namespace")
          report.add(
            "the HTTPRoutes that lead to this Backend stand in "
              + "\(users.sorted().joined(separator: ", ")), not in \(from.namespace), where the "
              + "AIServiceBackend is; write that", at: path, in: index)
          guard users.count == 1, let namespace = users.first else { continue }
          report.attach(
            Fix(
              "write namespace \(namespace)", [.set(document: index, path, .string(namespace))],
              // Routes there may need it as well.
              caution: .guess))
        }
      }
    })
}

extension ResourceIndex {
  /// The namespaces of the routes that come by AIServiceBackends of one namespace to Backends of
  /// another; the keys are those of the Backends, then of the AIServiceBackends.
  fileprivate var routeNamespaces: [ObjectKey: Set<String>] {
    var found: [ObjectKey: Set<String>] = [:]
    for (_, route) in routes {
      for rule in route.rules {
        for ref in rule.refs where !ref.isPool {
          let target = ref.target(from: route.namespace)
          guard let backend = service(target)?.backend, backend.namespace != target.namespace else {
            continue
          }
          found[ObjectKey(backend.namespace, target.namespace), default: []].insert(route.namespace)
        }
      }
    }
    return found
  }
}
