import Schemas
import YAML
import Resources

extension Rule {
  static let missingPolicyBackend = Rule(
    "L59.policy", "missing-policy-backend", .warning, .controller,
    "a missing backend that a policy calls, such as an extAuth service",
    why: "Envoy Gateway refuses the policy, and every request that it covers gets 500; with "
      + "failOpen, every request passes without the call.",
    bad: "extAuth: {http: {backendRefs: [{name: auht, port: 80}]}}, Service auth",
    good: "extAuth: {http: {backendRefs: [{name: auth, port: 80}]}}, Service auth",
    reference: Citation.envoyGateway("internal/gatewayapi/validate.go"),
    .bundle { index, report in
      let asking =
        index.clientSecurity.map { ($0.index, $0.policy, $0.source) }
        + index.policies(.extensions).all.map { ($0.index, $0.policy, { $0 }) }
      guard !asking.isEmpty else { return }
      let presence = [
        "Service": ObjectPresence(of: index.servicePorts.keys),
        "Backend": ObjectPresence(of: index.backends.keys),
      ]
      for (document, policy, source) in asking {
        for backend in PolicyBackend.all(in: policy) {
          guard let known = presence[backend.kind], !known.isEmpty, !backend.object.name.isEmpty,
            let missing = known.missingObject(backend.object)
          else { continue }
          report.addMissing(
            backend.kind, backend.object, missing,
            effect: backend.failsOpen ? "every request passes unasked" : "requests get 500",
            at: source(backend.path.appending("name")), in: document)
        }
      }
    })
}
