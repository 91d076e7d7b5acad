import Resources
import Schemas
import YAML

extension Rule {
  static let denyAllSecurityPolicy = Rule(
    "L159", "deny-all-security-policy", .warning, "a SecurityPolicy that denies every request",
    why: "What no rule of authorization allows is denied unless defaultAction says Allow, so that "
      + "rules that only deny, or none at all, deny everything. Without credentialRefs, or keys in "
      + "their Secrets, no API key fits, and without a place in extractFrom none is found, unless Envoy takes them from another "
      + "policy of the listener.",
    bad: "authorization: {rules: [{action: Deny, principal: {clientCIDRs: [10.0.0.0/8]}}]}",
    good: "the same with defaultAction: Allow",
    reference: Citation.envoyGateway("api/v1alpha1/authorization_types.go"),
    .bundle { index, report in
      let merged = index.mergedSecurity
      for holder in index.securityPolicies.all {
        let places = merged[holder.index] ?? [[holder]]
        let denials = places.compactMap(index.denial)
        guard let denial = denials.last, denials.count == places.count else { continue }
        report.add(index.text(of: denial, in: holder.index), at: denial.path, in: holder.index)
      }
    })
}

extension ResourceIndex {
  /// SecurityPolicies with those that they are merged with, by the policy's document.
  fileprivate var mergedSecurity: [Int: [[PolicyAttachments.Holder]]] {
    guard securityPolicies.all.contains(where: { $0.policy.isMerged(in: release.schemaSet) })
    else { return [:] }
    var found: [Int: [[PolicyAttachments.Holder]]] = [:]
    for own in ruleNames {
      for place in places(of: own.attachment) {
        for name in own.names {
          let policies = policies(
            .security, onRule: name, of: own.route, gateway: place.gateway,
            listener: place.listener)
          guard policies.count > 1 else { continue }
          found[policies[0].index, default: []].append(policies)
        }
      }
    }
    return found
  }
}
