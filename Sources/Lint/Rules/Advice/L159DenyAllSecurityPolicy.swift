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
      for holder in index.securityPolicies.all {
        let combinations = index.combinations(of: holder)
        let denials = combinations.compactMap(index.denial)
        guard let denial = denials.last, denials.count == combinations.count else { continue }
        report.add(index.text(of: denial, in: holder.index), at: denial.path, in: holder.index)
      }
    })
}
