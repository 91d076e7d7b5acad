import Resources
import Schemas
import YAML

extension Rule {
  static let denyAllSecurityPolicy = Rule(
    "L159", "deny-all-security-policy", .warning, "a SecurityPolicy that denies every request",
    why: "What no rule of authorization allows is denied unless defaultAction says Allow, so that "
      + "rules that only deny, or none at all, deny everything. Without credentialRefs no API key "
      + "fits, and without a place in extractFrom none is found, unless Envoy takes them from another "
      + "policy of the listener.",
    bad: "authorization: {rules: [{action: Deny, principal: {clientCIDRs: [10.0.0.0/8]}}]}",
    good: "the same with defaultAction: Allow",
    reference: Citation.envoyGateway("api/v1alpha1/authorization_types.go"),
    .bundle { index, report in
      let policies = index.securityPolicies.all
      let merged = index.mergedSecurity
      for holder in policies {
        let specs = merged[holder.index] ?? [holder.policy.spec]
        let denials = specs.compactMap(DenyAll.init)
        guard let denial = denials.last, denials.count == specs.count else { continue }
        let lender = policies.first {
          $0.index != holder.index && $0.policy.spec.given("apiKeyAuth")?.lendsKeys == true
        }
        if denial.status == 401, let lender {
          report.add(
            "every request gets 401, unless Envoy takes what is missing from another policy of the "
              + "listener, as maybe \(lender.policy.name): \(denial.advice)", at: denial.path,
            in: holder.index)
        } else {
          report.add(
            "every request gets \(denial.status): \(denial.advice)", at: denial.path,
            in: holder.index)
        }
      }
    })
}

extension ResourceIndex {
  /// What SecurityPolicies ask for together with those that they are merged with, by the policy's
  /// document.
  fileprivate var mergedSecurity: [Int: [Node]] {
    guard securityPolicies.all.contains(where: { $0.policy.isMerged(in: release.schemaSet) })
    else { return [:] }
    var specs: [Int: [Node]] = [:]
    for own in ruleNames {
      for place in places(of: own.attachment) {
        for name in own.names {
          let policies = policies(
            .security, onRule: name, of: own.route, gateway: place.gateway,
            listener: place.listener)
          guard policies.count > 1 else { continue }
          specs[policies[0].index, default: []].append(spec(of: policies))
        }
      }
    }
    return specs
  }
}
