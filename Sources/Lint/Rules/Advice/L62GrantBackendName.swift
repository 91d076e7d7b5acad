import Schemas
import YAML
import Resources

extension Rule {
  static let grantBackendName = Rule(
    "L62.backend", "grant-backend-name", .warning,
    "a ReferenceGrant for a Backend that gives the AIServiceBackend's name",
    why: "Envoy Gateway compares the name in the grant with that of the Backend to which the "
      + "AIServiceBackend refers.",
    bad: "to: [{kind: Backend, name: azure}], backendRefs: [{name: azure, namespace: shared}]",
    good: "to: [{kind: Backend}]",
    reference: Citation.envoyGateway("internal/gatewayapi/helpers.go"),
    repair: .confirmed,
    .bundle { bundle, report in
      guard !bundle.grants.all.isEmpty else { return }
      let services = bundle.namedServices
      for (document, grant) in bundle.grants.all {
        for (index, target) in grant.to.enumerated() {
          guard let name = target.name, target.target == .backend,
            services.contains(ObjectKey(grant.namespace, name)),
            bundle.backends[ObjectKey(grant.namespace, name)] == nil
          else { continue }
          let path = Path.to("spec", "to", index, "name")
          report.add(
            "the grant must name the Backend, not AIServiceBackend \(name.quoted); remove name "
              + "unless both are the same", at: path, in: document, caution: .opening,
            fix: "remove name", .remove(path))
        }
      }
    })
}

extension ResourceIndex {
  /// The AIServiceBackends that routes name.
  fileprivate var namedServices: Set<ObjectKey> {
    var names: Set<ObjectKey> = []
    for (_, route) in routes {
      for rule in route.rules {
        for ref in rule.refs where !ref.isPool { names.insert(ref.target(from: route.namespace)) }
      }
    }
    return names
  }
}
