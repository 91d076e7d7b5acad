import Resources
import Schemas
import YAML

extension Rule {
  static let deadRequestTimeout = Rule(
    "L29.policy", "dead-request-timeout", .warning,
    "requestTimeout of a policy, which an AI route overrides",
    why: "AI routes always set their own request timeout, which takes precedence.",
    bad: "BackendTrafficPolicy {timeout: {http: {requestTimeout: 300s}}}",
    good: "AIGatewayRoute rule {timeouts: {request: 300s}}",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    repair: .automatic,
    .bundle { bundle, report in
      for holder in bundle.backendPolicies.all where holder.policy.traffic.hasRequestTimeout {
        let (index, policy) = (holder.index, holder.policy)
        let isOnRoute = policy.targets(kind: "HTTPRoute").contains {
          bundle.route(ObjectKey(policy.namespace, $0.name)) != nil
        }
        let path = Path.to("spec", "timeout", "http", "requestTimeout")
        guard isOnRoute else {
          if let gateway = bundle.gatewayOfAIRoutes(under: policy) {
            report.add(
              "requestTimeout has no effect on AI routes, and no other HTTPRoute here is on Gateway "
                + "\(gateway.name); set timeouts.request in their rules",
              at: path, in: index, severity: .info)
          }
          continue
        }
        report.add(
          "requestTimeout has no effect on an AI route; set timeouts.request in its rules",
          at: path, in: index, fix: "remove requestTimeout",
          .remove(policy.node.emptied(by: path)))
      }
    })
}

extension ResourceIndex {
  /// The Gateway that a policy is for, if AI routes are on it and no other HTTPRoute.
  fileprivate func gatewayOfAIRoutes(under policy: Policy) -> ObjectKey? {
    policy.targets(kind: "Gateway").map { ObjectKey(policy.namespace, $0.name) }.first { gateway in
      routes.contains { $0.route.attachment.gateways.contains(gateway) }
        && !httpRoutes.contains { _, other in
          route(other.key) == nil && other.attachment.gateways.contains(gateway)
        }
    }
  }
}
