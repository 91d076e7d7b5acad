import Resources
import Kinds
import Manifest

extension Rule {
  static let grantName = Rule(
    "L62", .warning, "a grant for one named object",
    why: "AI Gateway ignores the name, so an AIServiceBackend's grant is wider than it looks. "
      + "Envoy Gateway compares it with the Backend's name, not with the AIServiceBackend's.",
    bad: "to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: azure}]",
    good: "to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend}]",
    .grant { grant, report in
      for (index, target) in grant.to.enumerated() {
        guard let name = target.name, target.target == .aiServiceBackend else { continue }
        let path = Path.to("spec", "to", index, "name")
        report.add(
          "AI Gateway ignores the name \(name.quoted): every AIServiceBackend here may be referred to; "
            + "leave it out", at: path, fix: "remove name", .remove(path))
      }
    })

  static let grantBackendName = Rule(
    "L62.backend", .warning, "a Backend's grant that names an AIServiceBackend",
    why: "Envoy Gateway compares the name with the Backend's, which the AIServiceBackend names.",
    bad: "to: [{kind: Backend, name: azure}], backendRefs: [{name: azure, namespace: shared}]",
    good: "to: [{kind: Backend}]", reference: "domain.md L62",
    .bundle { bundle, report in
      guard !bundle.grants.all.isEmpty else { return }
      let services = bundle.namedServices
      for (document, grant) in bundle.grants.all {
        for (index, target) in grant.to.enumerated() {
          guard let name = target.name, target.target == .backend,
            services.contains(ObjectKey(grant.home, name)),
            bundle.backends[ObjectKey(grant.home, name)] == nil
          else { continue }
          let path = Path.to("spec", "to", index, "name")
          report.add(
            "\(name.quoted) is the AIServiceBackend's name, compared is the Backend's; leave it "
              + "out unless both are the same", at: path, in: document, fix: "remove name",
            .remove(path))
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
        for ref in rule.refs where !ref.isPool { names.insert(ref.target(from: route.home)) }
      }
    }
    return names
  }
}
