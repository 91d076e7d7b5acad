import Schemas
import Resources
import YAML

extension Rule {
  static let policyOnAIRoute = Rule(
    "L40", "policy-on-ai-route", .error, .admission, "a policy on an AIGatewayRoute",
    why: "Policies cannot target an AIGatewayRoute. Target the generated HTTPRoute, which has the "
      + "same name.",
    bad: "targetRefs: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute, name: chat}]",
    good: "targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]",
    reference: Upstream.envoyGatewayCRD("backendtrafficpolicies"),
    .policy { policy, report in
      for target in policy.writtenTargets where policy.isL40(target) {
        report.add(
          "AIGatewayRoute cannot be a target; use the HTTPRoute of the same name",
          at: target.path.appending("kind"), field: .to("spec"),
          fix: "target HTTPRoute \(target.name)",
          .set(target.path.appending("group"), .string("gateway.networking.k8s.io")),
          .set(target.path.appending("kind"), .string("HTTPRoute")))
      }
    })
}
