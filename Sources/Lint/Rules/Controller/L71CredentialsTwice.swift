import Schemas
import Resources

extension Rule {
  static let credentialsTwice = Rule(
    "L71.twice", "credentials-twice", .error, .controller, "two credentials for one backend",
    why: "The controller takes one BackendSecurityPolicy a backend, and refuses the backend "
      + "otherwise.",
    bad: "BackendSecurityPolicies a and b, both with targetRefs: [openai]",
    good: "one BackendSecurityPolicy with targetRefs: [openai]",
    reference: Upstream.aiGateway("internal/controller/ai_service_backend.go"),
    .bundle { bundle, report in
      guard bundle.credentials.count > 1 else { return }
      var owners: [PolicyTarget: BackendSecurityPolicy] = [:]
      for (index, credentials) in bundle.credentials {
        for target in credentials.targets {
          let place = PolicyTarget(kind: target.kind, target.object)
          guard let owner = owners[place] else {
            owners[place] = credentials
            continue
          }
          guard owner.key != credentials.key else { continue }
          report.add(
            "\(target.kind) \(target.object.name) already has the policy \(owner.key.name); keep "
              + "one of them", at: target.path, in: index)
        }
      }
    })
}
