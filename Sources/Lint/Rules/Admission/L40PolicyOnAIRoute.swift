import Schemas
import Resources
import YAML

extension Rule {
  static let policyOnAIRoute = Rule(
    "L40", "policy-on-ai-route", .error, .admission, "a policy on a route of AI Gateway",
    why: "Policies cannot target an AIGatewayRoute or MCPRoute. Target the generated HTTPRoute: it "
      + "has the name of the AIGatewayRoute, or that of the MCPRoute behind ai-eg-mcp-main-.",
    bad: "targetRefs: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute, name: chat}]",
    good: "targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]",
    reference: Citation.envoyGatewayCRD("backendtrafficpolicies"),
    repair: .automatic,
    .policy { policy, report in
      for target in policy.writtenTargets where policy.namesAIRoute(target) {
        let isTools = target.kind == GroupKind.mcpRoute.kind
        let name = isTools ? MCPRoute.mainRoute(of: target.name) : target.name
        report.add(
          "\(target.kind) cannot be a target; use the HTTPRoute "
            + (isTools ? "made of it, \(name)" : "of the same name"),
          at: target.path.appending("kind"), field: .to("spec"),
          fix: "target HTTPRoute \(name)",
          .set(target.path.appending("group"), .string("gateway.networking.k8s.io")),
          .set(target.path.appending("kind"), .string("HTTPRoute")),
          .set(target.path.appending("name"), .string(name)))
      }
    })
}
