import Schemas
import YAML
import Resources

extension Rule {
  static let credentialsElsewhere = Rule(
    "L71.namespace", "credentials-elsewhere", .warning, .controller,
    "credentials whose backend is not there",
    why: "A BackendSecurityPolicy reaches objects of its own namespace only. Where the backend is "
      + "not found, the policy is called accepted all the same, and requests go out without "
      + "credentials.",
    bad: "BackendSecurityPolicy in infra, AIServiceBackend in apps",
    good: "both in apps",
    reference: Upstream.aiGatewayCRD("backendsecuritypolicies"),
    .bundle { bundle, report in
      guard !bundle.credentials.isEmpty, !bundle.services.isEmpty else { return }
      let presence = Presence(of: bundle.services.keys)
      for (index, credentials) in bundle.credentials {
        for target in credentials.targets where target.kind == "AIServiceBackend" {
          guard let lack = presence.lack(of: target.object) else { continue }
          let name = "AIServiceBackend \(target.object.name)"
          report.add(
            lack.home.map {
              "\(name) stands in \($0) here, the policy in \(target.object.namespace): it has no "
                + "effect; use namespace \($0)"
            }
              ?? "\(name) is not in namespace \(target.object.namespace) here\(lack.hint); while "
              + "it is missing, the policy has no effect", at: target.path.appending("name"),
            in: index, severity: lack.severity)
        }
      }
    })
}
