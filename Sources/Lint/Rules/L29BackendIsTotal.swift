import Resources
import Kinds
import Manifest

extension Rule {
  static let backendIsTotal = Rule(
    "L29", .warning, "backendRequest meant as a time per try",
    why: "It takes the place of request as the total for all tries together. The time of one try "
      + "is retry.perRetry.timeout of a BackendTrafficPolicy.",
    bad: "timeouts: {request: 300s, backendRequest: 30s}", good: "timeouts: {request: 300s}",
    .routeRule { rule, report in
      guard let backend = rule.backendRequest, backend > 0, backend < rule.request ?? 60_000 else {
        // With request 0s, backendRequest is the only limit there is.
        return
      }
      report.add(
        "backendRequest is the total over all tries, so request has no effect; leave it out, or "
          + "limit one try with a retry policy", at: .to("timeouts", "backendRequest"),
        fix: "remove backendRequest", .remove(.to("timeouts", "backendRequest")))
    })

  static let deadRequestTimeout = Rule(
    "L29.policy", .warning, "requestTimeout of a policy on an AI route",
    why: "AI routes always bring their own request timeout, and it comes first.",
    bad: "BackendTrafficPolicy {timeout: {http: {requestTimeout: 300s}}}",
    good: "AIGatewayRoute rule {timeouts: {request: 300s}}", reference: "domain.md L29",
    .bundle { bundle, report in
      for holder in bundle.backendPolicies.all where holder.policy.traffic.hasRequestTimeout {
        let (index, policy) = (holder.index, holder.policy)
        let isOnRoute = policy.targets(kind: "HTTPRoute").contains {
          bundle.route(ObjectKey(policy.home, $0.name)) != nil
        }
        guard isOnRoute else { continue }
        let path = Path.to("spec", "timeout", "http", "requestTimeout")
        report.add(
          "requestTimeout has no effect on an AI route; set timeouts.request in its rules",
          at: path, in: index, fix: "remove requestTimeout", .remove(path))
      }
    })
}
