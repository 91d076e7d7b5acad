import Schemas
import Resources
import YAML

extension Rule {
  static let twoTLSPolicies = Rule(
    "L100", "two-tls-policies", .error, .controller, "two BackendTLSPolicies for one Backend",
    why: "The oldest takes effect, of one age the first by namespace and name, and Envoy Gateway "
      + "reports the other as Conflicted. Manifests without a creationTimestamp do not say which, so "
      + "the Backend may get the wrong server name (SNI).",
    bad: "BackendTLSPolicies a and b, both with targetRefs: [openai]",
    good: "one BackendTLSPolicy with targetRefs: [openai]",
    reference: Citation.envoyGateway("internal/gatewayapi/backendtlspolicy.go"),
    .bundle { bundle, report in
      guard bundle.tlsPolicies.count > 1 else { return }
      var owners: [PolicyTarget: BackendTLSPolicy] = [:]
      let aged = bundle.tlsPolicies.map { ($0, age: Age(of: bundle.documents[$0.index].node)) }
      for ((index, policy), _) in aged.sorted(by: { ($0.age, $0.0.index) < ($1.age, $1.0.index) }) {
        for target in policy.targets where target.kind == .backend {
          let place = PolicyTarget(
            kind: target.kind.kind, target.object, section: target.section)
          guard let owner = owners[place] else {
            owners[place] = policy
            continue
          }
          guard owner.key != policy.key else { continue }
          report.add(
            "Backend \(target.object.name) already has the policy \(owner.key.name); keep one of "
              + "them", at: target.path, in: index)
        }
      }
    })
}
