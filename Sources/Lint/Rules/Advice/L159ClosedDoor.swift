import Resources
import Schemas

extension Rule {
  static let denyAll = Rule(
    "L159", "closed-door", .warning, "a SecurityPolicy that lets nobody in",
    why: "What no rule of authorization allows is denied unless defaultAction says Allow, so that "
      + "rules that only deny, or none at all, deny everything. Without credentialRefs no API key "
      + "fits.",
    bad: "authorization: {rules: [{action: Deny, principal: {clientCIDRs: [10.0.0.0/8]}}]}",
    good: "the same with defaultAction: Allow",
    reference: Citation.envoyGateway("api/v1alpha1/authorization_types.go"),
    .policy { policy, report in
      guard policy.kind == .security, let door = DenyAll(of: policy.spec) else { return }
      report.add("every request gets \(door.status): \(door.advice)", at: door.path)
    })
}
