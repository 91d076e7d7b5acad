import Resources
import Schemas
import YAML

extension Rule {
  static let policyOnMCPServer = Rule(
    "L180", "policy-on-mcp-server", .warning,
    "a policy on the HTTPRoute of an MCP server whose filters are not there",
    why: "AI Gateway moves the HTTPRoutes of MCP servers to a listener of its own, which has the "
      + "filters for credentials only: nobody is authenticated or limited there. Timeouts, retries "
      + "and the settings of connections do hold.",
    bad: "SecurityPolicy {targetRefs: [{kind: HTTPRoute, name: ai-eg-mcp-br-mcp-github}]}",
    good: "SecurityPolicy {targetRefs: [{kind: HTTPRoute, name: ai-eg-mcp-main-mcp}]}",
    reference: Citation.aiGateway("internal/extensionserver/mcproute.go"),
    .bundle { index, report in
      let routes = Set(index.mcpRoutes.flatMap { route in route.servers.map(route.route) })
      guard !routes.isEmpty else { return }
      for kind in [Policy.Kind.security, .backend, .extensions] {
        for holder in index.policies(kind).all {
          let policy = holder.policy
          for target in policy.targets(kind: GroupKind.httpRoute.kind)
          where routes.contains(ObjectKey(policy.namespace, target.name)) {
            addFindings(policy, target, in: holder.index, &report)
          }
        }
      }
    })

  private static func addFindings(
    _ policy: Policy, _ target: Policy.Target, in document: Int, _ report: inout Report
  ) {
    guard policy.kind == .backend else {
      report.add(
        "the HTTPRoute of an MCP server has no filters for a \(policy.kind.rawValue), which has no "
          + "effect there; target that of the MCPRoute for clients, \(MCPRoute.mainPrefix)NAME",
        at: target.path.appending("name"), in: document)
      return
    }
    for key in ["rateLimit", "faultInjection", "requestBuffer", "responseOverride", "compression"]
    where policy.spec.given(key) != nil {
      report.add(
        "the HTTPRoute of an MCP server has no filter for \(key), which has no effect there; write "
          + "it for that of the MCPRoute for clients, \(MCPRoute.mainPrefix)NAME",
        at: .to("spec", key), in: document)
    }
  }
}
