import Resources
import Schemas

extension Rule {
  static let mcpExpression = Rule(
    "L143.expression", "mcp-expression", .error, .controller,
    "an expression of an MCPRoute that the proxy cannot use",
    why:
      "The controller passes expressions on unread. One that the proxy cannot read keeps it from "
      + "loading the MCP configuration of the whole Gateway: all MCPRoutes stay as they were. A "
      + "rule whose cel is not true or false never fits.",
    bad: "toolSelector: {includeRegex: [\"(?!delete).*\"]}",
    good: "toolSelector: {excludeRegex: [\"delete.*\"]}",
    reference: Citation.aiGateway("internal/mcpproxy/config.go"),
    .bundle { index, report in
      for route in index.mcpRoutes {
        report.add(route.invalidSettings, in: route.index)
        for (path, problem) in route.unreadableHeaders {
          report.add(
            "\(problem); Envoy Gateway leaves the route out", at: path, in: route.index)
        }
        for (path, text) in route.rulesInCEL {
          guard case .unfit(let problem) = ToolExpression.problem(in: text) else { continue }
          report.add(
            "\(problem), so that the rule never fits; write a comparison", at: path,
            in: route.index, severity: .warning)
        }
      }
    })
}
