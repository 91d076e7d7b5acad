import Schemas
import YAML
import Resources

extension Rule {
  static let priorityWithoutRetry = Rule(
    "L33", "priority-without-retry", .warning, "priorities without a retry policy",
    why: "Failures of the first backend go straight to the client. Moving on to the next priority "
      + "needs a BackendTrafficPolicy with retries, or health checks.",
    bad: "backendRefs: [{name: a, priority: 0}, {name: b, priority: 1}] alone",
    good: "the same and a BackendTrafficPolicy with retry: {numAttemptsPerPriority: 1}",
    reference: Citation.aiGateway("site/docs/capabilities/traffic/provider-fallback.md"),
    repair: .automatic,
    .bundle { index, report in
      for (document, route) in index.routes {
        // Built once for all rules: it is the dearest part.
        var change: RuleEdit?
        for rule in route.rules where rule.hasFailover && rule.livePriorities.count > 1 {
          // Where priorities have no effect L39 and its like speak.
          guard case .one = index.envoyClusters(of: rule, in: route) else { continue }
          let traffic = index.traffic(of: rule, of: route)
          guard
            traffic.isEmpty
              || traffic.contains(where: { !($0?.traffic.movesOn ?? false) })
          else { continue }
          let retries = change ?? index.retryChange(for: route)
          change = retries
          report.add(
            "priority \(rule.livePriorities[1]) is never reached: no BackendTrafficPolicy here retries; "
              + "write one for HTTPRoute \(route.name)",
            at: .to("spec", "rules", rule.index, "backendRefs"), in: document,
            severity: index.expectsPolicy(for: route) ? .warning : .info,
            fix: "write a retry policy", retries)
        }
      }
    })
}

extension BackendTraffic {
  /// Whether it ever moves requests on to another priority.
  fileprivate var movesOn: Bool { hasRetry || hasHealthCheck }
}
