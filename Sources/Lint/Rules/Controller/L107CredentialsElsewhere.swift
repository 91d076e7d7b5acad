import Schemas
import YAML
import Resources

extension Rule {
  static let credentialsElsewhere = Rule(
    "L107", "credentials-elsewhere", .warning, .controller,
    "a BackendSecurityPolicy whose backend is missing",
    why: "A BackendSecurityPolicy applies only to objects in its own namespace. If the backend is "
      + "not found there, the policy is reported as Accepted anyway, and requests are sent without "
      + "credentials.",
    bad: "BackendSecurityPolicy in infra, AIServiceBackend in apps",
    good: "both in apps",
    reference: Citation.aiGatewayCRD("backendsecuritypolicies"),
    .bundle { bundle, report in
      guard !bundle.credentials.isEmpty else { return }
      let presence = [
        GroupKind.aiServiceBackend.kind: ObjectPresence(of: bundle.services.keys),
        GroupKind.inferencePool.kind: ObjectPresence(of: bundle.pools),
      ]
      for (index, credentials) in bundle.credentials {
        for target in credentials.targets {
          guard let known = presence[target.kind], !known.isEmpty,
            let missing = known.missingObject(target.object)
          else { continue }
          let name = "\(target.kind) \(target.object.name)"
          report.add(
            missing.otherNamespace.map {
              "\(name) stands in \($0) here, the policy in \(target.object.namespace): it has no "
                + "effect; use namespace \($0)"
            }
              ?? "\(name) is not in namespace \(target.object.namespace) here\(missing.hint); while "
              + "it is missing, the policy has no effect", at: target.path.appending("name"),
            in: index, severity: missing.severity)
        }
      }
    })
}
