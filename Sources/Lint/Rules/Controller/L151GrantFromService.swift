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
    reference: Upstream.envoyGateway("internal/gatewayapi/validate.go"),
    .bundle { bundle, report in
      guard !bundle.grants.all.isEmpty, !bundle.services.isEmpty else { return }
      lazy var homes = bundle.routeHomes
      for (index, grant) in bundle.grants.all
      where grant.to.contains(where: { $0.target == .backend }) {
        for (place, from) in grant.from.enumerated() where from.source == .httpRoute {
          let users = homes[ObjectKey(grant.home, from.namespace)] ?? []
          guard !users.isEmpty, !users.contains(from.namespace) else { continue }
          let path = Path.to("spec", "from", place, "namespace")
          report.add(
            "the HTTPRoutes that lead to this Backend stand in "
              + "\(users.sorted().joined(separator: ", ")), not in \(from.namespace), where the "
              + "AIServiceBackend is; write that", at: path, in: index)
          guard users.count == 1, let home = users.first else { continue }
          report.attach(
            Fix("write namespace \(home)", [.set(document: index, path, .string(home))]))
        }
      }
    })
}

extension ResourceIndex {
  /// The namespaces of the routes that come by AIServiceBackends of one namespace to Backends of
  /// another; the keys are those of the Backends, then of the AIServiceBackends.
  fileprivate var routeHomes: [ObjectKey: Set<String>] {
    var homes: [ObjectKey: Set<String>] = [:]
    for (_, route) in routes {
      for rule in route.rules {
        for ref in rule.refs where !ref.isPool {
          let target = ref.target(from: route.home)
          guard let backend = service(target)?.backend, backend.namespace != target.namespace else {
            continue
          }
          homes[ObjectKey(backend.namespace, target.namespace), default: []].insert(route.home)
        }
      }
    }
    return homes
  }
}
