import RE2
import Resources
import Schemas
import YAML

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
    reference: Upstream.aiGateway("internal/mcpproxy/config.go"),
    .bundle { index, report in
      for route in index.mcpRoutes {
        for server in route.servers {
          for field in ["includeRegex", "excludeRegex"] {
            let path = server.path.appending(.to("toolSelector", field))
            for (place, item) in (route.node[path]?.items ?? []).enumerated() {
              guard let text = item.text, let refusal = RegularExpression.refusal(of: text),
                !refusal.isUnknownHere
              else { continue }
              report.add(
                "the regular expression cannot be read: \(refusal.message)",
                at: path.appending(place), in: route.index)
            }
          }
        }
        for list in [
          Path.to("spec", "securityPolicy", "authorization", "rules"),
          .to("spec", "backendSelector", "rules"),
        ] {
          for (place, rule) in (route.node[list]?.items ?? []).enumerated() {
            let path = list.appending(place).appending("cel")
            switch rule.given("cel")?.text.flatMap(ToolExpression.fault) {
            case nil: continue
            case .unreadable(let fault):
              report.add("the expression cannot be read: \(fault)", at: path, in: route.index)
            case .unfit(let fault):
              report.add(
                "\(fault), so that the rule never fits; write a comparison", at: path,
                in: route.index, severity: .warning)
            }
          }
        }
      }
    })
}
