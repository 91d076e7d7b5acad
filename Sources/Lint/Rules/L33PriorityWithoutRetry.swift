import Manifest

extension Rule {
  static let priorityWithoutRetry = Rule(
    "L33", .warning, "priorities without a retry policy",
    why: "Failures of the first backend go straight to the client. Moving on to the next priority "
      + "takes a BackendTrafficPolicy with retries, or health checks.",
    bad: "backendRefs: [{name: a, priority: 0}, {name: b, priority: 1}] alone",
    good: "the same and a BackendTrafficPolicy with retry: {numAttemptsPerPriority: 1}",
    .bundle { bundle, report in
      guard !bundle.hasBackendSelectors else { return }
      for (index, route) in bundle.routes {
        // Built once for all rules: it is the dearest part.
        var change: Change?
        for rule in route.rules where rule.hasFailover && rule.tiers.count > 1 {
          let policies = bundle.policies(for: rule, of: route)
          guard !policies.contains(where: { $0.policy.hasRetry || $0.policy.hasHealthCheck })
          else { continue }
          let retries = change ?? bundle.retryChange(for: route)
          change = retries
          report.add(
            "priority \(rule.tiers[1]) is never reached: no BackendTrafficPolicy here retries; "
              + "write one for HTTPRoute \(route.name)",
            at: .to("spec", "rules", rule.index, "backendRefs"), in: index,
            fix: "write a retry policy", retries)
        }
      }
    })
}
