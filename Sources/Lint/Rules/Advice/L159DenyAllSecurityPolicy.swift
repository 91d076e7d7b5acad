import Resources
import Schemas

extension Rule {
  static let denyAllSecurityPolicy = Rule(
    "L159", "deny-all-security-policy", .warning, "a SecurityPolicy that denies every request",
    why: "What no rule of authorization allows is denied unless defaultAction says Allow, so that "
      + "rules that only deny, or none at all, deny everything. Without credentialRefs no API key "
      + "fits, and without a place in extractFrom none is found.",
    bad: "authorization: {rules: [{action: Deny, principal: {clientCIDRs: [10.0.0.0/8]}}]}",
    good: "the same with defaultAction: Allow",
    reference: Citation.envoyGateway("api/v1alpha1/authorization_types.go"),
    .policy { policy, report in
      guard policy.kind == .security, let denial = DenyAll(of: policy.spec) else { return }
      report.add("every request gets \(denial.status): \(denial.advice)", at: denial.path)
    })
}
